package engine

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/vocabulary"
)

// complete adds to a tool what follows from its literal without a look at its types.
func (t *BoundTool) complete() {
	if t.one = t.oneToDelete(); t.one != "" {
		t.several = inputs.NameOfSeveral(t.one)
	}
	t.Operations = []Operation{}
	for _, op := range t.operations() {
		if op.Path != "" {
			t.Operations = append(t.Operations, Operation{
				Method: op.Method, Path: op.Path, Variant: op.Variant, VariantIn: op.VariantIn, Model: op.Model,
			})
		}
	}
	t.mustHold()
	access := t.Op.Access()
	if t.parts {
		access = t.also[0].Access()
	}
	t.Permissions, t.Preview, t.KeyOnly = access.Scopes, access.Preview, access.KeyOnly || t.KeyOnly
	t.bodyKey = t.steps.bodyKey != nil
	t.keyed = t.takesKey() || t.bodyKey
}

// operations are the tool's own, which may be the zero value, and the further ones.
func (t *BoundTool) operations() []heygen.Op { return append([]heygen.Op{t.Op}, t.also...) }

// takesKey reports whether v3 takes a key of what the tool makes.
func (t *BoundTool) takesKey() bool {
	return t.Op.TakesKey() || t.parts && t.also[0].TakesKey()
}

// mustHold panics, with the name of the tool, where the literal contradicts itself.
func (t *BoundTool) mustHold() {
	if t.Name == "" || t.Title == "" || t.Description == "" || len(t.Operations) == 0 && !t.steps.ownRun && t.steps.passOn == nil {
		panic(fmt.Sprintf("engine: %q lacks an operation, a title or a description", t.Name))
	}
	if t.parts && (len(t.also) == 0 || !t.also[0].TakesKey() || t.Op.Path != "" || !t.steps.ownRun) {
		t.fault("makes parts, and has no keyed create first in Also, or no Run, or an operation of its own")
	}
	if t.Effect != Reads && !t.Op.TakesKey() && !t.Op.Once && t.VerifyWith == "" && t.Op.Path != "" {
		t.fault("writes without a key and does not say which tool tells whether it did")
	}
	if (t.Job != "" || t.parts) && (t.steps.estimate == nil) == (t.Free == "") {
		t.fault("begins jobs: it needs an Estimate of what they cost, or says why they are Free")
	}
	if t.completes && t.Effect != Changes {
		t.fault("completes, and does not change")
	}
	for _, op := range t.operations() {
		if op == (heygen.Op{}) {
			continue
		}
		if err := op.Check(); err != nil {
			t.fault("has an operation that cannot be: %v", err)
		}
	}
	if t.Op.Stream && !t.steps.ownRun {
		t.fault("reads a stream of events and has no Run that makes a result of them")
	}
	if t.steps.ownRun && t.steps.passOn != nil {
		t.fault("has both a Run and a PassOn")
	}
}

// mustFit panics, with the name of the tool, where what its types say contradicts the literal.
func (t *BoundTool) mustFit(r *reading) {
	if r.input.Has("idempotency_key") != t.takesKey() {
		t.fault("must take an idempotency_key exactly where v3 does")
	}
	if r.input.Has("max_cost_usd") != (t.steps.estimate != nil) {
		t.fault("must take max_cost_usd exactly where it has an Estimate")
	}
	if t.Op.Path != "" {
		t.mustFillPath(r.input.InPath())
	}
	for sf := range outputFields(t.Output) {
		if name := fieldtags.Of(sf).Name; vocabulary.IsTime(name) && sf.Type.Kind() != reflect.String {
			t.fault("answers with %s, a time, which must be a string: every time is told in RFC 3339", name)
		}
	}
	if _, ok := reflect.TypeAssert[JobBeginner](reflect.New(t.Output)); t.Job != "" && !ok {
		t.fault("begins jobs, and its output does not say so: it needs a JobHint and JobIDs")
	}
	if _, ok := reflect.TypeAssert[PartBeginner](reflect.New(t.Output)); (t.partJob != "") != ok || ok && !t.parts {
		t.fault("has parts that begin jobs, and not all of Parts, PartJob and an output with PartJobs")
	}
	for _, name := range t.verbatim {
		if !slices.Contains(r.outputs, name) {
			t.fault("tells %s as it came, and its output does not have it", name)
		}
	}
}

// mustFillPath panics where the fields that travel in the path are not those that the path has places for.
func (t *BoundTool) mustFillPath(inPath []string) {
	wanted := t.Op.PathParams()
	for _, name := range wanted {
		if !slices.Contains(inPath, name) {
			t.fault("has no field in the path for {%s} of %s; its fields there are %s", name, t.Op, strings.Join(inPath, ", "))
		}
	}
	for _, name := range inPath {
		if !slices.Contains(wanted, name) {
			t.fault("has the field %s in the path, and %s has no place for it", name, t.Op)
		}
	}
}

// fault panics with what is wrong with the declaration.
func (t *BoundTool) fault(format string, a ...any) {
	panic("engine: " + t.Name + " " + fmt.Sprintf(format, a...))
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
