package transport_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// TestHooksAreNotLogged holds that HeyGen's calls reach their handler and leave no line in
// the log, which has the others.
func TestHooksAreNotLogged(t *testing.T) {
	t.Parallel()
	var called atomic.Int32
	s := start(t, func(_ *transport.Config, parts *transport.Parts) {
		parts.Hooks = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			called.Add(1)
			w.WriteHeader(http.StatusNoContent)
		})
	})
	for range 10 {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/hooks/sealed", "{}", nil)
		if _ = edgetest.Text(t, res); res.StatusCode != http.StatusNoContent {
			t.Errorf("got %d", res.StatusCode)
		}
	}
	_ = edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/nothing", "{}", nil))
	s.Close() // lines are written when handlers have ended
	if log := s.log.String(); called.Load() != 10 || strings.Contains(log, "sealed") || strings.Count(log, "\n") != 1 {
		t.Errorf("%d calls, and the log has %s", called.Load(), log)
	}
}
