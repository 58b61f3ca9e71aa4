package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// receiver is somebody's server that takes webhooks.
type receiver struct {
	t   *testing.T
	url string

	mu     sync.Mutex
	status int
	got    []*http.Request
	bodies []string
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	in := &receiver{t: t, status: http.StatusNoContent}
	srv := httptest.NewServer(in)
	t.Cleanup(srv.Close)
	in.url = srv.URL
	return in
}

func (in *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	in.mu.Lock()
	defer in.mu.Unlock()
	in.got, in.bodies = append(in.got, r), append(in.bodies, string(body))
	w.Header().Set("Location", "/elsewhere")
	w.WriteHeader(in.status)
}

// answers sets what is answered from now on.
func (in *receiver) answers(status int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.status = status
}

// took is how many were received, and the last of them.
func (in *receiver) took(n int) (*http.Request, reply) {
	in.t.Helper()
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(in.got) != n {
		in.t.Fatalf("%d deliveries, want %d: %s", len(in.got), n, in.bodies)
	}
	if n == 0 {
		return nil, reply{}
	}
	return in.got[n-1], reply{t: in.t, body: in.bodies[n-1]}
}

func signature(secret, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return hex.EncodeToString(mac.Sum(nil))
}
