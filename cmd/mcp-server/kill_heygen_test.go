package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"heygen-mcp/internal/sandbox"
)

// rotating is a HeyGen whose tokens end when a test wants it, and that lets the test do something at each point of a
// renewal:
//
//	asked    it has the request, and has done nothing
//	rotated  the old refresh token is dead, and nobody has the new one
//	sent     every byte of the answer is on its way
//	used     somebody comes with an access token of the answer
type rotating struct {
	*httptest.Server
	box       http.Handler
	seconds   int // that tokens live
	forgiving bool
	refuses   atomic.Bool  // it has ended the person's sign-in
	asked     atomic.Int64 // how often

	mu     sync.Mutex
	point  string
	do     func()
	given  map[string]bool                       // access tokens from renewals
	before map[string]*httptest.ResponseRecorder // the answers, by what was asked with
}

func newRotating(t *testing.T, seconds int) *rotating {
	t.Helper()
	box, err := sandbox.New(sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	h := &rotating{box: box, seconds: seconds, given: map[string]bool{}, before: map[string]*httptest.ResponseRecorder{}}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

// at does something when a point is reached next.
func (h *rotating) at(point string, do func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.point, h.do = point, do
}

// reached says whether something was done, after which nobody waits for an answer.
func (h *rotating) reached(point string) bool {
	h.mu.Lock()
	do := h.do
	if h.point != point || do == nil {
		h.mu.Unlock()
		return false
	}
	h.do = nil
	h.mu.Unlock()
	do()
	return true
}

func (h *rotating) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/v1/oauth/token" {
		if h.isGiven(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")) && h.reached("used") {
			return
		}
		h.box.ServeHTTP(w, r)
		return
	}
	raw, err := io.ReadAll(r.Body)
	form, bad := url.ParseQuery(string(raw))
	if errors.Join(err, bad) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	renews := form.Get("grant_type") == "refresh_token"
	if renews {
		h.asked.Add(1)
		if h.reached("asked") {
			return
		}
		if h.refuses.Load() {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"error":"invalid_grant"}`)) // it may have gone
			return
		}
	}
	answer := h.answer(r, form.Get("refresh_token"))
	if renews && h.reached("rotated") {
		return
	}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // it may have been killed
	_ = http.NewResponseController(w).Flush()
	if renews {
		h.reached("sent")
	}
}

// answer is what the sandbox says, but for how long its tokens live.
func (h *rotating) answer(r *http.Request, refresh string) *httptest.ResponseRecorder {
	h.mu.Lock()
	old, known := h.before[refresh]
	h.mu.Unlock()
	if h.forgiving && known {
		return old
	}
	rec := httptest.NewRecorder()
	h.box.ServeHTTP(rec, r)
	var body map[string]any
	if rec.Code != http.StatusOK || json.Unmarshal(rec.Body.Bytes(), &body) != nil {
		return rec
	}
	body["expires_in"] = h.seconds
	raw, err := json.Marshal(body)
	if err != nil {
		return rec
	}
	rec.Body = bytes.NewBuffer(raw)
	rec.Header().Del("Content-Length")
	if refresh != "" {
		h.mu.Lock()
		defer h.mu.Unlock()
		access, _ := body["access_token"].(string)
		h.given[access], h.before[refresh] = true, rec
	}
	return rec
}

func (h *rotating) isGiven(access string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.given[access]
}
