package inputs_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// filled has a field of each kind that is filled.
type filled struct {
	Text   string                     `json:"text" doc:"x"`
	Maybe  *string                    `json:"maybe" doc:"x"`
	Fast   *bool                      `json:"fast" doc:"x"`
	Count  *int64                     `json:"count" doc:"x"`
	Share  float64                    `json:"share" doc:"x"`
	Lists  [][]string                 `json:"lists" doc:"x"`
	Inner  *argstest.OneJob           `json:"inner" doc:"x"`
	Many   []*argstest.OneJob         `json:"many" doc:"x"`
	Free   map[string]any             `json:"free" doc:"x"`
	Words  map[string]string          `json:"words" doc:"x"`
	Named  map[string]argstest.OneJob `json:"named" doc:"x"`
	Shapes []argstest.Shape           `json:"shapes" doc:"x"`
}

// TestFillIsWhatJSONWouldBe holds that canonical arguments fill a struct as encoding/json does.
func TestFillIsWhatJSONWouldBe(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[filled]())
	for _, given := range []string{
		`{}`, `{"text":"a","maybe":"","fast":false,"count":9007199254740993,"share":0.1}`, `{"lists":[["a"],[]]}`,
		`{"inner":{"job_id":"x"},"many":[{"job_id":"y","note":"z"},{}],"free":{"a":[1,{"b":null}]},"words":{"a":"b"}}`,
		`{"named":{"a":{"job_id":"x"},"b":{"note":""}}}`,
	} {
		var got, want filled
		if err := p.Fill(reflect.ValueOf(&got).Elem(), argstest.Object(t, given)); err != nil {
			t.Errorf("%s: got %v, want no error", given, err)
		}
		if err := json.Unmarshal([]byte(given), &want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", given, got, want)
		}
	}
	var in filled
	if err := p.Fill(reflect.ValueOf(&in).Elem(), argstest.Object(t, `{"shapes":[{"kind_of":"circle","the_radius":2}]}`)); err != nil {
		t.Fatal(err)
	}
	if one := in.Shapes[0]; one.Circle == nil || *one.Circle.Radius != 2 || one.Empty != nil || one.Checked()["kind_of"] != "circle" {
		t.Errorf("got %+v, want the circle and what was checked", one)
	}
}

// TestFillRefusesOtherKinds holds that a value of another kind than its field is an error and no zero.
func TestFillRefusesOtherKinds(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[filled]())
	for _, given := range []string{
		`{"text":true}`, `{"fast":"x"}`, `{"count":1.5}`, `{"count":"1"}`, `{"share":1e400}`, `{"text":7}`, `{"lists":"x"}`, `{"lists":[7]}`,
		`{"inner":"x"}`, `{"inner":{"job_id":7}}`, `{"named":{"a":{"job_id":7}}}`, `{"text":{}}`, `{"words":[]}`,
	} {
		var in filled
		if err := p.Fill(reflect.ValueOf(&in).Elem(), argstest.Object(t, given)); err == nil {
			t.Errorf("%s filled %+v, want an error", given, in)
		}
	}
	var in filled
	if err := p.Fill(reflect.ValueOf(&in).Elem(), map[string]any{"free": func() {}}); err == nil {
		t.Error("a function was filled in")
	}
}
