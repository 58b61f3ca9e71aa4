package inputs_test

import (
	"reflect"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// TestTagsThatMakeNoSense holds that they stop a start.
func TestTagsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for what, of := range map[string]reflect.Type{
		"a length that is no number": reflect.TypeFor[struct {
			A string `json:"a" len:"x-2" doc:"x"`
		}](),
		"a length without a dash": reflect.TypeFor[struct {
			A string `json:"a" len:"2" doc:"x"`
		}](),
		"an upper length that is no number": reflect.TypeFor[struct {
			A string `json:"a" len:"1-x" doc:"x"`
		}](),
		"a bound that is no number": reflect.TypeFor[struct {
			A int `json:"a" min:"x" doc:"x"`
		}](),
		"a pattern that is none": reflect.TypeFor[struct {
			A string `json:"a" pattern:"(" doc:"x"`
		}](),
		"two fields of one spelling": reflect.TypeFor[struct {
			A string `json:"a_b" doc:"x"`
			B string `json:"aB" doc:"x"`
		}](),
		"a union without variants": reflect.TypeFor[struct {
			inputs.Union `by:"type"`
		}](),
	} {
		argstest.MustPanic(t, what, func() { inputs.SpecOf(of) })
	}
}
