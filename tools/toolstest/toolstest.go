// Package toolstest is a catalog in front of a HeyGen of its own, for the tests of the packages of
// tools: they call tools as a client does and see what HeyGen was asked.
package toolstest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/sandbox"
	"heygen-mcp/internal/sandbox/contract/contracttest"
	"heygen-mcp/internal/seal"
	"heygen-mcp/tools"
)

// contract is HeyGen's document, read once for all tests of a package.
var contract = sync.OnceValues(func() (*contracttest.Document, error) { //nolint:gochecknoglobals // it is constant
	return contracttest.Read(strings.NewReader(heygen.Document()))
})

// MadeUp says why the answers of a test's HeyGen are not held against HeyGen's document.
type MadeUp string

// Bench is a catalog in front of a HeyGen of its own. A recorder stands between the two: the test fails
// for each request, and for each answer, that HeyGen's document does not have.
type Bench struct {
	*tools.Catalog
	Cfg  tools.Config // change it by Change
	URL  string
	Now  time.Time
	HTTP *http.Client

	recorder *contracttest.Recorder
}

// keyTransport signs requests as one account of the sandbox.
type keyTransport struct {
	base http.RoundTripper
	key  string
}

func (k keyTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("X-Api-Key", k.key)
	return k.base.RoundTrip(req)
}

// New starts a sandbox whose jobs move only when a test, or a poll's sleep, moves them.
func New(t *testing.T) *Bench {
	t.Helper()
	box, err := sandbox.New(sandbox.Config{Seed: 1, Speed: 1})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(box)
	t.Cleanup(srv.Close)
	b := NewAt(t, srv)
	b.Control(t, "clock", `{"hold":true}`)
	return b
}

// NewAt binds a catalog to any server that answers as HeyGen. Where the server answers otherwise on
// purpose, madeUp says why.
func NewAt(t *testing.T, srv *httptest.Server, madeUp ...MadeUp) *Bench {
	t.Helper()
	doc, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	b := &Bench{
		URL: srv.URL, Now: time.Unix(1_790_000_000, 0), HTTP: srv.Client(),
		recorder: contracttest.NewRecorderOf(doc),
	}
	b.recorder.Report(t)
	if len(madeUp) > 0 {
		b.recorder.RequestsOnly()
	}
	client := b.client(t, func(ctx context.Context, _ time.Duration) error { return ctx.Err() })
	here := filesAt(t, b.URL)
	b.Change(t, func(c *tools.Config) {
		*c = tools.Config{
			CallConfig: tools.CallConfig{
				Client: client,
				Files:  here,
				Length: elsewhere(b.URL, tools.LengthReader(here)),
				Caller: func(context.Context) string { return "caller" },
				Secret: []byte("0123456789abcdef"),
				Ring:   NewRing(t),
				// What the examples in testdata/calls send to; tests of the question itself have none.
				CallbackHosts: []string{"hooks.example", "a.example"},
				OwnHosts:      []string{"mcp.example"},
				Clock:         func() time.Time { return b.Now },
				Sleep: func(ctx context.Context, d time.Duration) error {
					b.Now = b.Now.Add(d)
					b.Control(t, "clock", `{"advance_seconds":5}`)
					return ctx.Err()
				},
			},
			Toolsets: []string{tools.All, tools.Previews, "discover"},
		}
	})
	return b
}

// elsewhere reads the length of files of the bench's own HeyGen. No test reads others: a video is
// taken to last as long as the sandbox takes it to, and a sound as well.
func elsewhere(own string, read func(context.Context, string) tools.Length) func(context.Context, string) tools.Length {
	const video, sound = 300.0, 12.0
	return func(ctx context.Context, link string) tools.Length {
		switch {
		case strings.HasPrefix(link, own):
			return read(ctx, link)
		case strings.HasSuffix(link, ".mp4"):
			return tools.Length{Seconds: video}
		case strings.HasSuffix(link, ".mp3"), strings.HasSuffix(link, ".wav"):
			return tools.Length{Seconds: sound}
		}
		return tools.Length{}
	}
}

// Upstream is a bench whose HeyGen answers as a test says, and whose sleeps take no time.
func Upstream(t *testing.T, answer http.HandlerFunc, madeUp ...MadeUp) *Bench {
	t.Helper()
	srv := httptest.NewServer(answer)
	t.Cleanup(srv.Close)
	b := NewAt(t, srv, madeUp...)
	b.Change(t, func(c *tools.Config) {
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			b.Now = b.Now.Add(d)
			return ctx.Err()
		}
	})
	return b
}

// Change builds the catalog anew with a changed Config.
func (b *Bench) Change(t *testing.T, change func(*tools.Config)) {
	t.Helper()
	change(&b.Cfg)
	catalog, err := tools.New(b.Cfg)
	if err != nil {
		t.Fatal(err)
	}
	b.Catalog = catalog
}

// KeepLedger has paid calls recorded, in memory, and gives the ledger.
func (b *Bench) KeepLedger(t *testing.T) *ledger.Ledger {
	t.Helper()
	db, err := database.OpenSQLite("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	book, err := ledger.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	b.Change(t, func(c *tools.Config) {
		c.Ledger = book
		c.Trouble = func(_ context.Context, err error) { t.Error(err) }
	})
	return book
}

// With is another bench on the same HeyGen whose Config is changed.
func (b *Bench) With(t *testing.T, change func(*tools.Config)) *Bench {
	t.Helper()
	other := *b
	other.Change(t, change)
	return &other
}

// Limited is a bench under an operator's limit.
func Limited(t *testing.T, readOnly bool, toolsets ...string) *Bench {
	t.Helper()
	b := New(t)
	b.Change(t, func(c *tools.Config) { c.Toolsets, c.ReadOnly = toolsets, readOnly })
	return b
}

// client is a HeyGen client that waits by sleep before it repeats a call.
func (b *Bench) client(t *testing.T, sleep func(context.Context, time.Duration) error) *heygen.Client {
	t.Helper()
	recorded := b.recorder.RoundTripper(b.HTTP.Transport)
	client, err := heygen.New(heygen.Config{
		BaseURL: b.URL,
		HTTP:    &http.Client{Transport: keyTransport{recorded, "sk_sandbox_test"}},
		Sleep:   sleep,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// BeforeRepeats has the HeyGen client call back when it waits before a repeat.
func (b *Bench) BeforeRepeats(t *testing.T, then func()) {
	t.Helper()
	client := b.client(t, func(ctx context.Context, _ time.Duration) error {
		then()
		return ctx.Err()
	})
	b.Change(t, func(c *tools.Config) { c.Client = client })
}

// NewRing is a ring of one new key.
func NewRing(t *testing.T) *seal.Ring {
	t.Helper()
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// Control posts to the sandbox's own interface.
func (b *Bench) Control(t *testing.T, what, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.URL+"/_sandbox/"+what, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := b.HTTP.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= 300 {
		t.Fatalf("/_sandbox/%s answered %d", what, res.StatusCode)
	}
}

// Fault has the next create of a video meet a fault of the sandbox.
func (b *Bench) Fault(t *testing.T, fault string) {
	t.Helper()
	b.Control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/videos","fault":%q,"times":1}`, fault))
}

// Pass lets the sandbox's jobs and our time go on.
func (b *Bench) Pass(t *testing.T, seconds string) {
	t.Helper()
	b.Control(t, "clock", `{"advance_seconds":`+seconds+`}`)
	d, err := time.ParseDuration(seconds + "s")
	if err != nil {
		t.Fatal(err)
	}
	b.Now = b.Now.Add(d)
}
