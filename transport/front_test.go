package transport_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/rs/zerolog"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// TestFront holds who is served the page at the door: people, and programs that ask for a text. Others are told that
// nothing is there, as they are of any path.
func TestFront(t *testing.T) {
	t.Parallel()
	public, err := url.Parse("https://mcp.example/heygen")
	if err != nil {
		t.Fatal(err)
	}
	parts := transport.Parts{Register: edgetest.Register, ParamHeaders: true, Call: edgetest.Tools(nil)}
	parts.Front = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "the front") })
	player := http.NewServeMux()
	player.HandleFunc("GET /v/{id}", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "No such film.", http.StatusNotFound) })
	parts.SignIn, parts.ServerMetadata, parts.Player = http.NewServeMux(), http.NewServeMux(), player
	s, err := transport.New(transport.Config{PublicURL: public, Name: "t", Version: "1", Log: zerolog.Nop()}, parts)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path, host, accept string
		front                      bool
	}{
		{"GET", "/", "mcp.example", "text/html", true},
		{"HEAD", "/", "mcp.example", "text/html,*/*;q=0.8", true},
		{"GET", "/heygen", "mcp.example", "text/markdown", true},
		{"GET", "/heygen/", "mcp.example", "text/html", true},
		{"GET", "/llms.txt", "mcp.example", "*/*", true},
		{"GET", "/heygen/robots.txt", "mcp.example", "", true},
		{"GET", "/assets/style.css", "mcp.example", "text/css", true},
		{"GET", "/none", "mcp.example", "text/html", true},
		{"GET", "/none", "mcp.example", "application/json", false},
		{"GET", "/none", "mcp.example", "text/html;q=0", false},
		{"GET", "/", "mcp.example", "TEXT/HTML", true},
		{"GET", "/oauth/none", "mcp.example", "text/html", true},
		{"GET", "/oauth/none", "mcp.example", "*/*", false},
		{"GET", "/heygen/v/one/none", "mcp.example", "text/html", true},
		{"GET", "/v/one/none", "mcp.example", "application/json", false},
		{"GET", "/v/one", "mcp.example", "text/html", false}, // the player has it, and says why not itself
		{"GET", "/none", "mcp.example", "text/markdown", false},
		{"GET", "/", "mcp.example", "*/*", false},
		{"GET", "/", "mcp.example", "application/json, text/event-stream", false},
		{"POST", "/", "mcp.example", "text/html", false},
		{"GET", "/", "rebound.example", "text/html", false},
	} {
		req := httptest.NewRequestWithContext(t.Context(), c.method, c.path, nil)
		req.Host = c.host
		req.Header.Set("Accept", c.accept)
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, req)
		if front := rec.Code == http.StatusOK; front != c.front {
			t.Errorf("%+v: got %d %s", c, rec.Code, rec.Body)
		}
	}
}
