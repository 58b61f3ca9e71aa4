package registry

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/clients"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/peer"
)

const (
	// mostDocuments bounds what is remembered; there are a few dozen such clients in the world.
	mostDocuments = 500
	// failedFresh keeps a client whose site is down from being asked for at each click.
	failedFresh = 15 * time.Second
)

// documents remembers documents for as long as their headers allow, and failures for a short while.
// A caller who names addresses must not make this server ask for them without end, nor keep it
// from asking for those of others: fetches are counted by host and source, by source, by host, and
// in all. Hosts of clients that are known, and clients that users use, are not counted with the
// others.
type documents struct {
	web    *http.Client
	policy clients.Policy
	clock  func() time.Time
	calls  singleflight.Group

	door      limit.Door
	sources   *limit.Table[peer.Source]
	hostShare *limit.Table[hostSource]
	hosts     *limit.Table[string]
	reserved  *limit.Table[string] // by known host, or by the id of a client that users use
	whole     *limit.Bucket

	mu    sync.Mutex
	known map[string]document
}

// hostSource is one source that asks for documents of one host.
type hostSource struct {
	host   string
	source peer.Source
}

type document struct {
	client clients.Client
	err    error
	until  time.Time
	kept   bool      // of a known host, or of a client that users use: it goes last
	used   time.Time // when it was last asked for
}

func newDocuments(
	web *http.Client, policy clients.Policy, clock func() time.Time, l limit.Levels) *documents {
	perHost := limit.Levels{
		Share: limit.Rate{Burst: max(1, l.Share.Burst/2), Every: 4 * l.Share.Every},
		Whole: limit.Rate{Burst: max(1, l.Share.Burst*3/2), Every: l.Share.Every * 2 / 5},
	}
	return &documents{
		web: web, policy: policy, clock: clock, known: map[string]document{},
		sources:   limit.NewTable[peer.Source](l.Share),
		hostShare: limit.NewTable[hostSource](perHost.Share),
		hosts:     limit.NewTable[string](perHost.Whole),
		reserved:  limit.NewTable[string](perHost.Whole), whole: limit.NewBucket(l.Whole),
	}
}

// get fetches a document. used says that users use the client.
func (d *documents) get(ctx context.Context, id string, used bool) (clients.Client, error) {
	kept := used || clients.IsKnownHost(id)
	if wait := d.take(peer.Of(ctx), id, used); wait > 0 {
		return clients.Client{}, &protocol.BusyError{
			Wait: wait,
			Key:  "fault.busy_documents",
			Why:  "too many documents of clients are being fetched now; try again in a moment",
		}
	}
	_, _, _ = d.calls.Do(id, func() (any, error) {
		// It outlives the user who happens to be first, for the sake of those who wait; the
		// client bounds its time.
		c, fresh, err := d.policy.Fetch(context.WithoutCancel(ctx), d.web, id)
		if err != nil {
			fresh = failedFresh
		}
		now := d.clock()
		d.keep(id, document{client: c, err: err, until: now.Add(fresh), kept: kept, used: now})
		return nil, nil
	})
	known, ok := d.recall(id)
	if !ok {
		return clients.Client{}, ErrUnknownClient
	}
	return known.client, known.err
}

// take counts a fetch.
func (d *documents) take(source peer.Source, id string, used bool) time.Duration {
	now, host := d.clock(), ""
	if u, err := url.Parse(id); err == nil {
		host = strings.ToLower(u.Host)
	}
	switch {
	case used:
		return d.door.Take(now, d.reserved.Of(id))
	case clients.IsKnownHost(id):
		return d.door.Take(now, d.sources.Of(source), d.reserved.Of(host))
	}
	return d.door.Take(
		now, d.hostShare.Of(hostSource{host, source}), d.sources.Of(source), d.hosts.Of(host),
		d.whole)
}

func (d *documents) recall(id string) (document, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	known, ok := d.known[id]
	now := d.clock()
	if !ok || !now.Before(known.until) {
		return document{}, false
	}
	known.used = now
	d.known[id] = known
	return known, true
}

// keep remembers a document in place of the one not used for longest.
func (d *documents) keep(id string, doc document) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.known[id]; !ok && len(d.known) >= mostDocuments {
		oldest := ""
		for other, o := range d.known {
			if p := d.known[oldest]; oldest == "" || (o.kept == p.kept && o.used.Before(p.used)) ||
				(p.kept && !o.kept) {
				oldest = other
			}
		}
		delete(d.known, oldest)
	}
	d.known[id] = doc
}
