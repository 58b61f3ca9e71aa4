package registry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/peer"
)

// sourceOf is who calls from an address.
func sourceOf(t *testing.T, address string) (s peer.Source) {
	t.Helper()
	p := peer.New([]netip.Prefix{}, func() {})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = address + ":1"
	p.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { s = peer.Of(r.Context()) })).ServeHTTP(nil, r)
	return s
}

// TestFetchesAreCounted holds how many documents are fetched of one host, for one source and in
// all, and how long until the next.
func TestFetchesAreCounted(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	levels := limit.Levels{
		Share: limit.Rate{Burst: 4, Every: 10 * time.Second}, Whole: limit.Rate{Burst: 10, Every: time.Second},
	}
	one, two, three, four := sourceOf(t, "192.0.2.1"), sourceOf(t, "192.0.3.1"), sourceOf(t, "192.0.4.1"), sourceOf(t, "192.0.5.1")
	const known = "https://claude.ai/"
	for name, c := range map[string]struct {
		sources []peer.Source
		id      string // with the number of the fetch
		used    bool
		burst   int
		every   time.Duration
	}{
		"one host for one source":      {[]peer.Source{one}, "https://a.example/%d", false, 2, 40 * time.Second},
		"one host in other letters":    {[]peer.Source{one}, "https://A.Example/%d", false, 2, 40 * time.Second},
		"one host for several sources": {[]peer.Source{one, two, three, four}, "https://a.example/%d", false, 6, 4 * time.Second},
		"several hosts for one source": {[]peer.Source{one}, "https://%d.example/", false, 4, 10 * time.Second},
		"all":                          {[]peer.Source{one, two, three}, "https://%d.example/", false, 10, time.Second},
		"a known host for one source":  {[]peer.Source{one}, known + "%d", false, 4, 10 * time.Second},
		"a known host for several":     {[]peer.Source{one, two}, known + "%d", false, 6, 4 * time.Second},
		"a client that people use":     {[]peer.Source{one}, "https://a.example/", true, 6, 4 * time.Second},
	} {
		d := newDocuments(nil, clients.Policy{}, func() time.Time { return now }, levels)
		take := func(i int) time.Duration {
			id := c.id
			if strings.Contains(id, "%") {
				id = fmt.Sprintf(id, i)
			}
			return d.take(c.sources[i%len(c.sources)], id, c.used)
		}
		for i := range c.burst {
			if wait := take(i); wait != 0 {
				t.Errorf("%s: number %d waits %s, want none", name, i+1, wait)
			}
		}
		if wait := take(c.burst); wait != c.every {
			t.Errorf("%s: after %d the next waits %s, want %s", name, c.burst, wait, c.every)
		}
	}
	least := newDocuments(nil, clients.Policy{}, func() time.Time { return now }, limit.Levels{
		Share: limit.Rate{Burst: 1, Every: time.Second}, Whole: limit.Rate{Burst: 9, Every: time.Second},
	})
	if wait := least.take(one, "https://a.example/", false); wait != 0 {
		t.Errorf("where a source has one fetch, it waits %s for that", wait)
	}
}

// TestMemoryOfDocuments holds until when a document is believed, and which goes for another.
func TestMemoryOfDocuments(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	now := begin
	d := newDocuments(nil, clients.Policy{}, func() time.Time { return now }, limit.Levels{})
	d.keep("a", document{until: now.Add(time.Second)})
	now = now.Add(time.Second - 1)
	if _, ok := d.recall("a"); !ok {
		t.Error("just before its time is over it is not believed")
	}
	now = now.Add(1)
	if _, ok := d.recall("a"); ok {
		t.Error("after its time it is believed")
	}
	for name, c := range map[string]struct {
		kept func(i int) bool
		gone int // the one that goes
	}{
		"none is kept":   {func(int) bool { return false }, 0},
		"all are kept":   {func(int) bool { return true }, 0},
		"one is not":     {func(i int) bool { return i != 7 }, 7},
		"two are not":    {func(i int) bool { return i != 7 && i != 9 }, 7},
		"only one is":    {func(i int) bool { return i == 0 }, 1},
		"the newer half": {func(i int) bool { return i > mostDocuments/2 }, 0},
		"the older half": {func(i int) bool { return i < mostDocuments/2 }, mostDocuments / 2},
	} {
		d := newDocuments(nil, clients.Policy{}, func() time.Time { return begin }, limit.Levels{})
		for i := range mostDocuments {
			d.keep(fmt.Sprint(i), document{kept: c.kept(i), used: begin.Add(time.Duration(i))})
		}
		d.keep("3", document{used: begin.Add(3)}) // known, so that none goes
		d.known["3"] = document{kept: c.kept(3), used: begin.Add(3)}
		if len(d.known) != mostDocuments {
			t.Errorf("%s: %d are known after one came again, want %d", name, len(d.known), mostDocuments)
		}
		d.keep("new", document{used: begin.Add(time.Hour)})
		if _, ok := d.known[fmt.Sprint(c.gone)]; ok || len(d.known) != mostDocuments {
			t.Errorf("%s: number %d is known: %t; there are %d, want %d", name, c.gone, ok, len(d.known), mostDocuments)
		}
	}
}

// site is where documents are fetched from, and a store of one client.
type site struct {
	store.Store
	fetched int
	answer  string
	record  store.Client
	err     error
	put     []store.Client
	rows    int
}

func (s *site) RoundTrip(r *http.Request) (*http.Response, error) {
	s.fetched++
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}, "Cache-Control": {"max-age=60"}},
		Body: io.NopCloser(strings.NewReader(s.answer)), Request: r}, nil
}

func (s *site) Client(context.Context, string, time.Time) (store.Client, error) {
	return s.record, s.err
}

func (s *site) PutClient(_ context.Context, c store.Client) error {
	s.put = append(s.put, c)
	return nil
}

func (s *site) Trim(context.Context, store.Caps) error {
	s.rows++
	return nil
}

const documentID = "https://tool.example/client"

// newSite makes one, and clients that know it.
func newSite(t *testing.T, now *time.Time) (*site, *Clients) {
	t.Helper()
	s := &site{err: store.ErrNotFound, answer: `{"client_id":"` + documentID + `","client_name":"new","redirect_uris":["https://tool.example/cb"],"token_endpoint_auth_method":"none"}`}
	clock := func() time.Time { return *now }
	rate := limit.Rate{Burst: 1, Every: time.Hour}
	c, err := New(Config{
		Documents: &http.Client{Transport: s}, Fetches: limit.Levels{Share: rate, Whole: rate}, Store: s, Clock: clock,
		Limits: limits.New(limits.Config{Rows: store.Caps{Clients: 1, Flows: 1, Devices: 1}}, s, clock, zerolog.Nop()),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

// TestFindDocuments holds when a document is fetched, and what a client is while it cannot be.
func TestFindDocuments(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	s, c := newSite(t, &now)
	find := func(what string, fresh bool, name string, fetched int) {
		t.Helper()
		k, err := c.Find(t.Context(), documentID, fresh)
		if err != nil || k.Name != name || s.fetched != fetched {
			t.Errorf("%s: got %q, %v, fetched %d times, want %q, %d", what, k.Name, err, s.fetched, name, fetched)
		}
	}
	find("no record", false, "new", 1)
	find("remembered", true, "new", 1)
	now = now.Add(25 * time.Hour) // the turn of another day is taken
	c.documents.take(peer.Of(t.Context()), documentID, false)
	_, err := c.Find(t.Context(), documentID, true)
	if _, busy := errors.AsType[*protocol.BusyError](err); !busy {
		t.Errorf("no record, and no turn: got %v, want to wait", err)
	}
	s.err, s.record = nil, store.Client{Document: []byte(`{"client_name":"old"}`)}
	find("a record", false, "old", 1)
	find("a record, and no turn", true, "old", 1)
	s.record.Used = true
	find("a record that people use has turns of its own", true, "new", 2)
	now = now.Add(25 * time.Hour)
	s.err = errors.New("the store is away")
	for _, fresh := range []bool{false, true} {
		if _, err := c.Find(t.Context(), documentID, fresh); !errors.Is(err, s.err) {
			t.Errorf("got %v, want %v", err, s.err)
		}
	}
	s.err, s.record = nil, store.Client{Document: []byte(`[]`)}
	if _, err := c.Find(t.Context(), "x", false); err == nil || errors.Is(err, ErrUnknownClient) {
		t.Errorf("a record that cannot be read: got %v, want a failure", err)
	}
	s.record = store.Client{Document: []byte(`{}`)}
	for id, known := range map[string]bool{"": false, "x": true, strings.Repeat("x", 500): true, strings.Repeat("x", 501): false, "x\x00": false} {
		if _, err := c.Find(t.Context(), id, false); errors.Is(err, ErrUnknownClient) == known {
			t.Errorf("%.9q of %d: got %v, want it known: %t", id, len(id), err, known)
		}
	}
}

// TestKeep holds which clients are stored, and for how long.
func TestKeep(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	s, c := newSite(t, &now)
	tool := clients.Client{ID: documentID, Source: clients.Document}
	for name, step := range map[string]struct {
		keep func() error
		put  int
		used bool
		life time.Duration
		rows int
	}{
		"a static one": {func() error {
			return c.Keep(t.Context(), StoredClient{Client: clients.Client{Source: clients.Static}}, UsedLifetime)
		}, 0, false, 0, 0},
		"one that is new":   {func() error { return c.Keep(t.Context(), StoredClient{Client: tool}, UnusedLifetime) }, 1, false, time.Hour, 1},
		"one that was used": {func() error { return c.Keep(t.Context(), StoredClient{Client: tool}, UsedLifetime) }, 1, true, 180 * 24 * time.Hour, 0},
		"nobody's document": {func() error { return c.KeepDocument(t.Context(), nil, now) }, 0, false, 0, 0},
		"no document":       {func() error { return c.KeepDocument(t.Context(), &clients.Client{ID: "x"}, now) }, 0, false, 0, 0},
		"a document":        {func() error { return c.KeepDocument(t.Context(), &tool, now) }, 1, false, time.Hour, 1},
	} {
		s.put, s.rows, s.err = nil, 0, store.ErrNotFound
		if err := step.keep(); err != nil || len(s.put) != step.put || s.rows != step.rows {
			t.Errorf("%s: %v, put %d times and counted %d times, want %d and %d", name, err, len(s.put), s.rows, step.put, step.rows)
		}
		if len(s.put) == 1 && (s.put[0].Used != step.used || !s.put[0].Expires.Equal(now.Add(step.life))) {
			t.Errorf("%s: it is kept as %+v, want it used: %t, for %s", name, s.put[0], step.used, step.life)
		}
	}
	if err := c.KeepDocument(t.Context(), &tool, now); err != nil || len(s.put) == 0 {
		t.Fatal(err, len(s.put))
	}
	s.record, s.err, s.put = s.put[0], nil, nil
	if err := c.KeepDocument(t.Context(), &tool, now); err != nil || len(s.put) != 0 {
		t.Errorf("a document that is kept: %v, put %d times, want none", err, len(s.put))
	}
	tool.Name = "changed"
	if err := c.KeepDocument(t.Context(), &tool, now); err != nil || len(s.put) != 1 {
		t.Errorf("a document that changed: %v, put %d times, want once", err, len(s.put))
	}
	s.err, s.put = errors.New("the store is away"), nil
	if err := c.KeepDocument(t.Context(), &tool, now); !errors.Is(err, s.err) || len(s.put) != 0 {
		t.Errorf("got %v, put %d times, want %v and none", err, len(s.put), s.err)
	}
}
