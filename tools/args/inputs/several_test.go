package inputs_test

import (
	"reflect"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// TestSeveralLeavesTheInputAlone holds that the list is an argument of the call and not of the struct.
func TestSeveralLeavesTheInputAlone(t *testing.T) {
	t.Parallel()
	one := inputs.SpecOf(reflect.TypeFor[argstest.OneJob]())
	p := one.Several("job_id")
	if one.Has("job_ids") || len(one.Fields) != 2 || one.Fields[0].Or != "" {
		t.Errorf("the input got a list: %+v", one.Fields)
	}
	if !p.Has("job_ids") || !p.Has("jobIds") || !p.Has("note") || p.Fields[1].Name != "job_ids" {
		t.Errorf("got the fields %+v, want the list behind what it stands for", p.Fields)
	}
	var in argstest.OneJob
	if err := p.Fill(reflect.ValueOf(&in).Elem(), argstest.Object(t, `{"job_ids":["a"],"note":"x"}`)); err != nil || in.ID != "" || *in.Note != "x" {
		t.Errorf("got %+v, %v; want the list for who sends each", in, err)
	}
	want := `{"type":"object","properties":{"job_id":{"type":"string","description":"A job's id."},` +
		`"job_ids":{"type":"array","description":"Up to 100.","items":{"type":"string"}},"note":{"type":"string","description":"x"}}}`
	if got := string(p.Schema(inputs.SnakeCase)); got != want {
		t.Errorf("got the schema %s\nwant %s", got, want)
	}
	argstest.MustPanic(t, "several of nothing", func() { one.Several("other_id") })
}
