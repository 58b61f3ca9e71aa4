package args

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// faultsOf makes ranked faults called a, b, c … of a rank.
func faultsOf(n, rank int, from rune, next string) []ranked {
	var all []ranked
	for i := range n {
		name := string(from + rune(i))
		all = append(all, ranked{Fault: faults.Invalid(name, name+" is wrong.", strings.ReplaceAll(next, "%s", name)), rank: rank})
	}
	return all
}

// TestTogether holds how several faults become one: in which order, and how many.
func TestTogether(t *testing.T) {
	t.Parallel()
	if got := together(nil); got != nil {
		t.Errorf("no faults came to %+v", got)
	}
	one := faultsOf(1, rankValue, 'a', "Mend %s.")
	if got := together(one); got != one[0].Fault {
		t.Errorf("one fault came to %+v, want itself", got)
	}
	for _, c := range []struct {
		what          string
		found         []ranked
		message, next string
	}{
		{"five", faultsOf(5, rankValue, 'a', "Mend %s."), "a is wrong. b is wrong. c is wrong. d is wrong. e is wrong.",
			"a: Mend a. b: Mend b. c: Mend c. d: Mend d. e: Mend e."},
		{"seven", faultsOf(7, rankValue, 'a', "Mend %s."), "a is wrong. b is wrong. c is wrong. d is wrong. e is wrong. There is more: 2 further mistakes.",
			"a: Mend a. b: Mend b. c: Mend c. d: Mend d. e: Mend e."},
		{"five with two missing", append(faultsOf(2, rankMissing, 'm', "Send %s."), faultsOf(3, rankValue, 'a', "Mend %s.")...),
			"a is wrong. b is wrong. c is wrong. m is wrong. n is wrong.", "a: Mend a. b: Mend b. c: Mend c. m: Send m. n: Send n."},
		{"the same twice", append(faultsOf(1, rankValue, 'a', "Mend %s."), faultsOf(1, rankValue, 'a', "Mend %s.")...), "a is wrong.", "a: Mend a."},
		{"of all ranks", append(append(faultsOf(1, rankUnknown, 'u', "Leave %s."), faultsOf(1, rankMissing, 'm', "Send %s.")...), faultsOf(1, rankMisspelt, 's', "Respell %s.")...),
			"s is wrong. m is wrong. u is wrong.", "s: Respell s. m: Send m. u: Leave u."},
		{"many missing and unknown", append(append(faultsOf(3, rankUnknown, 'u', "Leave it."), faultsOf(2, rankMissing, 'm', "Send %s.")...), faultsOf(6, rankValue, 'a', "Mend %s.")...),
			"a is wrong. b is wrong. c is wrong. d is wrong. m and n are required. There is more: 3 further mistakes.",
			"a: Mend a. b: Mend b. c: Mend c. d: Mend d. m: Send m. Send n."},
		{"many unknown", append(faultsOf(7, rankUnknown, 'u', "Leave it."), faultsOf(1, rankMissing, 'm', "Send %s.")...),
			"m is wrong. u, v, w, x, y, z and { are not arguments.", "m: Send m. u: Leave it."},
		{"known names once", []ranked{
			{Fault: faults.Invalid("a", "a is wrong.", "Respell. Known here: x."), rank: rankMisspelt},
			{Fault: faults.Invalid("b", "b is wrong.", "Leave it. Known here: x."), rank: rankMisspelt},
			{Fault: faults.Invalid("", "c is wrong.", "Leave it. Known here: y."), rank: rankMisspelt},
		}, "a is wrong. b is wrong. c is wrong.", "a: Respell. Known here: x. b: Leave it. Leave it. Known here: y."},
		{"missing under another name", []ranked{
			{Fault: faults.Invalid("voice_id", "voice_id is required.", "Send it."), rank: rankMissing},
			{Fault: faults.Invalid("voice", "voice is not an argument.", "Did you mean voice_id?"), rank: rankMisspelt, meant: "voice_id"},
		}, "voice is not an argument.", "Did you mean voice_id?"},
	} {
		got := together(c.found)
		if got == nil || got.Message != c.message || got.NextStep != c.next {
			t.Errorf("%s: got %+v\nwant %q, %q", c.what, got, c.message, c.next)
		}
	}
}

// TestManyMissingTellFewSteps holds that what to do is told of a few of many.
func TestManyMissingTellFewSteps(t *testing.T) {
	t.Parallel()
	got := together(faultsOf(8, rankMissing, 'a', "Send %s."))
	if got.Message != "a, b, c, d, e, f, g and h are required." || strings.Count(got.NextStep, "Send ") != maxFaults || got.Param != "a" {
		t.Errorf("got %+v, want all names and the steps of %d", got, maxFaults)
	}
}

// TestAllMistakes holds that one refusal names all that is wrong, what is quickest to mend first.
func TestAllMistakes(t *testing.T) {
	t.Parallel()
	type required struct {
		argstest.Order
		Name string `json:"name" required:"true" doc:"Name."`
	}
	p := inputs.SpecOf(reflect.TypeFor[required]())
	var in required
	_, fault := Bind(p, json.RawMessage(`{"speed":9,"gendre":"male","zzzzzz":1,"files":[{"type":"nothing"},{"url":""}]}`), &in)
	if fault == nil {
		t.Fatal("nothing was refused")
	}
	last := -1
	for _, part := range []string{"gendre is not", "speed must be", "files[0].type must be", "files[1].type and name are required", "zzzzzz"} {
		at := strings.Index(fault.Message, part)
		if at <= last {
			t.Errorf("%q is missing from %q, or out of order", part, fault.Message)
		}
		last = at
	}
	if fault.Param != "gendre" || !strings.Contains(fault.NextStep, "speed: ") {
		t.Errorf("got %+v", fault)
	}
	_, fault = Bind(p, json.RawMessage(`{"name":"x","gendre":"male","titel":"x"}`), &in)
	if fault == nil || strings.Count(fault.NextStep, "Known here") != 1 || !strings.Contains(fault.NextStep, "Did you mean title?") {
		t.Errorf("the arguments there are should be told once: %+v", fault)
	}
	_, fault = Bind(p, json.RawMessage(`{"aaaaaa":1,"bbbbbb":1,"gendre":1,"titel":1,"voiec_id":1,"spede":1,"aspect_ratoi":1,"engien":1}`), &in)
	if fault == nil || !strings.Contains(fault.Message, "name is required") || !strings.Contains(fault.Message, "There is more: 3 further") {
		t.Errorf("many names that are misspelt hide what is missing: %+v", fault)
	}
	_, fault = Bind(p, json.RawMessage(`{"naem":"x"}`), &in)
	if fault == nil || strings.Contains(fault.Message, "required") || !strings.Contains(fault.NextStep, "Did you mean name?") {
		t.Errorf("an argument under a misspelt name is told missing too: %+v", fault)
	}
}
