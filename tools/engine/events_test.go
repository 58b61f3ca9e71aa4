package engine

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"heygen-mcp/heygen"
)

// heardWords is what the tests name of an event.
type heardWords struct {
	Words []struct {
		Word string  `json:"word"`
		End  float64 `json:"end"`
	} `json:"words"`
	Reason string `json:"reason"`
}

// TestListenReadsEvents holds that events are read by a struct, that what is no object is passed
// over, and that what cannot be read is an error unless it marks the end.
func TestListenReadsEvents(t *testing.T) {
	t.Parallel()
	const words = `data: {"words":[{"word":"Hi","end":0.5,"new":1}]}` + "\n\ndata: [1]\n\n"
	for name, tc := range map[string]struct {
		sent, want    string
		ended, failed bool
	}{
		"to its end": {
			words + "event: end\n" + `data: {"reason":"completed"}` + "\n\n",
			"[{Hi 0.5}];end[]completed;", true, false,
		},
		"a mark of the end":  {words + "data: [DONE]\n\n", "[{Hi 0.5}];", true, false},
		"a broken event":     {"data: {\n\n" + words, "[{Hi 0.5}];", true, true},
		"of another type":    {`data: {"words":"none","reason":7}` + "\n\n", "[];", true, false},
		"without any events": {"", "", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				_, _ = io.WriteString(w, tc.sent)
			}))
			t.Cleanup(srv.Close)
			client, err := heygen.New(heygen.Config{BaseURL: srv.URL, HTTP: srv.Client()})
			if err != nil {
				t.Fatal(err)
			}
			c := &Call{engine: &Engine{cfg: Config{Client: client}}}
			op := heygen.Op{Method: http.MethodGet, Path: "/v3/words", Stream: true}
			bounds := heygen.StreamBounds{
				Last: func(e heygen.Event) bool { return string(e.Data) == "[DONE]" },
			}
			got := ""
			ended, err := Listen(t.Context(), c, op, nil, bounds, func(name string, one heardWords) {
				got += fmt.Sprintf("%s%v%s;", name, one.Words, one.Reason)
			})
			if got != tc.want || ended != tc.ended || (err != nil) != tc.failed {
				t.Errorf("got %q, ended %v, %v; want %q, %v, failed %v",
					got, ended, err, tc.want, tc.ended, tc.failed)
			}
		})
	}
}
