package args

import (
	"reflect"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// TestInferredKind holds that a kind follows only where one variant takes all that was given and lacks nothing.
func TestInferredKind(t *testing.T) {
	t.Parallel()
	type first struct {
		Name string  `json:"the_name" required:"true" doc:"x"`
		Size *string `json:"size" doc:"x"`
	}
	type second struct {
		Size *string `json:"size" doc:"x"`
		Room *string `json:"room" doc:"x"`
	}
	type kinds struct {
		inputs.Union `by:"type"`
		First        *first  `variant:"first"`
		Second       *second `variant:"second"`
		Hidden       *second `variant:"hidden" quiet:"true"`
	}
	p := inputs.SpecOf(reflect.TypeFor[kinds]())
	for given, want := range map[string]string{
		`{"theName":"x","size":"y"}`: "first", `{"the_name":"x"}`: "first", `{"size":"y"}`: "second", `{"room":"y"}`: "second",
		`{}`: "", `{"the_name":"x","room":"y"}`: "", `{"other":"x"}`: "",
	} {
		if got := inferKind(p, argstest.Object(t, given)); got != want {
			t.Errorf("%s is of the kind %q, want %q", given, got, want)
		}
	}
	if got, fault := Check(p, argstest.Object(t, `{"type":"third","size":"y"}`), ""); fault == nil ||
		fault.Message != "type must be one of: first, second." {
		t.Errorf("a kind that there is not came to %v, %+v", got, fault)
	}
}
