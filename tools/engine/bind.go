package engine

import (
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/vocabulary"
)

// complete adds to a tool what follows from its literal, whose input has the type in. One that contradicts itself
// panics.
func (t *BoundTool) complete(in reflect.Type, choices map[string][]string) {
	spec := inputs.SpecOf(in)
	if t.one = t.oneToDelete(); t.one != "" {
		spec, t.several = spec.Several(t.one), inputs.NameOfSeveral(t.one)
	}
	for name, words := range choices {
		spec.SetChoices(name, words)
	}
	t.Input, t.names = spec, spec.Names()
	for _, op := range t.operations() {
		if op.Path != "" {
			t.Operations = append(t.Operations, Operation{
				Method: op.Method, Path: op.Path, Variant: op.Variant, VariantIn: op.VariantIn, Model: op.Model,
			})
		}
	}
	if t.Operations == nil {
		t.Operations = []Operation{}
	}
	t.Outputs = members(t.Output)
	t.mustHold()
	access := t.Op.Access()
	if t.parts {
		access = t.also[0].Access()
	}
	t.Permissions, t.Preview, t.KeyOnly = access.Scopes, access.Preview, access.KeyOnly || t.KeyOnly
	outs := []reflect.Type{t.Output}
	if t.several != "" {
		outs = append(outs, reflect.TypeFor[deletedRows]())
	}
	t.schemas = sync.OnceValues(func() (input, output json.RawMessage) { // no call needs them
		return spec.Schema(inputs.SnakeCase), inputs.OutputSchema(outs...)
	})
	t.bodyKey = t.steps.bodyKey != nil
	t.keyed = t.takesKey() || t.bodyKey
	t.asked = t.askedAbout()
}

// askedAbout is what a user is told of the tool who is asked about a call of it. One that passes its calls on does
// nothing by itself: the tool inside is asked about.
func (t *BoundTool) askedAbout() consent.Tool {
	asked := consent.Tool{Name: t.Name, Title: t.Title, Does: t.Effect.String(), Keyed: t.keyed, Several: t.several}
	if t.CallsHeyGen() {
		asked.Writes, asked.Costs, asked.Final = t.Effect != Reads, t.Effect == Creates, t.Effect == Deletes
		asked.Redirects = t.Effect == Changes && t.Input.TakesCallback()
	}
	return asked
}

// operations are the tool's own, which may be the zero value, and the further ones.
func (t *BoundTool) operations() []heygen.Op { return append([]heygen.Op{t.Op}, t.also...) }

// takesKey reports whether v3 takes a key of what the tool makes.
func (t *BoundTool) takesKey() bool {
	return t.Op.TakesKey() || t.parts && t.also[0].TakesKey()
}

// mustHold panics, with the name of the tool, where the literal contradicts itself.
func (t *BoundTool) mustHold() {
	fault := func(format string, a ...any) { panic("engine: " + t.Name + " " + fmt.Sprintf(format, a...)) }
	if t.Name == "" || t.Title == "" || t.Description == "" || len(t.Operations) == 0 && !t.steps.ownRun && t.steps.passOn == nil {
		panic(fmt.Sprintf("engine: %q lacks an operation, a title or a description", t.Name))
	}
	if t.parts && (len(t.also) == 0 || !t.also[0].TakesKey() || t.Op.Path != "" || !t.steps.ownRun) {
		fault("makes parts, and has no keyed create first in Also, or no Run, or an operation of its own")
	}
	if t.Effect != Reads && !t.Op.TakesKey() && !t.Op.Once && t.VerifyWith == "" && t.Op.Path != "" {
		fault("writes without a key and does not say which tool tells whether it did")
	}
	if t.Input.Has("idempotency_key") != t.takesKey() {
		fault("must take an idempotency_key exactly where v3 does")
	}
	if t.Input.Has("max_cost_usd") != (t.steps.estimate != nil) {
		fault("must take max_cost_usd exactly where it has an Estimate")
	}
	if (t.Job != "" || t.parts) && (t.steps.estimate == nil) == (t.Free == "") {
		fault("begins jobs: it needs an Estimate of what they cost, or says why they are Free")
	}
	if t.completes && t.Effect != Changes {
		fault("completes, and does not change")
	}
	for _, op := range t.operations() {
		if op == (heygen.Op{}) {
			continue
		}
		if err := op.Check(); err != nil {
			fault("has an operation that cannot be: %v", err)
		}
	}
	if t.Op.Path != "" {
		inPath, wanted := t.Input.InPath(), t.Op.PathParams()
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
	for sf := range outputFields(t.Output) {
		if name := fieldtags.Of(sf).Name; vocabulary.IsTime(name) && sf.Type.Kind() != reflect.String {
			fault("answers with %s, a time, which must be a string: every time is told in RFC 3339", name)
		}
	}
	if _, ok := reflect.TypeAssert[JobBeginner](reflect.New(t.Output)); t.Job != "" && !ok {
		fault("begins jobs, and its output does not say so: it needs a JobHint and JobIDs")
	}
	if _, ok := reflect.TypeAssert[PartBeginner](reflect.New(t.Output)); (t.partJob != "") != ok || ok && !t.parts {
		fault("has parts that begin jobs, and not all of Parts, PartJob and an output with PartJobs")
	}
	if t.Op.Stream && !t.steps.ownRun {
		fault("reads a stream of events and has no Run that makes a result of them")
	}
	for _, name := range t.verbatim {
		if !slices.Contains(t.Outputs, name) {
			fault("tells %s as it came, and its output does not have it", name)
		}
	}
	if t.steps.ownRun && t.steps.passOn != nil {
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
