package inputs_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// pair has a rule between its fields.
type pair struct {
	Low  *int `json:"low" doc:"x"`
	High *int `json:"high" doc:"x"`
}

func (p *pair) Check(path string) *faults.Fault {
	if p.Low != nil && p.High != nil && *p.Low > *p.High {
		return faults.Invalid(faults.Join(path, "low"), "low is above high", "swap them")
	}
	return nil
}

// ruledOuter has rules of its own beside those of what is in it, at every depth.
type ruledOuter struct {
	pair
	Must  string           `json:"must" required:"true" doc:"x"`
	One   *pair            `json:"one" doc:"x"`
	Many  []pair           `json:"many" doc:"x"`
	Named map[string]*pair `json:"named" doc:"x"`
	Shape *argstest.Shape  `json:"shape" doc:"x"`
}

// TestRulesBetweenFields holds that the rules of every struct are asked, the inner ones first, and where they stand.
func TestRulesBetweenFields(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[ruledOuter]())
	for given, param := range map[string]string{
		`{"must":"x","low":1,"high":2,"one":{"low":2,"high":2},"many":[],"shape":{"kind_of":"empty"}}`: "",
		`{"must":"x","low":3,"high":2}`:                               "low",
		`{"must":"x","one":{"low":3,"high":2}}`:                       "one.low",
		`{"must":"x","many":[{"low":1},{"low":3,"high":2}]}`:          "many[1].low",
		`{"must":"x","named":{"b":{"low":1},"a":{"low":3,"high":2}}}`: "named.a.low",
		`{"must":"x","shape":{"kind_of":"circle"}}`:                   "shape.the_radius",
		`{"must":"x","low":3,"high":2,"one":{"low":5,"high":4}}`:      "one.low",
		`{"low":3,"high":2}`:                                          "must",
	} {
		_, fault := args.Bind(p, json.RawMessage(given), new(ruledOuter))
		if (fault == nil) != (param == "") || fault != nil && fault.Param != param {
			t.Errorf("%s came to %+v, want a refusal of %q", given, fault, param)
		}
	}
	_, fault := args.Bind(p, json.RawMessage(`{"must":"x","many":[{"low":3,"high":2},{"low":5,"high":4}],"named":{"b":{"low":3,"high":2},"a":{"low":3,"high":2}}}`), new(ruledOuter))
	if fault == nil || fault.NextStep != "many[0].low: swap them many[1].low: swap them named.a.low: swap them named.b.low: swap them" {
		t.Errorf("got %+v, want the rule of each, in order", fault)
	}
}

// TestRulesThatFollowFromFaults holds that a rule about an argument which was refused is not told too.
func TestRulesThatFollowFromFaults(t *testing.T) {
	t.Parallel()
	type demanding struct{ demands }
	p := inputs.SpecOf(reflect.TypeFor[demanding]())
	for given, message := range map[string]string{
		`{}`:                               "number or other must be given",
		`{"number":"x"}`:                   "number must be a number.",
		`{"nmuber":1}`:                     "nmuber is not an argument.",
		`{"list":[{"low":"x"}]}`:           "list[0].low must be a number. number or other must be given",
		`{"other":1,"list":[{"low":"x"}]}`: "list[0].low must be a number.",
	} {
		_, fault := args.Bind(p, json.RawMessage(given), new(demanding))
		if fault == nil || fault.Message != message {
			t.Errorf("%s came to %v, want %q", given, fault, message)
		}
	}
}

// demands needs one of two, and no list without a number.
type demands struct {
	Number *int   `json:"number" doc:"x"`
	Other  *int   `json:"other" doc:"x"`
	List   []pair `json:"list" doc:"x"`
}

func (d *demands) Check(string) *faults.Fault {
	if d.Number == nil && d.Other == nil {
		return faults.Invalid("", "number or other must be given", "send one")
	}
	return nil
}
