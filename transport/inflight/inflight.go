package inflight

import (
	"fmt"
	"net/http"
	"sync"

	"heygen-mcp/internal/peer"
	"heygen-mcp/transport/edge"
)

// place is what a group of requests has in flight.
type place struct{ requests, streams, longBodies, waits int }

func (p place) empty() bool { return p == place{} }

// Source is a network's requests of one phase: at the endpoint, or for a page.
type Source struct {
	Network peer.Source
	Page    bool
}

// Counts counts what is in flight. One lock is enough: it is held for some ten nanoseconds.
type Counts struct {
	limits Limits

	mu        sync.Mutex
	all       place
	strangers int
	pages     int
	sources   map[Source]int
	callers   map[string]place
}

// New counts what is in flight up to limits whose defaults are filled in.
func New(l Limits) *Counts {
	return &Counts{limits: l, sources: map[Source]int{}, callers: map[string]place{}}
}

// Ticket is what one request has taken. Only its own goroutine uses it.
type Ticket struct {
	from   Source
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

// Arrive counts a request that has come, or says that there is no room for it.
func (f *Counts) Arrive(from Source) (*Ticket, *edge.Busy) {
	f.mu.Lock()
	defer f.mu.Unlock()
	count, most := &f.strangers, f.limits.Strangers
	if from.Page {
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
	return &Ticket{from: from, took: place{requests: 1}}, nil
}

// forget takes a request out of those of nobody known.
func (f *Counts) forget(t *Ticket) {
	if t.known {
		return
	}
	t.known = true
	if t.from.Page {
		f.pages--
	} else {
		f.strangers--
	}
	if f.sources[t.from]--; f.sources[t.from] == 0 {
		delete(f.sources, t.from)
	}
}

// Identify gives a request to its caller. Without shares only the whole is bounded.
func (f *Counts) Identify(t *Ticket, caller string, shares bool) *edge.Busy {
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

// Hold takes what a request needs besides its place.
func (f *Counts) Hold(t *Ticket, n edge.Need) *edge.Busy {
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
func (f *Counts) add(t *Ticket, more place) {
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

// Leave gives back what a request took.
func (f *Counts) Leave(t *Ticket) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forget(t)
	f.add(t, place{-t.took.requests, -t.took.streams, -t.took.longBodies, -t.took.waits})
}

// Rest counts a request as a wait from now on, if there is room for one more.
func (f *Counts) Rest(t *Ticket) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.all.waits >= f.limits.Waits || t.shared && f.callers[t.caller].waits >= f.limits.CallerWaits {
		return false
	}
	f.add(t, place{requests: -t.took.requests, longBodies: -t.took.longBodies, waits: 1})
	return true
}
