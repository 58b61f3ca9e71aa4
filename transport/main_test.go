package transport_test

import (
	"bufio"
	"io"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"heygen-mcp/internal/logtest"
	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// stack is one running server with its tools and its log.
type stack struct {
	*httptest.Server
	gate *edgetest.Gate
	log  *logtest.Buffer
}

func build(t *testing.T, change func(*transport.Config, *transport.Parts)) (*transport.Server, *edgetest.Gate, *logtest.Buffer) {
	t.Helper()
	g := edgetest.NewGate()
	log := &logtest.Buffer{}
	cfg := transport.Config{
		PublicURL: parseURL(t, "http://127.0.0.1:8080"),
		Name:      "test", Version: "1", Instructions: "Call echo.",
		Log: zerolog.New(log), KeepAlive: time.Hour,
	}
	parts := transport.Parts{Register: edgetest.Register, ParamHeaders: true, IsTool: edgetest.IsTool, Call: edgetest.Tools(g)}
	if change != nil {
		change(&cfg, &parts)
	}
	s, err := transport.New(cfg, parts)
	if err != nil {
		t.Fatal(err)
	}
	return s, g, log
}

func start(t *testing.T, change func(*transport.Config, *transport.Parts)) *stack {
	t.Helper()
	s, g, log := build(t, change)
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return &stack{Server: srv, gate: g, log: log}
}

func parseURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	return mustURL(raw)
}

// mustURL is for URLs that stand in tests.
func mustURL(raw string) *url.URL {
	u, err := url.Parse(raw)
	if err != nil {
		panic(err)
	}
	return u
}

// events reads the messages of a stream.
type events struct{ r *bufio.Reader }

func newEvents(body io.Reader) *events { return &events{bufio.NewReader(body)} }

func (e *events) next(t *testing.T) string {
	t.Helper()
	return edgetest.Line(t, e.r, "data: ")
}
