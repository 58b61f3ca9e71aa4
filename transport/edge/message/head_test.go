package message

import "testing"

// The beginning of a message says its method and its id where they stand there.
func TestHead(t *testing.T) {
	t.Parallel()
	for beginning, want := range map[string][2]string{
		`{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"xxx`:    {"1", "ping"},
		`{"method":"ping","id":1`:                                       {"", "ping"},
		`{"id":[1],"METHOD":"ping"`:                                     {"", "ping"},
		`{"params":{"method":"tools/call","a":[{"method":"x"}]},"metho`: {"", ""},
		`{"params":{"method":"tools/call"},"method":"ping"`:             {"", "ping"},
		`{"id":"a","params":{"method":"tools/call`:                      {`"a"`, ""},
		`{"method":7`:       {"", ""},
		`{"method":"p`:      {"", ""},
		`[{"method":"ping"`: {"", ""},
		``:                  {"", ""},
	} {
		if id, method := Head([]byte(beginning)); string(id) != want[0] || method != want[1] {
			t.Errorf("%s: %q, %q", beginning, id, method)
		}
	}
}
