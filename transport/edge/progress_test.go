package edge

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
)

// FuzzProgress holds that progress written by hand is what encoding/json reads as the same, on one line.
func FuzzProgress(f *testing.F) {
	f.Add("p", 10.25, 240.0, "0 of 1 done, processing")
	f.Add("\u2028\n<&>\"", 1e-9, 0.0, "")
	f.Add("", -1e300, math.NaN(), "\x80\u2028\n")
	f.Add("", math.Inf(1), 1.0, "")
	f.Fuzz(func(t *testing.T, text string, done, total float64, message string) {
		token, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		type params struct {
			Token    json.RawMessage `json:"progressToken"`
			Progress float64         `json:"progress"`
			Total    float64         `json:"total,omitempty"`
			Message  string          `json:"message,omitempty"`
		}
		type notification struct {
			JSONRPC string `json:"jsonrpc"`
			Method  string `json:"method"`
			Params  params `json:"params"`
		}
		_, unwritable := json.Marshal([]float64{done, total})
		var b bytes.Buffer
		if ok := appendProgress(&b, token, done, total, message); ok != (unwritable == nil) {
			t.Fatalf("%v of %v: written is %v", done, total, ok)
		}
		if unwritable != nil {
			return
		}
		want := notification{"2.0", "notifications/progress", params{token, done, total, string([]rune(message))}}
		var got notification
		err = json.Unmarshal(b.Bytes(), &got)
		again, _ := json.Marshal(got)
		wanted, _ := json.Marshal(want)
		if err != nil || !bytes.Equal(again, wanted) || bytes.ContainsAny(b.Bytes(), "\r\n") {
			t.Errorf("%s, %v, want %s", b.Bytes(), err, wanted)
		}
	})
}
