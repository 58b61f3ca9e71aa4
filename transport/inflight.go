package transport

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"heygen-mcp/internal/peer"
	"heygen-mcp/transport/edge"
)

// Limits bound what is in flight at once. 0 means the default.
type Limits struct {
	// Requests bounds the requests that are being answered, and Streams the streams that are open, of all
	// callers together. Defaults 2,000 and 1,000.
	Requests, Streams int
	// CallerRequests and CallerStreams are one caller's share. Defaults 64 and 16.
	CallerRequests, CallerStreams int
	// LongBodies bounds the messages that are longer than 16 KB, of all callers together, and
	// CallerLongBodies one caller's share. Defaults 256 and 16: each may take MaxBody.
	LongBodies, CallerLongBodies int
	// Strangers bounds the requests at the endpoint that no caller is known of yet, and PageRequests those
	// for everything else, such as sign-ins; a source may have SourceRequests of either. Defaults 500, 500
	// and 128. What strangers may have in all is less than Requests, so that callers are served meanwhile.
	Strangers, PageRequests, SourceRequests int
	// Connections bounds the connections that are open. Where there is one more, the oldest that waits for a
	// request is closed. Default 16,384, and at most three quarters of the files that the process may have open.
	Connections int
	// Waits bounds the calls that only wait, and so are neither requests nor connections any more, and CallerWaits one caller's share.
	// Beyond them a wait is a request as any other. Defaults 20,000 and 2,000.
	Waits, CallerWaits int
}

// withDefaults fills in what is left out.
func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		limit *int
		most  int
	}{
		{&l.Requests, 2000}, {&l.Streams, 1000}, {&l.CallerRequests, 64}, {&l.CallerStreams, 16},
		{&l.LongBodies, 256}, {&l.CallerLongBodies, 16},
		{&l.Strangers, 500}, {&l.PageRequests, 500}, {&l.SourceRequests, 128}, {&l.Connections, mostConnections()},
		{&l.Waits, 20_000}, {&l.CallerWaits, 2000},
	} {
		if *d.limit == 0 {
			*d.limit = d.most
		}
	}
	return l
}

// mostConnections leaves files to what is not a connection of a client.
func mostConnections() int {
	const most = 16_384
	if files, ok := mostFiles(); ok {
		return min(most, max(files/4*3, 1))
	}
	return most
}

// check refuses what is no number of requests.
func (l Limits) check() error {
	for _, n := range []int{l.Requests, l.Streams, l.CallerRequests, l.CallerStreams, l.LongBodies, l.CallerLongBodies,
		l.Strangers, l.PageRequests, l.SourceRequests, l.Connections, l.Waits, l.CallerWaits} {
		if n < 0 {
			return fmt.Errorf("transport: Limits must not be negative: %d", n)
		}
	}
	return nil
}

// place is what a group of requests has in flight.
type place struct{ requests, streams, longBodies, waits int }

func (p place) empty() bool { return p == place{} }

// fromSource is a network's requests of one phase: at the endpoint, or for a page.
type fromSource struct {
	network peer.Source
	page    bool
}

// inflight counts what is in flight. One lock is enough: it is held for some ten nanoseconds.
type inflight struct {
	limits Limits

	mu        sync.Mutex
	all       place
	strangers int
	pages     int
	sources   map[fromSource]int
	callers   map[string]place
}

func newInflight(l Limits) *inflight {
	return &inflight{limits: l, sources: map[fromSource]int{}, callers: map[string]place{}}
}

// ticket is what one request has taken. Only its own goroutine uses it.
type ticket struct {
	from   fromSource
	known  bool // the caller is, so that it no longer counts for its source
	shared bool // it counts for its caller
	caller string
	took   place
}

// tooMany refuses what one caller or source has too much of, by the name of the limit.
func tooMany(limit, format string, args ...any) *edge.Busy {
	return &edge.Busy{Status: http.StatusTooManyRequests, Limit: limit, Text: fmt.Sprintf(format, args...)}
}

// full refuses what all together have too much of.
func full(limit, text string) *edge.Busy {
	return &edge.Busy{Status: http.StatusServiceUnavailable, Limit: limit, Text: text}
}

// arrive takes the place of a request.
func (f *inflight) arrive(from fromSource) (*ticket, *edge.Busy) {
	f.mu.Lock()
	defer f.mu.Unlock()
	count, most := &f.strangers, f.limits.Strangers
	if from.page {
		count, most = &f.pages, f.limits.PageRequests
	}
	switch {
	case f.sources[from] >= f.limits.SourceRequests:
		return nil, tooMany("source_requests", "more than %d requests from your network wait to be identified", f.limits.SourceRequests)
	case *count >= most, f.all.requests >= f.limits.Requests:
		return nil, full("all_requests", "the server answers as many requests as it can at once")
	}
	*count++
	f.sources[from]++
	f.all.requests++
	return &ticket{from: from, took: place{requests: 1}}, nil
}

// forget takes a request out of those of nobody known.
func (f *inflight) forget(t *ticket) {
	if t.known {
		return
	}
	t.known = true
	if t.from.page {
		f.pages--
	} else {
		f.strangers--
	}
	if f.sources[t.from]--; f.sources[t.from] == 0 {
		delete(f.sources, t.from)
	}
}

// identify gives a request to its caller. Without shares only the whole is bounded.
func (f *inflight) identify(t *ticket, caller string, shares bool) *edge.Busy {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forget(t)
	if !shares {
		return nil
	}
	has := f.callers[caller]
	if has.requests >= f.limits.CallerRequests {
		return tooMany("caller_requests", "you have %d requests in flight, which is as many as a caller may have", has.requests)
	}
	has.requests++
	f.callers[caller] = has
	t.caller, t.shared = caller, true
	return nil
}

// hold takes what a request needs besides its place.
func (f *inflight) hold(t *ticket, n edge.Need) *edge.Busy {
	f.mu.Lock()
	defer f.mu.Unlock()
	has := f.callers[t.caller]
	var more place
	switch n {
	case edge.Stream:
		if t.shared && has.streams >= f.limits.CallerStreams {
			return tooMany("caller_streams", "you have %d streams open, which is as many as a caller may have", has.streams)
		}
		if f.all.streams >= f.limits.Streams {
			return full("all_streams", "the server has as many streams open as it can")
		}
		more = place{requests: -1, streams: 1} // it is a stream from now on, and no call
	case edge.LongBody:
		if t.shared && has.longBodies >= f.limits.CallerLongBodies {
			return tooMany("caller_long_bodies", "you have %d messages of more than 16384 bytes in flight, which is as many as a caller may have", has.longBodies)
		}
		if f.all.longBodies >= f.limits.LongBodies {
			return full("all_long_bodies", "the server answers as many long messages as it can at once")
		}
		more = place{longBodies: 1}
	}
	f.add(t, more)
	return nil
}

// add counts more, or less, for a request, its caller and all.
func (f *inflight) add(t *ticket, more place) {
	sum := func(p place) place {
		return place{p.requests + more.requests, p.streams + more.streams, p.longBodies + more.longBodies, p.waits + more.waits}
	}
	t.took, f.all = sum(t.took), sum(f.all)
	if !t.shared {
		return
	}
	if has := sum(f.callers[t.caller]); has.empty() {
		delete(f.callers, t.caller)
	} else {
		f.callers[t.caller] = has
	}
}

// leave gives back what a request took.
func (f *inflight) leave(t *ticket) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forget(t)
	f.add(t, place{-t.took.requests, -t.took.streams, -t.took.longBodies, -t.took.waits})
}

// rest makes a wait of a request, if there is room for one.
func (f *inflight) rest(t *ticket) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.all.waits >= f.limits.Waits || t.shared && f.callers[t.caller].waits >= f.limits.CallerWaits {
		return false
	}
	f.add(t, place{requests: -t.took.requests, longBodies: -t.took.longBodies, waits: 1})
	return true
}

// limited bounds the requests that it lets through.
func (s *Server) limited(page bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			t, busy := s.inflight.arrive(fromSource{peer.Of(r.Context()), page})
			if busy != nil {
				s.hit(busy)
				edge.WriteBusy(w, nil, busy)
				return
			}
			about := aboutOf(r.Context())
			about.ticket = t
			defer about.atEnd(func() { s.inflight.leave(t) })
			next.ServeHTTP(w, r)
		})
	}
}

// identified gives a request that was let in to its caller.
func (s *Server) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if t := ticketOf(r.Context()); t != nil {
			caller := ""
			if s.parts.Caller != nil {
				caller = s.parts.Caller(r.Context())
				aboutOf(r.Context()).caller = caller
			}
			if busy := s.inflight.identify(t, caller, s.parts.Caller != nil); busy != nil {
				s.hit(busy)
				edge.WriteBusy(w, nil, busy)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// hold takes what the request of ctx needs.
func (s *Server) hold(ctx context.Context, n edge.Need) *edge.Busy {
	if t := ticketOf(ctx); t != nil {
		busy := s.inflight.hold(t, n)
		s.hit(busy)
		return busy
	}
	return nil
}

// hit tells the operator that a limit was reached; nil is none.
func (s *Server) hit(busy *edge.Busy) {
	if busy != nil && s.cfg.Watch.Limited != nil {
		s.cfg.Watch.Limited(busy.Limit)
	}
}

func ticketOf(ctx context.Context) *ticket {
	return aboutOf(ctx).ticket
}
