package app

import (
	"context"
	"net/http"
	"net/url"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/hooks"
	"heygen-mcp/internal/hosts"
)

// hooksTopic names the topic by which replicas pass HeyGen's calls on to each other.
const hooksTopic = "hooks"

// hooksWanted says whether HeyGen is asked to call when jobs have ended: it must be able to.
func hooksWanted(cfg *settings.Config, upstream *url.URL) bool {
	return cfg.JobCallbacks == settings.CallbacksAuto && cfg.PublicURL != nil &&
		(!hosts.IsLoopback(cfg.PublicURL.Hostname()) || hosts.IsLoopback(upstream.Hostname()))
}

// openHooks makes the URLs that HeyGen is to call, nil where it is to call none. poke is asked once
// what it needs is there.
func (a *App) openHooks(
	cfg *settings.Config, upstream *url.URL, poke func(account, kind, id string), log zerolog.Logger,
) error {
	if !hooksWanted(cfg, upstream) {
		return nil
	}
	var err error
	a.hooks, err = hooks.New(hooks.Config{
		Ring: cfg.Ring, Base: cfg.PublicURL.JoinPath("hooks").String() + "/", Clock: cfg.Clock,
		Poke: poke, Tell: a.tellReplicas, Trouble: troubles(log),
	})
	return err
}

// hearHooks subscribes to the calls that other replicas pass on.
func (a *App) hearHooks() {
	if a.hooks != nil {
		a.hooksTopic = a.database.Topic(hooksTopic, a.hooks.Hear)
	}
}

// tellReplicas passes a call on to the other replicas.
func (a *App) tellReplicas(ctx context.Context, word string) error {
	if !a.database.Shared {
		return nil
	}
	return a.database.Change(ctx, func(tx *database.Tx) error { return a.hooksTopic.Tell(ctx, tx, word) })
}

// callbackURL is where HeyGen is to tell of a job that a caller begins; nil for nowhere.
func (a *App) callbackURL() func(ctx context.Context, kind string) string {
	if a.hooks == nil {
		return nil
	}
	return func(ctx context.Context, kind string) string { return a.hooks.URL(auth.Caller(ctx), kind) }
}

// hooksHandler takes HeyGen's calls, nil where there are none.
func (a *App) hooksHandler() http.Handler {
	if a.hooks == nil {
		return nil // not a nil *Hooks, which would be a handler
	}
	return a.hooks
}

// closeHooks ends the listening.
func closeHooks(topic *database.Topic) {
	if topic != nil {
		topic.Close()
	}
}
