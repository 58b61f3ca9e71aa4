package refusals

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"heygen-mcp/heygen"
)

// TestKnownBy holds which get is named as that of an id: one that answers with it, and not one that fails, or answers
// with something else or with no object.
func TestKnownBy(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		answer, known := map[string]string{
			"/v3/voices/x1":   `{"data":{"voice_id":"another","name":"x1"}}`,
			"/v3/lists/x1":    `{"data":[{"id":"x1"}]}`,
			"/v3/lipsyncs/x1": `{"data":{"lipsync_id":"x1"}}`,
		}[r.URL.Path]
		if !known {
			w.WriteHeader(http.StatusNotFound)
			answer = `{"error":{"code":"video_not_found","message":"x"}}`
		}
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(srv.Close)
	client, err := heygen.New(heygen.Config{BaseURL: srv.URL, HTTP: srv.Client()})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) heygen.Op { return heygen.Op{Method: "GET", Path: path} }
	strangers := []heygen.Op{get("/v3/videos/{video_id}"), get("/v3/voices/{voice_id}"), get("/v3/lists/{list_id}")}
	if op, ok := KnownBy(t.Context(), client, true)(strangers, "x1"); ok {
		t.Errorf("%s is said to know the id", op.Path)
	}
	if n := asked.Load(); n != 3 {
		t.Errorf("HeyGen was asked %d times, want once for each get", n)
	}
	of := append(strangers, get("/v3/lipsyncs/{lipsync_id}"))
	if op, ok := KnownBy(t.Context(), client, true)(of, "x1"); !ok || op.Path != "/v3/lipsyncs/{lipsync_id}" {
		t.Errorf("got %q, %t, want the get of lipsyncs", op.Path, ok)
	}
}
