package args

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

type oneJob struct {
	ID   string  `json:"job_id" in:"path" required:"true" doc:"A job's id."`
	Note *string `json:"note" doc:"x"`
}

// TestOneOrSeveral holds the forms in which several may be sent in the place of one, and what is refused.
func TestOneOrSeveral(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[oneJob]()).Several("job_id")
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
		got, fault := p.Check(object(t, given), "")
		if fault != nil || toText(got) != want {
			t.Errorf("%s became %s, %v; want %s", given, toText(got), fault, want)
		}
	}
	many := `["` + strings.Repeat(`a","`, MaxSeveral) + `b"]`
	for given, message := range map[string]string{
		`{}`:                               "job_id is required.",
		`{"job_ids":[]}`:                   "job_id is required.",
		`{"job_id":"c","job_ids":["a"]}`:   "job_id and job_ids are both given.",
		`{"job_ids":` + many + `}`:         "job_ids must have at most 100 members; it has 101.",
		`{"job_id":["a"],"job_ids":["b"]}`: "job_id and job_ids are both given.",
	} {
		if got, fault := p.Check(object(t, given), ""); fault == nil || fault.Message != message {
			t.Errorf("%s came to %v, %v; want %q", given, got, fault, message)
		}
	}
	if _, fault := p.Check(object(t, `{}`), ""); fault == nil || fault.NextStep != "Send it, or several as job_ids: A job's id." {
		t.Errorf("got %+v, want both ways to send it", fault)
	}
}

// TestRulesWithSeveral holds that rules between fields are asked where a list stands in place of what must be given.
func TestRulesWithSeveral(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[oneNoted]()).Several("job_id")
	for given, message := range map[string]string{
		`{"job_ids":["a"],"note":"x"}`: "", `{"job_ids":["a"]}`: "a job needs a note", `{"job_id":"a"}`: "a job needs a note",
		`{}`: "job_id is required.",
	} {
		_, fault := p.Bind(json.RawMessage(given), new(oneNoted))
		if (fault == nil) != (message == "") || fault != nil && fault.Message != message {
			t.Errorf("%s came to %v, want %q", given, fault, message)
		}
	}
}

// oneNoted has a rule beside what must be given.
type oneNoted struct{ oneJob }

func (o *oneNoted) Check(string) *Fault {
	if o.Note == nil {
		return Invalid("note", "a job needs a note", "send one")
	}
	return nil
}

// TestSeveralLeavesTheInputAlone holds that the list is an argument of the call and not of the struct.
func TestSeveralLeavesTheInputAlone(t *testing.T) {
	t.Parallel()
	one := SpecOf(reflect.TypeFor[oneJob]())
	p := one.Several("job_id")
	if one.Has("job_ids") || len(one.Fields) != 2 || one.Fields[0].Or != "" {
		t.Errorf("the input got a list: %+v", one.Fields)
	}
	if !p.Has("job_ids") || !p.Has("jobIds") || !p.Has("note") || p.Fields[1].Name != "job_ids" {
		t.Errorf("got the fields %+v, want the list behind what it stands for", p.Fields)
	}
	var in oneJob
	if err := p.Fill(reflect.ValueOf(&in).Elem(), object(t, `{"job_ids":["a"],"note":"x"}`)); err != nil || in.ID != "" || *in.Note != "x" {
		t.Errorf("got %+v, %v; want the list for who sends each", in, err)
	}
	want := `{"type":"object","properties":{"job_id":{"type":"string","description":"A job's id."},` +
		`"job_ids":{"type":"array","description":"Up to 100.","items":{"type":"string"}},"note":{"type":"string","description":"x"}}}`
	if got := string(p.Schema(SnakeCase)); got != want {
		t.Errorf("got the schema %s\nwant %s", got, want)
	}
	mustPanic(t, "several of nothing", func() { one.Several("other_id") })
}

// mustPanic holds that a declaration that cannot be meant never starts.
func mustPanic(t *testing.T, what string, declare func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s was taken", what)
		}
	}()
	declare()
}
