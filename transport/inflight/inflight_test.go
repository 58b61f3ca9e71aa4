package inflight_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"heygen-mcp/internal/peer"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/inflight"
)

// small are limits that are soon reached.
func small() inflight.Limits {
	return inflight.Limits{
		Requests: 4, Streams: 2, CallerRequests: 2, CallerStreams: 1, LongBodies: 2, CallerLongBodies: 1,
		Strangers: 3, PageRequests: 2, SourceRequests: 2, Waits: 2, CallerWaits: 1,
	}
}

// from is a source by its last number.
func from(t *testing.T, n int) (source inflight.Source) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1000", n)
	peer.New(nil, func() {}).Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		source.Network = peer.Of(r.Context())
	})).ServeHTTP(httptest.NewRecorder(), r)
	return source
}

// limitOf is the name of the limit that was reached, "" for none.
func limitOf(t *testing.T, busy *edge.Busy) string {
	t.Helper()
	if busy == nil {
		return ""
	}
	if theirs := busy.Limit[0] != 'a'; theirs != (busy.Status == http.StatusTooManyRequests) {
		t.Errorf("%s has status %d", busy.Limit, busy.Status)
	}
	return busy.Limit
}

// TestStrangersShare holds that a source has its share and no more, and that leaving gives it back.
func TestStrangersShare(t *testing.T) {
	t.Parallel()
	all := inflight.New(small())
	var tickets []*inflight.Ticket
	for _, step := range []struct {
		source int
		want   string
	}{{1, ""}, {1, ""}, {1, "source_requests"}, {2, ""}, {3, "all_requests"}} {
		ticket, busy := all.Arrive(from(t, step.source))
		if got := limitOf(t, busy); got != step.want {
			t.Errorf("source %d: got %q, want %q", step.source, got, step.want)
		}
		if ticket != nil {
			tickets = append(tickets, ticket)
		}
	}
	all.Leave(tickets[0])
	if _, busy := all.Arrive(from(t, 1)); busy != nil {
		t.Errorf("after one has left: %v", busy)
	}
}

// TestCallersShare holds what one caller may have in flight, and that a caller's requests no longer count for their
// source.
func TestCallersShare(t *testing.T) {
	t.Parallel()
	all := inflight.New(small())
	identified := func(caller string) (*inflight.Ticket, string) {
		t.Helper()
		ticket, busy := all.Arrive(from(t, 1))
		if busy != nil {
			return nil, limitOf(t, busy)
		}
		limit := limitOf(t, all.Identify(ticket, caller, true))
		if limit != "" {
			all.Leave(ticket)
		}
		return ticket, limit
	}
	first, _ := identified("a")
	second, _ := identified("a")
	if _, limit := identified("a"); limit != "caller_requests" {
		t.Errorf("a third request: %q", limit)
	}
	if limit := limitOf(t, all.Hold(first, edge.Stream)); limit != "" {
		t.Errorf("a stream: %q", limit)
	}
	if limit := limitOf(t, all.Hold(second, edge.Stream)); limit != "caller_streams" {
		t.Errorf("a second stream: %q", limit)
	}
	third, limit := identified("a") // a stream is no request
	if limit != "" {
		t.Fatalf("beside a stream: %q", limit)
	}
	if limit := limitOf(t, all.Hold(third, edge.LongBody)); limit != "" {
		t.Errorf("a long body: %q", limit)
	}
	if limit := limitOf(t, all.Hold(second, edge.LongBody)); limit != "caller_long_bodies" {
		t.Errorf("a second long body: %q", limit)
	}
	if !all.Rest(second) || all.Rest(third) {
		t.Error("one wait, and no more, is a caller's share")
	}
	other, limit := identified("b")
	if limit != "" || !all.Rest(other) {
		t.Errorf("another caller has no share: %q", limit)
	}
	for _, ticket := range []*inflight.Ticket{first, second, third, other} {
		all.Leave(ticket)
	}
	for range 2 {
		if _, limit := identified("a"); limit != "" {
			t.Errorf("after all have left: %q", limit)
		}
	}
}

// TestTheWholeIsBounded holds what all may have together, whoever they are, and that whoever leaves gives back all that
// was taken.
func TestTheWholeIsBounded(t *testing.T) {
	t.Parallel()
	limits := inflight.Limits{
		Requests: 3, Streams: 1, CallerRequests: 9, CallerStreams: 9, LongBodies: 1, CallerLongBodies: 9,
		Strangers: 9, PageRequests: 9, SourceRequests: 9, Waits: 1, CallerWaits: 9,
	}
	all := inflight.New(limits)
	for range 3 { // what is not given back is missing the next time
		var tickets []*inflight.Ticket
		for i := range 3 {
			ticket, busy := all.Arrive(from(t, i))
			if busy != nil {
				t.Fatalf("request %d: %v", i, busy)
			}
			if i > 0 { // two callers, and one whom nobody asks for
				if busy := all.Identify(ticket, fmt.Sprint("caller ", i), true); busy != nil {
					t.Fatalf("got %v, want busy nil", busy)
				}
			} else if busy := all.Identify(ticket, "", false); busy != nil {
				t.Fatalf("got %v, want busy nil", busy)
			}
			tickets = append(tickets, ticket)
		}
		if _, busy := all.Arrive(from(t, 9)); limitOf(t, busy) != "all_requests" {
			t.Errorf("a fourth request: %v", busy)
		}
		for _, c := range []struct {
			need edge.Need
			want string
		}{{edge.LongBody, "all_long_bodies"}, {edge.Stream, "all_streams"}} {
			if busy := all.Hold(tickets[0], c.need); busy != nil {
				t.Errorf("the first: %v", busy)
			}
			if got := limitOf(t, all.Hold(tickets[1], c.need)); got != c.want {
				t.Errorf("the second: got %q, want %q", got, c.want)
			}
		}
		if !all.Rest(tickets[1]) || all.Rest(tickets[2]) {
			t.Error("one wait, and no more, is what all may have")
		}
		room, busy := all.Arrive(from(t, 9)) // a stream and a wait are no requests
		if busy != nil {
			t.Errorf("beside a stream and a wait: %v", busy)
		} else {
			all.Leave(room)
		}
		for _, ticket := range tickets {
			all.Leave(ticket)
		}
	}
}

// TestPagesAreCountedApart holds that whoever opens pages takes no room from those who call, and the other way round.
func TestPagesAreCountedApart(t *testing.T) {
	t.Parallel()
	all := inflight.New(inflight.Limits{Requests: 9, Strangers: 1, PageRequests: 1, SourceRequests: 1})
	source := from(t, 1)
	page := source
	page.Page = true
	for _, s := range []inflight.Source{source, page} {
		if _, busy := all.Arrive(s); busy != nil {
			t.Errorf("%+v: got %v, want busy nil", s, busy)
		}
		if _, busy := all.Arrive(s); limitOf(t, busy) != "source_requests" {
			t.Errorf("%+v once more: %v", s, busy)
		}
		other := from(t, 2)
		other.Page = s.Page
		if _, busy := all.Arrive(other); limitOf(t, busy) != "all_requests" {
			t.Errorf("%+v beside it: %v", other, busy)
		}
	}
}

// TestLimits holds what is filled in, and what is refused.
func TestLimits(t *testing.T) {
	t.Parallel()
	if l := (inflight.Limits{Requests: 7}).WithDefaults(); l.Requests != 7 || l.Streams != 1000 || l.CallerWaits != 2000 || l.Connections < 1 {
		t.Errorf("the defaults are %+v", l)
	}
	if err := small().Check(); err != nil {
		t.Error(err)
	}
	for _, l := range []inflight.Limits{{Requests: -1}, {CallerWaits: -1}, {Connections: -1}} {
		if l.Check() == nil {
			t.Errorf("%+v passes", l)
		}
	}
}
