package app

import (
	"net"

	"golang.org/x/sync/errgroup"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/hooks"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/listen"
	"heygen-mcp/transport"
)

// App is a server that is built and listens but does not yet serve.
type App struct {
	Server    *transport.Server
	Listener  net.Listener
	Sandbox   *listen.Server // nil without --sandbox
	database  *database.DB
	Store     auth.Store // nil unless --auth is broker
	ledger    *ledger.Ledger
	guard     *auth.Auth
	AuditLog  *observe.AuditLog // nil without --audit-log
	index     *catalogue.Catalogue
	indexFile *database.DB // nil where the index is in memory
	watch     *observe.Observer
	stopping  chan struct{}  // is closed when the server is about to end
	Metrics   *listen.Server // nil without --metrics-listen
	MCPURL    string

	hooks      *hooks.Hooks    // nil where HeyGen is to call nobody
	hooksTopic *database.Topic // likewise

	endSweeps func() // nil before the ledger is open
	// preparing makes tables, and reads what is in them, beside the rest of the start, which uses none of them.
	preparing errgroup.Group
}

// Close gives back what build took, in the reverse order.
func (a *App) Close() {
	_ = a.preparing.Wait() // whoever builds has been told
	if a.Listener != nil {
		_ = a.Listener.Close() // it may be closed already; there is nobody left to tell
	}
	if a.guard != nil {
		a.guard.Close()
	}
	if a.Store != nil {
		_ = a.Store.Close() // whatever it was told is stored; there is nobody left to tell
	}
	if a.endSweeps != nil {
		a.endSweeps()
	}
	a.closeIndex()
	closeHooks(a.hooksTopic)
	if a.database != nil {
		_ = a.database.Close() // likewise
	}
	a.watch.EndTracing()
	a.Sandbox.Close() // its only caller that matters has drained
	a.AuditLog.Close()
	a.Metrics.Close()
}
