package main

import (
	"net"

	"heygen-mcp/auth"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/hooks"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/transport"
)

// app is a server that is built and listens but does not yet serve.
type app struct {
	server    *transport.Server
	listener  net.Listener
	sandbox   *sandboxServer // nil without --sandbox
	database  *database.DB
	store     auth.Store // nil unless --auth is broker
	ledger    *ledger.Ledger
	guard     *auth.Auth
	auditLog  *auditLog // nil without --audit-log
	index     *catalogue.Catalogue
	indexFile *database.DB // nil where the index is in memory
	watch     *observer
	stopping  chan struct{}  // is closed when the server is about to end
	metrics   *metricsServer // nil without --metrics-listen
	mcpURL    string

	hooks      *hooks.Hooks    // nil where HeyGen is to call nobody
	hooksTopic *database.Topic // likewise

	endSweeps func() // nil before the ledger is open
}

// close gives back what build took, in the reverse order.
func (a *app) close() {
	if a.listener != nil {
		_ = a.listener.Close() // it may be closed already; there is nobody left to tell
	}
	if a.guard != nil {
		a.guard.Close()
	}
	if a.store != nil {
		_ = a.store.Close() // whatever it was told is stored; there is nobody left to tell
	}
	if a.endSweeps != nil {
		a.endSweeps()
	}
	a.closeIndex()
	closeHooks(a.hooksTopic)
	if a.database != nil {
		_ = a.database.Close() // likewise
	}
	a.watch.endTracing()
	if a.sandbox != nil {
		a.sandbox.close()
	}
	a.auditLog.close()
	a.metrics.close()
}
