package tools

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.uber.org/goleak"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/sandbox"
	"heygen-mcp/internal/seal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bench is a catalogue in front of a HeyGen of its own.
type bench struct {
	*Catalog
	url  string
	now  time.Time
	http *http.Client
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

// newBench starts a sandbox whose jobs move only when a test, or a poll's sleep, moves them.
func newBench(t *testing.T) *bench {
	t.Helper()
	box, err := sandbox.New(sandbox.Config{Seed: 1, Speed: 1})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(box)
	t.Cleanup(srv.Close)
	b := newBenchAt(t, srv)
	b.control(t, "clock", `{"hold":true}`)
	return b
}

// newBenchAt binds a catalogue to any server that answers as HeyGen.
func newBenchAt(t *testing.T, srv *httptest.Server) *bench {
	t.Helper()
	b := &bench{url: srv.URL, now: time.Unix(1_790_000_000, 0), http: srv.Client()}
	client, err := heygen.New(heygen.Config{
		BaseURL: srv.URL,
		HTTP:    &http.Client{Transport: keyTransport{srv.Client().Transport, "sk_sandbox_test"}},
		Sleep:   func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Catalog, err = New(Config{
		Client:   client,
		Caller:   func(context.Context) string { return "caller" },
		Secret:   []byte("0123456789abcdef"),
		Ring:     newRing(t),
		Toolsets: []string{All, discover},
		Clock:    func() time.Time { return b.now },
		Sleep: func(ctx context.Context, d time.Duration) error {
			b.now = b.now.Add(d)
			b.control(t, "clock", `{"advance_seconds":5}`)
			return ctx.Err()
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newRing is a ring of one new key.
func newRing(t *testing.T) *seal.Ring {
	t.Helper()
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// control posts to the sandbox's own interface.
func (b *bench) control(t *testing.T, what, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+"/_sandbox/"+what, jsonBody(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := b.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= 300 {
		t.Fatalf("/_sandbox/%s answered %d", what, res.StatusCode)
	}
}

// call is callIn for as long as the test runs.
func (b *bench) call(t *testing.T, name, args string) map[string]any {
	t.Helper()
	return b.callIn(t.Context(), t, name, args)
}

// callIn calls a tool with raw arguments, holds its result against its output schema, and gives it.
func (b *bench) callIn(ctx context.Context, t *testing.T, name, args string) map[string]any {
	t.Helper()
	return checkedResult(t, b.tools[b.byName[name]], resultOfCall(ctx, t, b.Catalog, name, args))
}

// resultOfCall is the result of a call that becomes no task and is not rejected.
func resultOfCall(ctx context.Context, t *testing.T, c *Catalog, name, args string) *mcp.CallToolResult {
	t.Helper()
	out, known := c.Call(ctx, name, json.RawMessage(args), nil)
	if !known {
		t.Fatalf("no tool %s", name)
	}
	if out.Result == nil {
		t.Fatalf("%s %s has no result: %+v", name, args, out)
	}
	return out.Result
}

// checkedResult reads a result's text, which must be its structured content and fit the schema.
func checkedResult(t *testing.T, e entry, res *mcp.CallToolResult) map[string]any {
	t.Helper()
	text := res.Content[0].(mcp.TextContent).Text
	if string(res.RawStructuredContent) != text {
		t.Fatalf("%s: text and structuredContent differ", e.info.Name)
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%s: %v in %s", e.info.Name, err, text)
	}
	if err := compile(t, e.info.OutputSchema).Validate(out); err != nil {
		t.Errorf("%s: result does not fit its output schema: %v\n%s", e.info.Name, err, text)
	}
	if (out["error"] == true) != res.IsError {
		t.Errorf("%s: isError is %v in %s", e.info.Name, res.IsError, text)
	}
	return out
}

// compile compiles a schema under JSON Schema 2020-12.
func compile(t *testing.T, raw json.RawMessage) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(jsonBody(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("tool.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("tool.json")
	if err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return s
}

// jsonBody is a body to send or to parse.
func jsonBody(s string) *strings.Reader { return strings.NewReader(s) }

// clientWhoseSleep is a HeyGen client that calls back when it waits before a repeat.
func (b *bench) clientWhoseSleep(t *testing.T, then func()) *heygen.Client {
	t.Helper()
	client, err := heygen.New(heygen.Config{
		BaseURL: b.url,
		HTTP:    &http.Client{Transport: keyTransport{b.http.Transport, "sk_sandbox_test"}},
		Sleep: func(ctx context.Context, _ time.Duration) error {
			then()
			return ctx.Err()
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}
