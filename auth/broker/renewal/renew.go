// Package renewal keeps the HeyGen tokens of grants alive, once however many requests ask, and ends
// a grant that HeyGen has ended. It knows grants, and nothing of access tokens.
package renewal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/singleflight"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/seal"
)

// renewLimit bounds a renewal with its waits; clients give up after some ten seconds and are
// answered before that.
const renewLimit = 9 * time.Second

// before is how long before its end HeyGen's token is renewed.
const before = 5 * time.Minute

// IsDue reports whether a token that ends at end is to be renewed now.
func IsDue(end, now time.Time) bool { return !now.Before(end.Add(-before)) }

// ErrEnded says that HeyGen has ended the sign-in that a grant stands for.
var ErrEnded = errors.New("HeyGen has ended this sign-in")

// Renewer renews HeyGen's tokens. Make it with New.
type Renewer struct {
	store   store.Store
	heygen  *upstream.Client
	forget  func(grant string)
	audit   audit.Log
	clock   func() time.Time
	running singleflight.Group
}

// Config is what a Renewer is made of.
type Config struct {
	Store  store.Store
	HeyGen *upstream.Client
	// Forget is told of a grant whose credential is another than before.
	Forget func(grant string)
	Audit  audit.Log
	Clock  func() time.Time
}

// New makes a Renewer.
func New(cfg Config) *Renewer {
	return &Renewer{
		store: cfg.Store, heygen: cfg.HeyGen, forget: cfg.Forget, audit: cfg.Audit,
		clock: cfg.Clock,
	}
}

// End ends a grant that is worth nothing any more.
func (r *Renewer) End(ctx context.Context, grant, client, caller string) error {
	if err := r.store.EndGrant(ctx, grant); err != nil {
		return err
	}
	r.audit(ctx, audit.Event{
		What: audit.Ended, Client: client, Grant: grant, Caller: caller,
		Detail: "refused by HeyGen",
	})
	return nil
}

// Soon renews a grant's credential if it ends soon.
func (r *Renewer) Soon(ctx context.Context, g store.Grant, key seal.Key) error {
	if g.RenewAt.IsZero() || !IsDue(g.RenewAt, r.clock()) {
		return nil
	}
	return r.Renew(ctx, g.ID, key, g.Version)
}

// Renew exchanges a grant's credential, once however many ask: those in this process share one
// call, and those in others wait for the grant's row. It goes on when the request that began it is
// canceled.
func (r *Renewer) Renew(ctx context.Context, grant string, key seal.Key, seen int64) error {
	done := r.running.DoChan(fmt.Sprint(grant, "/", seen), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renewLimit)
		defer cancel()
		return nil, r.renewNow(ctx, grant, key, seen)
	})
	select {
	case res := <-done:
		return res.Err
	case <-ctx.Done():
		return fmt.Errorf("wait for a renewal: %w", ctx.Err())
	}
}

func (r *Renewer) renewNow(ctx context.Context, grant string, key seal.Key, seen int64) error {
	var ended, renewed *store.Grant
	err := r.store.Renew(
		ctx,
		grant,
		func(ctx context.Context, g store.Grant) (*store.Renewal, error) {
			if g.Version != seen {
				return nil, nil // somebody else was first
			}
			next, err := r.exchange(ctx, g, key)
			if errors.Is(err, ErrEnded) {
				ended = &g
			}
			if next != nil {
				renewed = &g
			}
			return next, err
		},
	)
	if ended == nil {
		if err == nil {
			r.forget(grant) // what this replica remembers may be older than the row
		}
		if err == nil && renewed != nil {
			r.audit(ctx, audit.Event{
				What: audit.Renewed, Client: renewed.Client, Grant: grant,
				Caller: grants.DetailsOf(*renewed).Caller,
			})
		}
		return err
	}
	if err := r.End(ctx, grant, ended.Client, grants.DetailsOf(*ended).Caller); err != nil {
		return err
	}
	return ErrEnded
}

// exchange asks HeyGen for new tokens. They are sealed, and stored by whoever called, before
// anybody uses them: HeyGen has made the old ones worthless.
func (r *Renewer) exchange(
	ctx context.Context, g store.Grant, key seal.Key) (*store.Renewal, error) {
	c, err := grants.OpenCredential(g, key)
	if err != nil {
		return nil, err
	}
	if c.Refresh == "" {
		return nil, nil
	}
	tokens, err := r.heygen.Refresh(ctx, c.Tokens)
	if errors.Is(err, upstream.ErrRefused) {
		return nil, ErrEnded
	}
	if err != nil {
		return nil, err
	}
	sealed, err := grants.SealedCredential{Tokens: tokens}.Seal(key, g.ID)
	if err != nil {
		return nil, err
	}
	return &store.Renewal{Sealed: sealed, RenewAt: tokens.Expires}, nil
}
