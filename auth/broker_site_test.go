package auth_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/clients"
)

// site is the web where clients keep their documents: one https server that answers for every host.
type site struct {
	mu        sync.Mutex
	documents map[string]http.HandlerFunc // by URL
	asked     map[string]int
	web       *http.Client
}

// newSite starts one. Its client is that of the product, with its bounds, but for where it dials and whom it trusts.
func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{documents: map[string]http.HandlerFunc{}, asked: map[string]int{}, web: clients.PublicWeb()}
	s.web.Timeout = 2 * time.Second // in place of the product's four, which each failure takes
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
	s.web.Transport = transport
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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

// put publishes a document; headers are given as name, value, name, value.
func (s *site) put(id, document string, headers ...string) {
	s.answer(id, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		_, _ = w.Write([]byte(document)) // fails when the server has gone
	})
}

func (s *site) answer(id string, answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.documents[id] = answer
}

// count is how often a document was asked for.
func (s *site) count(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[id]
}

// with makes a server beside d that reads the site's documents.
func (s *site) with(d *deployment, static ...auth.Client) *deployment {
	d.t.Helper()
	return d.besides(func(cfg *auth.Config) { cfg.Broker.Documents, cfg.Broker.Clients = s.web, static })
}
