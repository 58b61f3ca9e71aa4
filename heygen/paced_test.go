package heygen

import (
	"net/http"
	"testing"
	"time"
)

// TestPacedCalls holds that a caller that spaces its calls itself hears at once that it is too fast, and
// that everything else is repeated for it as for others.
func TestPacedCalls(t *testing.T) {
	t.Parallel()
	create := Op{Method: "POST", Path: "/v3/videos", Key: true}
	slow := answer(429, `{"error":{"code":"rate_limit_exceeded","message":"Slow."}}`, "Retry-After", "7")
	f := newFake(t, slow)
	_, err := f.client(t).Do(Paced(t.Context()), create, &scripted{}, "k")
	e := asError(t, err)
	if !e.Retryable || e.RetryAfter != 7*time.Second || len(f.got()) != 1 || f.waited() != "[]" {
		t.Errorf("got %v after %d calls and waits of %s, want it at once", e, len(f.got()), f.waited())
	}
	f = newFake(t, answer(http.StatusBadGateway, ""), answer(200, `{"data":{}}`))
	if _, err := f.client(t).Do(Paced(t.Context()), create, &scripted{}, "k"); err != nil || len(f.got()) != 2 {
		t.Errorf("got %v after %d calls, want a repeat that succeeds", err, len(f.got()))
	}
}
