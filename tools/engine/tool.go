package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args"
)

// Tool is a tool as a literal. I is its input struct, whose tags make the schema and the checks,
// and whose Check method, where it has one, holds the rules between fields; O is its output struct,
// which makes the output schema and is filled from what HeyGen sends.
type Tool[I, O any] struct {
	Name        string
	Title       string
	Description string
	// Limits are what is often asked of the tool and it cannot do, with the way round. search_tools and
	// describe_tool tell them; in a list of tools they would cost every session their tokens.
	Limits string
	// Asked are words in which users ask for the tool and that its name and texts do not have. Nobody is
	// told them: search_tools finds by them.
	Asked  string
	Effect Effect
	// Completes says of a tool that Changes that it only adds to what exists or completes it: it
	// overwrites, redirects and ends nothing.
	Completes bool
	Op        heygen.Op
	// Also lists the further operations of a tool with a Run of its own.
	Also []heygen.Op
	// KeyOnly says of a tool that it makes no sense without an API key. HeyGen's document says it of
	// operations, which need no word here.
	KeyOnly bool
	// Reads names the members, at any depth, that the Run looks at in the answers of Also: a newer
	// document of HeyGen's without one of them would break the tool.
	Reads []string
	// Aliases are names that this tool had elsewhere and that agents still call. They are never listed.
	Aliases []string
	// ListFields names the fields that a list keeps of each item unless the full form is asked for.
	// The id and the state of what the vocabulary knows are kept besides.
	ListFields []string
	// Verbatim names members of the result that are told as they came: what the account's own user has
	// written as data and sends back changed. Everything else is told with the names of its members mended,
	// and without what is null.
	Verbatim []string
	// Choices gives the words that arguments may be where these are made by the catalog, by the
	// names of the arguments.
	Choices map[string][]string
	// VerifyWith names the tool, and what of it to look at, that shows whether a write without a key
	// has happened.
	VerifyWith string
	// BodyKey gives the member of the body in which v3 takes the key of a create, where it takes no
	// header.
	BodyKey func(in *I) **string
	// Parts says that a call makes many things, each by the first operation of Also under a key of its
	// own, which PartKey gives.
	Parts bool
	// About says what a call comes to, for a user who is asked whether to make it; nil says nothing
	// but the arguments.
	About func(ctx context.Context, c *Call, in *I) (string, error)
	// ConsentLink gives the link in a result that a client may open for its person, and why; nil has
	// none.
	ConsentLink func(out *O) (link, why string)
	// Job is the kind of job that a success begins, "" for none: the result then says how to wait for
	// it, and a client that takes tasks gets one.
	Job string
	// Estimate is what a call is expected to cost, before it is sent; nil for a tool that costs nothing. It may look at what the
	// arguments name, and makes nothing. The input embeds Paid.
	Estimate func(ctx context.Context, c *Call, in *I) (Estimate, error)
	// Free says why a tool that begins jobs costs nothing, in words that go on "HeyGen charges nothing for this: "; "" where
	// it has an Estimate.
	Free string
	// Augment adds to the result of the default run what v3 does not say.
	Augment func(in *I, r *Result[O])
	// Run replaces the one call of Op that the default run makes.
	Run func(ctx context.Context, c *Call, in *I) (*Result[O], error)
	// PassOn replaces Run in a tool that calls another: the outcome is that of the other.
	PassOn func(ctx context.Context, c *Call, in *I) Outcome
}

// Bind settles the types. A literal that contradicts itself panics here, at start.
func (t Tool[I, O]) Bind() BoundTool {
	spec := args.SpecOf(reflect.TypeFor[I]())
	list := ""
	if name := t.several(); name != "" {
		spec, list = spec.Several(name), args.NameOfSeveral(name)
	}
	for name, words := range t.Choices {
		spec.SetChoices(name, words)
	}
	ops := make([]Operation, 0, 1+len(t.Also))
	for _, op := range append([]heygen.Op{t.Op}, t.Also...) {
		if op.Path != "" {
			ops = append(ops, Operation{
				Method: op.Method, Path: op.Path, Variant: op.Variant, VariantIn: op.VariantIn, Model: op.Model,
			})
		}
	}
	t.mustHold(spec, len(ops))
	access := t.Op.Access()
	if t.Parts {
		access = t.Also[0].Access()
	}
	outs := []reflect.Type{reflect.TypeFor[O]()}
	if list != "" {
		outs = append(outs, reflect.TypeFor[deletedRows]())
	}
	return BoundTool{
		Info: Info{
			Name:         t.Name,
			Title:        t.Title,
			Description:  t.Description,
			Limits:       t.Limits,
			Effect:       t.Effect,
			Annotations:  t.Effect.hints(t.Title, t.Completes),
			InputSchema:  spec.Schema(args.SnakeCase),
			OutputSchema: args.OutputSchema(outs...),
			Operations:   ops,
			Permissions:  access.Scopes,
			Preview:      access.Preview,
			KeyOnly:      access.KeyOnly || t.KeyOnly,
		},
		Input:      spec,
		Outputs:    members(reflect.TypeFor[O]()),
		Output:     reflect.TypeFor[O](),
		ListFields: t.ListFields,
		Op:         t.Op,
		Reads:      t.Reads,
		Aliases:    t.Aliases,
		Job:        t.Job,
		VerifyWith: t.VerifyWith,
		Free:       t.Free,
		Asked:      t.Asked,

		names:     spec.Names(),
		several:   list,
		bodyKey:   t.BodyKey != nil,
		keyed:     t.takesKey() || t.BodyKey != nil,
		verbatim:  t.Verbatim,
		redirects: t.Effect == Changes && spec.TakesCallback(),
		run: func(ctx context.Context, c *Call, raw json.RawMessage) (Outcome, error) {
			return t.run(ctx, c, spec, raw)
		},
		estimate: func(ctx context.Context, c *Call, raw json.RawMessage) (*Estimate, error) {
			return t.estimateOf(ctx, c, spec, raw)
		},
	}
}

// takesKey reports whether v3 takes a key of what the tool makes.
func (t Tool[I, O]) takesKey() bool {
	return t.Op.TakesKey() || t.Parts && t.Also[0].TakesKey()
}

// mustHold panics, with the name of the tool, where the literal contradicts itself.
func (t Tool[I, O]) mustHold(spec *args.InputSpec, ops int) {
	fault := func(format string, a ...any) { panic("tools: " + t.Name + " " + fmt.Sprintf(format, a...)) }
	if t.Name == "" || t.Title == "" || t.Description == "" || ops == 0 && t.Run == nil && t.PassOn == nil {
		panic(fmt.Sprintf("tools: %q lacks an operation, a title or a description", t.Name))
	}
	if t.Parts && (len(t.Also) == 0 || !t.Also[0].TakesKey() || t.Op.Path != "" || t.Run == nil) {
		fault("makes parts, and has no keyed create first in Also, or no Run, or an operation of its own")
	}
	if t.Effect != Reads && !t.Op.TakesKey() && !t.Op.Once && t.VerifyWith == "" && t.Op.Path != "" {
		fault("writes without a key and does not say which tool tells whether it did")
	}
	if spec.Has("idempotency_key") != t.takesKey() {
		fault("must take an idempotency_key exactly where v3 does")
	}
	if spec.Has("max_cost_usd") != (t.Estimate != nil) {
		fault("must take max_cost_usd exactly where it has an Estimate")
	}
	if (t.Job != "" || t.Parts) && (t.Estimate == nil) == (t.Free == "") {
		fault("begins jobs: it needs an Estimate of what they cost, or says why they are Free")
	}
	if t.Completes && t.Effect != Changes {
		fault("completes, and does not change")
	}
	for _, op := range append([]heygen.Op{t.Op}, t.Also...) {
		if op == (heygen.Op{}) {
			continue
		}
		if err := op.Check(); err != nil {
			fault("has an operation that cannot be: %v", err)
		}
	}
	if t.Op.Path != "" {
		inPath, wanted := spec.InPath(), t.Op.PathParams()
		for _, name := range wanted {
			if !slices.Contains(inPath, name) {
				fault("has no field in the path for {%s} of %s; its fields there are %s", name, t.Op, strings.Join(inPath, ", "))
			}
		}
		for _, name := range inPath {
			if !slices.Contains(wanted, name) {
				fault("has the field %s in the path, and %s has no place for it", name, t.Op)
			}
		}
	}
	for sf := range outputFields(reflect.TypeFor[O]()) {
		if name := fieldtags.Of(sf).Name; isTime(name) && sf.Type.Kind() != reflect.String {
			fault("answers with %s, a time, which must be a string: every time is told in RFC 3339", name)
		}
	}
	if _, ok := any(new(O)).(JobBeginner); t.Job != "" && !ok {
		fault("begins jobs, and its output does not say so: it needs a JobHint and JobIDs")
	}
	if t.Op.Stream && t.Run == nil {
		fault("reads a stream of events and has no Run that makes a result of them")
	}
	for _, name := range t.Verbatim {
		if !slices.Contains(members(reflect.TypeFor[O]()), name) {
			fault("tells %s as it came, and its output does not have it", name)
		}
	}
	if t.Run != nil && t.PassOn != nil {
		fault("has both a Run and a PassOn")
	}
}

// members are the names of what a struct has, also by embedding.
func members(t reflect.Type) []string {
	var names []string
	for sf := range outputFields(t) {
		names = append(names, fieldtags.Of(sf).Name)
	}
	return names
}

// outputFields are the fields of a struct that have a name in JSON, also by embedding.
func outputFields(t reflect.Type) iter.Seq[reflect.StructField] {
	return func(yield func(reflect.StructField) bool) {
		for sf := range t.Fields() {
			switch tags := fieldtags.Of(sf); {
			case tags.Inline:
				for inner := range outputFields(sf.Type) {
					if !yield(inner) {
						return
					}
				}
			case tags.Name != "" && !yield(sf):
				return
			}
		}
	}
}
