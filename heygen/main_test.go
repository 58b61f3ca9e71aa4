package heygen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// seen is a request as the server got it.
type seen struct {
	method, uri, body string
	header            http.Header
}

// fake answers the n-th request with the n-th step, and the last one for ever.
type fake struct {
	*httptest.Server
	mu    sync.Mutex
	calls []seen
	waits []time.Duration
	steps []http.HandlerFunc
}

func newFake(t *testing.T, steps ...http.HandlerFunc) *fake {
	t.Helper()
	f := &fake{steps: steps}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	f.mu.Lock()
	f.calls = append(f.calls, seen{r.Method, r.RequestURI, string(raw), r.Header.Clone()})
	step := f.steps[min(len(f.calls), len(f.steps))-1]
	f.mu.Unlock()
	step(w, r)
}

// client waits in no time at all and notes how long it would have waited, without jitter.
func (f *fake) client(t *testing.T, change ...func(*Config)) *Client {
	t.Helper()
	c := Config{BaseURL: f.URL, HTTP: f.Client(), Sleep: func(ctx context.Context, d time.Duration) error {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.waits = append(f.waits, d)
		return ctx.Err()
	}, Jitter: noJitter}
	for _, set := range change {
		set(&c)
	}
	client, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// noJitter waits as long as may be.
func noJitter(bound time.Duration) time.Duration { return bound }

func (f *fake) got() []seen {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]seen(nil), f.calls...)
}

func (f *fake) waited() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return fmt.Sprint(f.waits)
}

// answer is a step that sends a status and a body; pairs are headers.
func answer(status int, body string, pairs ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(pairs); i += 2 {
			w.Header().Set(pairs[i], pairs[i+1])
		}
		w.WriteHeader(status)
		if _, err := io.WriteString(w, body); err != nil {
			return // the client has left, which its test knows
		}
	}
}

// hangUp ends the connection after the request was read: a lost answer.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// silent never answers.
func silent(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// cut breaks off in the middle of a body.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100")
	if _, err := io.WriteString(w, `{"data":`); err != nil {
		return
	}
	flush(w)
	panic(http.ErrAbortHandler)
}

// flush makes sure that what was written is on its way.
func flush(w http.ResponseWriter) {
	if err := http.NewResponseController(w).Flush(); err != nil {
		panic(err)
	}
}

func inProgress() http.HandlerFunc {
	return answer(409, `{"error":{"code":"request_in_progress","message":"In flight."}}`)
}

// asError is the *Error that a call must have ended with.
func asError(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *Error", err)
	}
	return e
}
