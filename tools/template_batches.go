package tools

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/usd"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

type templateBatchInput struct {
	templateID
	Sets    []templateSet    `json:"sets" required:"true" opaque:"true" doc:"1 to 100 {variables, …}, see generate_from_template."`
	Options *templateOptions `json:"options" opaque:"true" doc:"For all."`
	Timeout *int             `json:"timeout_seconds" in:"-" doc:"Default 40."`
	Key     *string          `json:"idempotency_key" in:"-" doc:"From an answer, to go on."`
	engine.Paid
}

// templateSet is what one video of a batch takes. What it does not say, the options for all do.
type templateSet struct {
	Variables templateVariables `json:"variables" required:"true" doc:"By name, as generate_from_template takes them."`
	templateOptions
}

// Check bounds what the schema leaves out, to spare tokens.
func (in *templateBatchInput) Check(path string) *faults.Fault {
	if n := len(in.Sets); n < 1 || n > maxSets {
		return faults.Invalid(faults.Join(path, "sets"),
			fmt.Sprintf("sets must have 1 to %d members; it has %d.", maxSets, n),
			"Send fewer or more members, in several calls if needed.")
	}
	if in.Timeout != nil && (*in.Timeout < 0 || *in.Timeout > 240) {
		return faults.Invalid(faults.Join(path, "timeout_seconds"), "timeout_seconds must be a number from 0 to 240.",
			"Send 0 to 240.")
	}
	return nil
}

// maxSets is how many videos one call makes, and maxTold how many faults of their variables are told
// besides the first: they mostly are the same one.
const maxSets, maxTold = 100, 10

func templateBatchTool() engine.BoundTool {
	return engine.Tool[templateBatchInput, templateBatch]{
		Name:  "create_template_batch",
		Title: "Create many videos from a template",
		Asked: "each person by name invite invitation greeting personalized recipients customers employees " +
			"spreadsheet csv rows same layout birthday greetings newsletter crm mail merge personalised hundred campaign " +
			"certificates list",
		Description: "A video per set of variables.",
		Effect:      engine.Creates,
		Also:        []heygen.Op{fillTemplateOp(), getTemplateOp()},
		Parts:       true,
		PartJob:     videoJob().Name,
		Reads:       append([]string{"video_id"}, templateReads()...),
		LookUp: func(ctx context.Context, c *engine.Call, in *templateBatchInput, canonical map[string]any) (bool, error) {
			return in.settle(ctx, c, canonical)
		},
		About:    aboutTemplateBatch,
		Estimate: estimateTemplateBatch,
		Run:      createTemplateBatch,
	}.Bind()
}

// aboutTemplateBatch tells a user how many videos they are asked about, and what those cost.
func aboutTemplateBatch(ctx context.Context, c *engine.Call, in *templateBatchInput) (string, error) {
	f, err := newTemplateFeed(ctx, c, in)
	if err != nil {
		return "", err
	}
	n := 0
	for i := range f.parts {
		if f.waits(i) {
			n++
		}
	}
	text := fmt.Sprintf("It makes %d videos", n)
	if n == 1 {
		text = "It makes 1 video"
	}
	if cost := f.cost(f.waits); cost.CostUSD != nil {
		text += fmt.Sprintf(", likely to cost %s USD together", usd.Text(*cost.CostUSD))
	}
	return text + ".", nil
}

// newTemplateFeed reads the template once and holds every set against it, before anything is made.
func newTemplateFeed(ctx context.Context, c *engine.Call, in *templateBatchInput) (*templateFeed, error) {
	t, err := readTemplate(ctx, c.Engine(), in.TemplateID)
	if err != nil {
		return nil, err
	}
	if err := t.holdNames(in.Sets); err != nil {
		return nil, err
	}
	meant := c.Meant()
	sets, _ := meant["sets"].([]any)
	f := &templateFeed{call: c, first: map[string]int{}}
	for i, set := range in.Sets {
		key, err := c.PartKey(ctx, []any{meant["template_id"], meant["options"], sets[i]})
		if err != nil {
			return nil, err
		}
		part := templatePart{key: key, settled: c.Settled(i), in: fillTemplateInput{
			templateID: in.templateID, Variables: set.Variables, templateOptions: set.templateOptions,
		}}
		if in.Options != nil {
			part.in.templateOptions = orElse(set.templateOptions, *in.Options)
		}
		part.bill = t.bill(ctx, c, set.Variables, part.in.SceneIDs)
		part.leftOut = t.leftOut(set.Variables)
		if _, again := f.first[key]; !again {
			f.first[key] = i
		}
		f.parts = append(f.parts, part)
	}
	return f, nil
}

// holdNames refuses names that are none of the template's variables. Those that are may be a
// stranger's words, so that they are told as HeyGen's.
func (t *templateText) holdNames(sets []templateSet) error {
	var paths []string
	for i, set := range sets {
		paths = append(paths, t.unknown(faults.Join(fmt.Sprintf("sets[%d]", i), "variables"), set.Variables)...)
	}
	if len(paths) == 0 {
		return nil
	}
	return t.noVariables(paths)
}

// noVariables refuses what is given to variables that the template has not.
func (t *templateText) noVariables(paths []string) error {
	r := refusals.Invalid(paths[0], paths[0]+" is no variable of the template, so nothing was made.",
		"Use the names in heygen_message, or leave it out.")
	if others := paths[1:min(len(paths), 1+maxTold)]; len(others) > 0 {
		r.Message += " So are: " + strings.Join(others, ", ") + "."
	}
	r.HeyGenMessage = "Variables: " + strings.Join(slices.Sorted(maps.Keys(t.Variables)), ", ")
	return r
}

// orElse is a set's own options, and for what it does not say those for all.
func orElse(own, all templateOptions) templateOptions {
	fillZero(reflect.ValueOf(&own).Elem(), reflect.ValueOf(all))
	return own
}

// fillZero takes the members of from where to has none.
func fillZero(to, from reflect.Value) {
	for i := range to.NumField() {
		if sf := to.Type().Field(i); sf.Anonymous {
			fillZero(to.Field(i), from.Field(i))
		} else if to.Field(i).IsZero() {
			to.Field(i).Set(from.Field(i))
		}
	}
}
