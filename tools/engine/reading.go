package engine

import (
	"encoding/json"
	"reflect"
	"sync"

	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/consent"
)

// reading is what the types of a tool's input and output say. It is much of the work of declaring a tool and no start
// needs it: a tool is read when it is first called, listed or searched for, and once.
type reading struct {
	input   *inputs.Spec
	names   inputs.Names // of its arguments, for refusals in camelCase
	outputs []string
	asked   consent.Tool
	schemas func() (input, output json.RawMessage) // written when they are first asked for, which no call does
}

// readLater has the types read when they are first asked for. Types that contradict the literal panic then;
// TestEveryToolIsRead reads those of every tool.
func (t *BoundTool) readLater(in reflect.Type, choices map[string][]string) {
	of := *t
	t.reading = sync.OnceValue(func() *reading { return of.read(in, choices) })
}

// read reads the types of the input and the output.
func (t *BoundTool) read(in reflect.Type, choices map[string][]string) *reading {
	spec := inputs.SpecOf(in)
	if t.one != "" {
		spec = spec.Several(t.one)
	}
	for name, words := range choices {
		spec.SetChoices(name, words)
	}
	r := &reading{input: spec, names: spec.Names(), outputs: members(t.Output), asked: t.askedAbout(spec)}
	t.mustFit(r)
	outs := []reflect.Type{t.Output}
	if t.several != "" {
		outs = append(outs, reflect.TypeFor[deletedRows]())
	}
	r.schemas = sync.OnceValues(func() (input, output json.RawMessage) {
		return spec.Schema(inputs.SnakeCase), inputs.OutputSchema(outs...)
	})
	return r
}

// askedAbout is what a user is told of the tool who is asked about a call of it. One that passes its calls on does
// nothing by itself: the tool inside is asked about.
func (t *BoundTool) askedAbout(input *inputs.Spec) consent.Tool {
	asked := consent.Tool{Name: t.Name, Title: t.Title, Does: t.Effect.String(), Keyed: t.keyed, Several: t.several}
	if t.CallsHeyGen() {
		asked.Writes, asked.Costs, asked.Final = t.Effect != Reads, t.Effect == Creates, t.Effect == Deletes
		asked.Redirects = t.Effect == Changes && input.TakesCallback()
	}
	return asked
}

// Read reads the types of many tools, and writes their schemas, on all processors.
func Read(tools []*BoundTool) {
	var all sync.WaitGroup
	for _, t := range tools {
		all.Go(func() { t.reading().schemas() })
	}
	all.Wait()
}

// Input is what the tool's arguments are.
func (t *BoundTool) Input() *inputs.Spec { return t.reading().input }

// Outputs are the members of the tool's results.
func (t *BoundTool) Outputs() []string { return t.reading().outputs }
