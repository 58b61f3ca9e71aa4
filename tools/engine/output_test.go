package engine

import (
	"encoding/json"
	"reflect"
	"testing"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/jsonwrite"
)

// inner and outer are an output with each kind of member.
type inner struct {
	Link string `json:"link"`
}

type outer struct {
	inner
	ID    string         `json:"id"`
	Size  int            `json:"size"`
	Share float64        `json:"share"`
	On    bool           `json:"on"`
	IDs   []string       `json:"ids"`
	Items []any          `json:"items"`
	More  map[string]any `json:"more"`
	Part  struct {
		Code string `json:"code"`
	} `json:"part"`
	Cost
	JobHint
}

func decoded(t *testing.T, raw string) map[string]any {
	t.Helper()
	v, err := jsonread.Decode(json.RawMessage(raw))
	if err != nil {
		t.Fatal(err)
	}
	object, _ := v.(map[string]any)
	return object
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	raw, err := jsonwrite.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// resultOf is what Fetch makes of an answer.
func resultOf[O any](object map[string]any) *Result[O] {
	r := &Result[O]{Out: View[O](object), Extras: Extras{object: object}}
	r.sent = r.Out
	return r
}

const sent = `{"id":"a","ids":["x","y"],"items":[{"new":1.50}],"link":"l","more":{"k":12345678901234567890},"new":{"deep":[true]},"on":true,"part":{"code":"c","too":1},"share":0.10,"size":3}`

// TestResultsPassThrough holds that what HeyGen sent is answered as it came, also what no output names, and
// that only what is changed is written.
func TestResultsPassThrough(t *testing.T) {
	t.Parallel()
	r := resultOf[outer](decoded(t, sent))
	if o := r.Out; o.ID != "a" || o.Size != 3 || o.Share != 0.1 || !o.On || len(o.IDs) != 2 || len(o.Items) != 1 || o.Link != "l" || o.Part.Code != "c" || o.CostUSD != nil {
		t.Errorf("it was filled as %+v", o)
	}
	if got := encoded(t, r.Data()); got != sent {
		t.Errorf("got %s, want %s", got, sent)
	}
	r = resultOf[outer](decoded(t, `{"id":"a","new":1}`))
	r.Out.Link, r.Out.CostUSD, r.NextStep = "l", new(0.0), "Go on."
	r.Out.begin("video", []string{"v", ""})
	const want = `{"estimated_cost_usd":0,"id":"a","link":"l","new":1,"next_step":"Go on.","wait_with":{"kind":"video","ids":["v"]}}`
	if got := encoded(t, r.Data()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestOddAnswersAreNoFault holds that members of other types than are known leave the output empty there
// and are answered as they came.
func TestOddAnswersAreNoFault(t *testing.T) {
	t.Parallel()
	const odd = `{"estimated_cost_usd":"x","id":{"a":1},"ids":[1],"items":"x","link":7,"more":[1],"on":"yes","part":"c","share":"much","size":1.5}`
	r := resultOf[outer](decoded(t, odd))
	if !reflect.DeepEqual(r.Out, outer{}) {
		t.Errorf("it was filled as %+v", r.Out)
	}
	if got := encoded(t, r.Data()); got != odd {
		t.Errorf("got %s, want %s", got, odd)
	}
}

// TestMadeResultsAreWhole holds that a result of this server's own has its empty members too.
func TestMadeResultsAreWhole(t *testing.T) {
	t.Parallel()
	r := Made(struct {
		Finished bool  `json:"finished"`
		Done     []any `json:"done"`
		Asking   []any `json:"asking,omitempty"`
	}{Done: []any{}})
	if got := encoded(t, r.Data()); got != `{"done":[],"finished":false}` {
		t.Errorf("got %s", got)
	}
}
