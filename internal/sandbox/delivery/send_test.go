package delivery

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestIsLocal(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "127.0.0.1": true, "127.8.8.8": true, "::1": true,
		"": false, "192.0.2.1": false, "localhost.example": false, "127.0.0.1.example": false, "0.0.0.0": false,
	} {
		if got := IsLocal(host); got != want {
			t.Errorf("IsLocal(%q) = %t, want %t", host, got, want)
		}
	}
}

func TestNothingIsSentToOtherMachines(t *testing.T) {
	t.Parallel()
	q, _ := newQueue(t, 0, false)
	addresses := []string{"http://192.0.2.1/", "https://hooks.example/", "file:///etc/hosts", "gopher://127.0.0.1/", "::"}
	for _, address := range addresses {
		q.AddCallback(Event{Type: "x"}, address)
	}
	q.Deliver(t.Context())
	for i := range addresses {
		if r := wantState(t, q, i, Failed, 1); !strings.Contains(*r.Problem, "not on this machine") {
			t.Errorf("%s: got problem %q", r.URL, *r.Problem)
		}
	}
}

func TestASilentQueueSendsNothing(t *testing.T) {
	t.Parallel()
	q, _ := newQueue(t, 0, true)
	url, got := newReceiver(t, http.StatusOK)
	q.AddCallback(Event{Type: "x"}, url)
	q.Deliver(t.Context())
	if wantState(t, q, 0, Failed, 1); len(got) != 0 {
		t.Errorf("got %d requests, want none", len(got))
	}
}

// A name may resolve to another machine, so the address is checked once more when it is dialed.
func TestTheClientChecksWhereItConnects(t *testing.T) {
	t.Parallel()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://192.0.2.1/", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := newClient().Do(req)
	if err == nil {
		_ = res.Body.Close()
	}
	if !isNotLocal(err) {
		t.Errorf("got error %v, want one that says that the address is not local", err)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	q, _ := newQueue(t, 0, false)
	target, got := newReceiver(t, http.StatusOK)
	srv := httptest.NewServer(http.RedirectHandler(target, http.StatusFound))
	t.Cleanup(srv.Close)
	q.AddCallback(Event{Type: "x"}, srv.URL)
	q.Deliver(t.Context())
	if r := wantState(t, q, 0, Pending, 1); r.Status != http.StatusFound || len(got) != 0 {
		t.Errorf("got %+v and %d requests at the target, want status 302 and none", r, len(got))
	}
}
