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

// TestOneOrSeveral holds the forms in which several may be sent in the place of one, and what is refused.
func TestOneOrSeveral(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[argstest.OneJob]()).Several("job_id")
	for given, want := range map[string]string{
		`{"job_id":"a"}`:                           `{"job_id":"a"}`,
		`{"jobIds":["a","b","a"]}`:                 `{"job_ids":["a","b"]}`,
		`{"job_ids":"a, b"}`:                       `{"job_ids":["a","b"]}`,
		`{"job_id":["a","b"]}`:                     `{"job_ids":["a","b"]}`,
		`{"job_id":["a"]}`:                         `{"job_id":"a"}`,
		`{"job_id":"a","job_ids":["a","b"]}`:       `{"job_ids":["a","b"]}`,
		`{"job_id":"a","job_ids":[]}`:              `{"job_id":"a"}`,
		`{"job_id":"","job_ids":["b"],"note":"x"}`: `{"job_ids":["b"],"note":"x"}`,
	} {
		got, fault := Check(p, argstest.Object(t, given), "")
		if fault != nil || argstest.Text(got) != want {
			t.Errorf("%s became %s, %v; want %s", given, argstest.Text(got), fault, want)
		}
	}
	many := `["` + strings.Repeat(`a","`, inputs.MaxSeveral) + `b"]`
	for given, message := range map[string]string{
		`{}`:                               "job_id is required.",
		`{"job_ids":[]}`:                   "job_id is required.",
		`{"job_id":"c","job_ids":["a"]}`:   "job_id and job_ids are both given.",
		`{"job_ids":` + many + `}`:         "job_ids must have at most 100 members; it has 101.",
		`{"job_id":["a"],"job_ids":["b"]}`: "job_id and job_ids are both given.",
	} {
		if got, fault := Check(p, argstest.Object(t, given), ""); fault == nil || fault.Message != message {
			t.Errorf("%s came to %v, %v; want %q", given, got, fault, message)
		}
	}
	if _, fault := Check(p, argstest.Object(t, `{}`), ""); fault == nil || fault.NextStep != "Send it, or several as job_ids: A job's id." {
		t.Errorf("got %+v, want both ways to send it", fault)
	}
}

// TestRulesWithSeveral holds that rules between fields are asked where a list stands in place of what must be given.
func TestRulesWithSeveral(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[oneNoted]()).Several("job_id")
	for given, message := range map[string]string{
		`{"job_ids":["a"],"note":"x"}`: "", `{"job_ids":["a"]}`: "a job needs a note", `{"job_id":"a"}`: "a job needs a note",
		`{}`: "job_id is required.",
	} {
		_, fault := Bind(p, json.RawMessage(given), new(oneNoted))
		if (fault == nil) != (message == "") || fault != nil && fault.Message != message {
			t.Errorf("%s came to %v, want %q", given, fault, message)
		}
	}
}

// oneNoted has a rule beside what must be given.
type oneNoted struct{ argstest.OneJob }

func (o *oneNoted) Check(string) *faults.Fault {
	if o.Note == nil {
		return faults.Invalid("note", "a job needs a note", "send one")
	}
	return nil
}
