package brokertest

import (
	"context"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/clients"
)

// Site is the web where clients keep their documents: one https server that answers for every host.
type Site struct {
	mu        sync.Mutex
	documents map[string]http.HandlerFunc // by URL
	asked     map[string]int
	Web       *http.Client
}

// NewSite starts one. Its client is that of the product, with its bounds, but for where it dials
// and whom it trusts.
func NewSite(t testing.TB) *Site {
	t.Helper()
	s := &Site{documents: map[string]http.HandlerFunc{}, asked: map[string]int{}, Web: clients.PublicWeb()}
	s.Web.Timeout = 2 * time.Second // in place of the product's four, which each failure takes
	server := httptest.NewTLSServer(s)
	t.Cleanup(server.Close)
	transport, ok := server.Client().Transport.(*http.Transport)
	if !ok {
		t.Fatal("the test server has another client than it had")
	}
	transport = transport.Clone()
	transport.DisableKeepAlives = true
	transport.TLSClientConfig.ServerName = "example.com" // which the test server's certificate is for
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	s.Web.Transport = transport
	return s
}

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := "https://" + r.Host + r.URL.Path
	s.mu.Lock()
	s.asked[id]++
	answer := s.documents[id]
	s.mu.Unlock()
	if answer == nil {
		http.NotFound(w, r)
		return
	}
	answer(w, r)
}

// Put publishes a document; headers are given as name, value, name, value.
func (s *Site) Put(id, document string, headers ...string) {
	s.Answer(id, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		_, _ = w.Write([]byte(document)) // fails when the server has gone
	})
}

// Answer answers for a document.
func (s *Site) Answer(id string, answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.documents[id] = answer
}

// Count is how often a document was asked for.
func (s *Site) Count(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[id]
}

// With makes a server beside d that reads the site's documents.
func (s *Site) With(d *Deployment, static ...auth.Client) *Deployment {
	d.T.Helper()
	return d.Besides(func(cfg *auth.Config) { cfg.Broker.Documents, cfg.Broker.Clients = s.Web, static })
}

// Asked is how often each document was asked for.
func (s *Site) Asked() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.asked)
}

// A document at DocumentID: its beginning, and a whole one that is good.
const (
	DocumentID    = "https://tool.example/oauth/client.json"
	DocumentBegin = `{"client_id":"` + DocumentID + `","client_name":"A tool"`
	DocumentGood  = DocumentBegin + `,"redirect_uris":["https://tool.example/cb","http://127.0.0.1/callback"],"token_endpoint_auth_method":"none"}`
)

// Redirect URIs of clients that are known.
const (
	CursorURI = "cursor://anysphere.cursor-mcp/oauth/callback"
	N8nURI    = "https://n8n.example.org/rest/oauth2-credential/callback"
)
