package transport_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// TestACallDoesNotWaitForTheTools holds that a server that has just started answers a call while its tools are being
// registered, and a list once they are.
func TestACallDoesNotWaitForTheTools(t *testing.T) {
	t.Parallel()
	begun, registered := make(chan struct{}), make(chan struct{})
	s, err := transport.New(transport.Config{PublicURL: parseURL(t, "http://127.0.0.1"), Name: "n", Version: "1"}, transport.Parts{
		Register: func(s *server.MCPServer) {
			close(begun)
			<-registered
			edgetest.Register(s)
			s.DeleteTools("region")
		},
		IsTool: edgetest.IsTool,
		Call:   edgetest.Tools(nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	register := sync.OnceFunc(func() { close(registered) })
	defer register()                                                // or the server would not end
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // reached only by a call that waits
	defer cancel()
	go s.RegisterTools()
	<-begun
	for era, dress := range eras() {
		meta, edit := dress("tools/call", "echo")
		got := edgetest.Text(t, edgetest.Send(ctx, t, "POST", srv.URL+"/mcp", edgetest.RPC(1, "tools/call", `{"name":"echo","arguments":{"n":1}`+meta+`}`), edit))
		if !strings.Contains(got, "echo:") {
			t.Errorf("the %s call is answered with %s", era, got)
		}
	}
	register()
	edgetest.Wants(t, edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", srv.URL+"/mcp", edgetest.RPC(2, "tools/list", `{}`), nil)), `"echo"`)
}

// TestHeadersOfSchemasAreSaid holds that no schema asks for a header that calls would not be held to.
func TestHeadersOfSchemasAreSaid(t *testing.T) {
	t.Parallel()
	s, err := transport.New(transport.Config{PublicURL: parseURL(t, "http://127.0.0.1"), Name: "n", Version: "1"},
		transport.Parts{Register: edgetest.Register, Call: edgetest.Tools(nil)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a schema with a header was registered")
		}
	}()
	s.RegisterTools()
}
