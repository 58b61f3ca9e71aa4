package repeats

import (
	"fmt"
	"testing"

	"heygen-mcp/tools/vocabulary"
)

// TestTellReplay holds what is told of a create that was made before: of one job its state, and of what is gone how to
// make it anew, by the argument that has the key.
func TestTellReplay(t *testing.T) {
	t.Parallel()
	const gone = "; nothing was made now. To make it anew, call again with a new request_id."
	for name, c := range map[string]struct {
		ids         []string
		states      map[string]vocabulary.State
		state, step any
		waits       bool
	}{
		"one that is done":     {[]string{"a"}, map[string]vocabulary.State{"a": vocabulary.Done}, "done", nil, true},
		"one that is gone":     {[]string{"a"}, nil, "canceled", "It was made before by an equal call and has been deleted since" + gone, false},
		"several that are":     {[]string{"a", "b"}, map[string]vocabulary.State{"a": vocabulary.Done, "b": vocabulary.Failed}, "pending", nil, true},
		"several, some gone":   {[]string{"a", "b"}, map[string]vocabulary.State{"a": vocabulary.Done}, "pending", "They were made before by an equal call, and some have been deleted since" + gone, true},
		"several, all of them": {[]string{"a", "b"}, nil, "canceled", "They were made before by an equal call, and some have been deleted since" + gone, false},
	} {
		data := map[string]any{"replayed": true, "state": "pending", "wait_with": 1}
		TellReplay(data, c.ids, c.states, "request_id")
		if data["state"] != c.state || data["next_step"] != c.step || (data["wait_with"] != nil) != c.waits {
			t.Errorf("%s: got %v, want %v, %v, and something to wait for: %t", name, data, c.state, c.step, c.waits)
		}
	}
}

func TestAnyLeft(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state vocabulary.State
		want  bool
	}{{"", false}, {vocabulary.Failed, false}, {vocabulary.Canceled, false}, {vocabulary.Done, true}, {vocabulary.Pending, true}} {
		states := map[string]vocabulary.State{"a": vocabulary.Failed, "b": c.state}
		if got := AnyLeft(states, []string{"a", "b"}); got != c.want {
			t.Errorf("%v: got %t, want %t", fmt.Sprintf("%q", c.state), got, c.want)
		}
	}
}
