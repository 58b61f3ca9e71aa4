package message

import (
	"strings"
	"testing"
)

// TestSplit holds which arrays are batches: those with one message in them that can be answered, or with none at all,
// which is its caller's to refuse.
func TestSplit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		body   string
		length int
		wrong  string
	}{
		{`[]`, 0, ""},
		{` [{"id":1,"method":"ping"},{"method":"b"}]`, 2, ""},
		{`[7,{"id":1,"method":"ping"}]`, 2, ""},
		{`[7,8]`, 2, "nothing in this one is one: the body is not one JSON-RPC message"},
		{`[{"id":1}]`, 1, "nothing in this one is one: the message has no method"},
		{`[{"id":1,"method":"ping"},]`, 0, "nor a batch of them"},
		{`[` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `]`, 0, "nests deeper than 64 levels"},
		{"[\"\xff\"]", 0, "not in UTF-8"},
	} {
		if !IsBatch([]byte(c.body)) {
			t.Errorf("%.40s is taken for one message", c.body)
		}
		got, bad := Split([]byte(c.body))
		if len(got) != c.length || (bad == nil) != (c.wrong == "") || bad != nil && !strings.Contains(bad.Text, c.wrong) {
			t.Errorf("%.40s: got %d messages and %+v, want %d and %q", c.body, len(got), bad, c.length, c.wrong)
		}
	}
	for _, body := range []string{``, ` `, `{}`, ` {"a":[]}`, `"["`} {
		if IsBatch([]byte(body)) {
			t.Errorf("%q is taken for a batch", body)
		}
	}
}
