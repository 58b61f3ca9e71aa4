package heygen

import (
	"encoding/json"
	"testing"
)

// FuzzEnvelope holds what is read of an answer at once to what encoding/json reads of it.
func FuzzEnvelope(f *testing.F) {
	for _, seed := range []string{
		`{"data":{"id":"a","has_more":true,"next_token":"t"}}`, `{"data":[1],"has_more":false,"next_token":null}`, `{"error":{"code":"x"},"data":null}`,
		`{"data":1,"data":{"next_token":5},"next_token":""}`, `null`, `[]`, `{"data":{"a":"\ud83d"}} x`, `{"dat\u0061":{"has_more":1}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var top, inner map[string]json.RawMessage
		err := json.Unmarshal(raw, &top)
		got, gotErr := readEnvelope(raw)
		if (gotErr != nil) != (err != nil || top == nil) {
			t.Fatalf("%s: got the error %v, encoding/json has %v", raw, gotErr, err)
		}
		if gotErr != nil {
			return
		}
		if string(got.data) != string(top["data"]) || string(got.problem) != string(top["error"]) {
			t.Fatalf("%s: got %s and %s, want %s and %s", raw, got.data, got.problem, top["data"], top["error"])
		}
		_ = json.Unmarshal(top["data"], &inner) // which fails for what is no object
		for _, one := range []struct {
			marks   marks
			members map[string]json.RawMessage
		}{{got.beside, top}, {got.inside, inner}} {
			var token string
			_ = json.Unmarshal(one.members["next_token"], &token) // which fails for what is no text
			_, more := one.members["has_more"]
			_, next := one.members["next_token"]
			if one.marks != (marks{string(one.members["has_more"]), token, more || next}) {
				t.Fatalf("%s: got %+v, want those of %s", raw, one.marks, one.members)
			}
		}
	})
}
