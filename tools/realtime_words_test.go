package tools_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestWordsOfALiveAvatar holds that what was heard is told although the stream broke, and that
// words which are too many for one answer are told to be gone on with.
func TestWordsOfALiveAvatar(t *testing.T) {
	t.Parallel()
	const perEvent = 10
	word := func(n int) string { return fmt.Sprintf(`{"word":"w%d","start":%d,"end":%d}`, n, n, n+1) }
	for name, c := range map[string]struct {
		events   int
		end      bool
		args     string
		count    int
		first    string
		finished bool
	}{
		"all":          {3, true, ``, 30, "w0", true},
		"from a time":  {3, true, `,"from_seconds":12`, 18, "w12", true},
		"broken":       {3, false, ``, 30, "w0", false},
		"too many":     {40, true, ``, 300, "w0", false},
		"the rest":     {40, true, `,"from_seconds":300`, 100, "w300", true},
		"as many":      {30, true, ``, 300, "w0", true},
		"nothing said": {0, true, ``, 0, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				for i := range c.events {
					words := make([]string, perEvent)
					for j := range words {
						words[j] = word(i*perEvent + j)
					}
					_, _ = fmt.Fprintf(w, "data: {\"words\":[%s]}\n\n", strings.Join(words, ","))
				}
				if c.end {
					_, _ = fmt.Fprint(w, "event: end\ndata: {\"reason\":\"completed\"}\n\n")
					return
				}
				_ = http.NewResponseController(w).Flush()
				panic(http.ErrAbortHandler) // net/http's way to break the connection
			})
			got := b.CallTool(t, "get_avatar_realtime_words", `{"stream_id":"s"`+c.args+`}`)
			words, _ := got["words"].([]any)
			first := ""
			if len(words) > 0 {
				first = fmt.Sprint(words[0].(map[string]any)["word"])
			}
			if len(words) != c.count || first != c.first || got["finished"] != c.finished || (got["next_step"] == nil) != c.finished {
				t.Errorf("got %d words from %q, finished %v, next step %v; want %d from %q, finished %v",
					len(words), first, got["finished"], got["next_step"], c.count, c.first, c.finished)
			}
		})
	}
}
