package delivery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// newQueue makes a queue whose clock only moves by the function that it returns.
func newQueue(t *testing.T, timeout time.Duration, silent bool) (*Queue, func(time.Duration)) {
	t.Helper()
	var passed atomic.Int64
	clock := func() time.Time { return time.Unix(1_800_000_000, passed.Load()) }
	return NewQueue(clock, timeout, silent), func(d time.Duration) { passed.Add(int64(d)) }
}

// received is a request that a receiver got.
type received struct {
	header http.Header
	body   string
}

// newReceiver answers with the status; what it gets is read from the channel.
func newReceiver(t *testing.T, status int) (string, chan received) {
	t.Helper()
	got := make(chan received, 100)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- received{r.Header, string(body)}
		w.WriteHeader(status)
	}))
	t.Cleanup(srv.Close)
	return srv.URL, got
}

func wantState(t *testing.T, q *Queue, i int, state string, tries int) Report {
	t.Helper()
	all := q.Reports()
	if len(all) <= i || all[i].State != state || all[i].Tries != tries {
		t.Fatalf("got %+v, want number %d to be %s after %d tries", all, i, state, tries)
	}
	return all[i]
}

func TestEndpointsGetSignedEventsAndCallbacksPlainOnes(t *testing.T) {
	t.Parallel()
	q, _ := newQueue(t, 0, false)
	url, got := newReceiver(t, http.StatusNoContent)
	e := Event{ID: "evt_1", Type: "avatar_video.success", Data: map[string]any{"video_id": "v"}}
	q.Add(e, NewEndpoint(url, "whsec"))
	q.AddCallback(e, url)
	q.Deliver(t.Context())
	signed, plain := <-got, <-got
	const body = `{"event_data":{"video_id":"v"},"event_type":"avatar_video.success"}`
	if signed.body != body || plain.body != body {
		t.Errorf("got bodies %s and %s, want %s", signed.body, plain.body, body)
	}
	mac := hmac.New(sha256.New, []byte("whsec"))
	mac.Write([]byte(body))
	for name, want := range map[string]string{
		"Heygen-Signature": hex.EncodeToString(mac.Sum(nil)), "Heygen-Timestamp": "1800000000", "Heygen-Event-Id": "evt_1",
	} {
		if signed.header.Get(name) != want || plain.header.Get(name) != "" {
			t.Errorf("got %s %q and %q, want %q and none", name, signed.header.Get(name), plain.header.Get(name), want)
		}
	}
	if r := wantState(t, q, 0, Delivered, 1); r.Callback || r.Status != http.StatusNoContent || r.Problem != nil || r.NextTry != nil {
		t.Errorf("got %+v", r)
	}
	wantState(t, q, 1, Delivered, 1)
}

// Retries come after 1, 2, 4, … minutes, and end after a day.
func TestAFailedDeliveryIsRetriedForADay(t *testing.T) {
	t.Parallel()
	q, advance := newQueue(t, 0, false)
	url, got := newReceiver(t, http.StatusInternalServerError)
	q.AddCallback(Event{Type: "x"}, url)
	tries := 0
	try := func(want int) {
		t.Helper()
		q.Deliver(t.Context())
		for ; len(got) > 0; tries++ {
			<-got
		}
		if tries != want {
			t.Fatalf("got %d tries, want %d", tries, want)
		}
	}
	try(1)
	for n := range 10 {
		advance(time.Minute<<n - time.Second)
		try(n + 1)
		if r := wantState(t, q, 0, Pending, n+1); r.NextTry == nil || *r.Problem != "it answered 500" {
			t.Errorf("got %+v, want the time of the next try and the problem", r)
		}
		advance(time.Second)
		try(n + 2)
	}
	advance(24 * time.Hour)
	try(11)
	wantState(t, q, 0, Failed, 11)
}

func TestARetryGoesWhereTheEndpointIsNow(t *testing.T) {
	t.Parallel()
	q, advance := newQueue(t, 0, false)
	old, _ := newReceiver(t, http.StatusInternalServerError)
	moved, got := newReceiver(t, http.StatusOK)
	e := NewEndpoint(old, "old")
	q.Add(Event{Type: "x"}, e)
	q.Deliver(t.Context())
	q.Update(e, moved, "new")
	advance(time.Minute)
	q.Deliver(t.Context())
	r := <-got
	mac := hmac.New(sha256.New, []byte("new"))
	mac.Write([]byte(r.body))
	if got := r.header.Get("Heygen-Signature"); got != hex.EncodeToString(mac.Sum(nil)) {
		t.Errorf("got signature %s, want one by the new secret", got)
	}
}

func TestNothingIsSentToARemovedEndpointOrAfterAReset(t *testing.T) {
	t.Parallel()
	q, _ := newQueue(t, 0, false)
	url, got := newReceiver(t, http.StatusOK)
	e := NewEndpoint(url, "s")
	q.Add(Event{Type: "x"}, e)
	q.Remove(e)
	q.Deliver(t.Context())
	wantState(t, q, 0, Withdrawn, 0)
	q.AddCallback(Event{Type: "x"}, url)
	q.Reset()
	q.Deliver(t.Context())
	if n := len(got); n != 0 || len(q.Reports()) != 0 {
		t.Errorf("got %d requests and reports %v, want none", n, q.Reports())
	}
}

func TestOnlySoManyEndedDeliveriesAreRemembered(t *testing.T) {
	t.Parallel()
	q, _ := newQueue(t, 0, true)
	for range maxSettled + 1 {
		q.AddCallback(Event{Type: "x"}, "http://127.0.0.1/")
	}
	q.Deliver(t.Context())
	if n := len(q.Reports()); n != maxSettled-maxSettled/10+1 {
		t.Errorf("got %d reports, want %d", n, maxSettled-maxSettled/10+1)
	}
}

func TestASlowReceiverIsGivenUpOn(t *testing.T) {
	t.Parallel()
	q, _ := newQueue(t, 50*time.Millisecond, false)
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	t.Cleanup(slow.Close)
	q.AddCallback(Event{Type: "x"}, slow.URL)
	q.Deliver(t.Context())
	if r := wantState(t, q, 0, Pending, 1); !strings.Contains(*r.Problem, "deadline") {
		t.Errorf("got problem %q, want a deadline", *r.Problem)
	}
}
