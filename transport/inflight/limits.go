package inflight

import (
	"fmt"

	"heygen-mcp/transport/connections"
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
	// Waits bounds the calls that only wait, and so are neither requests nor connections any more, and CallerWaits one
	// caller's share. Beyond them a wait is a request as any other. Defaults 20,000 and 2,000.
	Waits, CallerWaits int
}

// WithDefaults takes the default for each limit that is 0.
func (l Limits) WithDefaults() Limits {
	for _, d := range []struct {
		limit *int
		most  int
	}{
		{&l.Requests, 2000}, {&l.Streams, 1000}, {&l.CallerRequests, 64}, {&l.CallerStreams, 16},
		{&l.LongBodies, 256}, {&l.CallerLongBodies, 16},
		{&l.Strangers, 500}, {&l.PageRequests, 500}, {&l.SourceRequests, 128}, {&l.Connections, connections.Most()},
		{&l.Waits, 20_000}, {&l.CallerWaits, 2000},
	} {
		if *d.limit == 0 {
			*d.limit = d.most
		}
	}
	return l
}

// Check refuses negative numbers.
func (l Limits) Check() error {
	for _, n := range []int{l.Requests, l.Streams, l.CallerRequests, l.CallerStreams, l.LongBodies, l.CallerLongBodies,
		l.Strangers, l.PageRequests, l.SourceRequests, l.Connections, l.Waits, l.CallerWaits} {
		if n < 0 {
			return fmt.Errorf("inflight: Limits must not be negative: %d", n)
		}
	}
	return nil
}
