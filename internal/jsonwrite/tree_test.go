package jsonwrite

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzTree holds what is written without reflection to what encoding/json writes.
func FuzzTree(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `null`, `{"b":[1,-2.5e3,0.1,"x\u2028\u0001\ud83d\ude00\"\\"],"a":{"c":true,"":false}}`, `[-0,1e400,0.0]`, `"\ufffd<&>"`,
	} {
		f.Add([]byte(seed), "text \xff", "1.5")
	}
	f.Fuzz(func(t *testing.T, raw []byte, text, number string) {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		var v any
		if d.Decode(&v) != nil {
			v = nil
		}
		for _, v := range []any{v, text, json.Number(number), map[string]any{text: v, "f": 1.5, "n": json.Number(number)},
			[]any{v, []string{text}, 7, &text, map[string]any(nil), []any(nil), []string(nil)}} {
			var want bytes.Buffer
			wantErr := byReflection(&want, v)
			got, err := Marshal(v)
			if (err != nil) != (wantErr != nil) || err == nil && !bytes.Equal(got, want.Bytes()) {
				t.Fatalf("%#v: got %s, %v, want %s, %v", v, got, err, want.Bytes(), wantErr)
			}
			if size, sizeErr := Size(v); (sizeErr != nil) != (err != nil) || err == nil && size != len(got) {
				t.Fatalf("%#v: a size of %d, %v, want %d, %v", v, size, sizeErr, len(got), err)
			}
			b := bytes.NewBufferString("before ")
			if Append(b, v) == nil && b.String() != "before "+want.String() {
				t.Fatalf("%#v after others: got %s, want %s", v, b, want.Bytes())
			}
		}
	})
}
