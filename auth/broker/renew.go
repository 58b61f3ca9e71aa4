package broker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/seal"
)

// renewLimit bounds a renewal with its waits; clients give up after some ten seconds and are answered before that.
const renewLimit = 9 * time.Second

// errEnded says that HeyGen has ended the sign-in that a grant stands for.
var errEnded = errors.New("HeyGen has ended this sign-in")

// renewed gives what a token opens after HeyGen's token was renewed. It is called shortly before HeyGen's token ends, or,
// with force, after HeyGen has refused it.
func (b *Broker) renewed(ctx context.Context, a *Access, force bool) (*Access, error) {
	err := b.renew(ctx, a.grant, a.key, a.version)
	switch {
	case errors.Is(err, errEnded) || errors.Is(err, store.ErrNotFound):
		return nil, ErrUnknown
	case err != nil && !force && b.cfg.Clock().Before(a.renewAt):
		// HeyGen is away, and what there is still works.
		return a, nil
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	return b.resolveToken(ctx, a.token, func(context.Context) (func(), error) { return func() {}, nil })
}

// Refused is called when HeyGen has refused what a token opens. It renews what can be renewed, and says what the token
// opens now. Where HeyGen means it, the grant ends, and the client's next request sends the person to sign in.
func (b *Broker) Refused(ctx context.Context, a *Access) (*Access, error) {
	if a.renews {
		return b.renewed(ctx, a, true)
	}
	_, err := b.cfg.FetchAccount(ctx, a.Credential)
	if !errors.Is(err, ErrRejected) {
		return nil, ErrAway // one refusal says little of a credential that HeyGen otherwise knows
	}
	if err := b.end(ctx, a.grant, a.Client, a.Caller); err != nil {
		return nil, err
	}
	return nil, ErrUnknown
}

// end ends a grant that is worth nothing any more.
func (b *Broker) end(ctx context.Context, grant, client, caller string) error {
	if err := b.cfg.Store.EndGrant(ctx, grant); err != nil {
		return err
	}
	b.audit(ctx, Event{What: Ended, Client: client, Grant: grant, Caller: caller, Detail: "refused by HeyGen"})
	return nil
}

// renewSoon renews a grant's credential if it ends soon.
func (b *Broker) renewSoon(ctx context.Context, g store.Grant, key seal.Key) error {
	if g.RenewAt.IsZero() || b.cfg.Clock().Before(g.RenewAt.Add(-renewBefore)) {
		return nil
	}
	return b.renew(ctx, g.ID, key, g.Version)
}

// renew exchanges a grant's credential, once however many ask: those in this process share one call, and those in
// others wait for the grant's row. It goes on when the one who began it leaves.
func (b *Broker) renew(ctx context.Context, grant string, key seal.Key, seen int64) error {
	done := b.renewing.DoChan(fmt.Sprint(grant, "/", seen), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renewLimit)
		defer cancel()
		return nil, b.renewNow(ctx, grant, key, seen)
	})
	select {
	case res := <-done:
		return res.Err
	case <-ctx.Done():
		return fmt.Errorf("wait for a renewal: %w", ctx.Err())
	}
}

func (b *Broker) renewNow(ctx context.Context, grant string, key seal.Key, seen int64) error {
	var ended, renewed *store.Grant
	err := b.cfg.Store.Renew(ctx, grant, func(ctx context.Context, g store.Grant) (*store.Renewal, error) {
		if g.Version != seen {
			return nil, nil // somebody else was first
		}
		r, err := b.exchange(ctx, g, key)
		if errors.Is(err, errEnded) {
			ended = &g
		}
		if r != nil {
			renewed = &g
		}
		return r, err
	})
	if ended == nil {
		if err == nil {
			b.access.forget(grant) // what this replica remembers may be older than the row
		}
		if err == nil && renewed != nil {
			b.audit(ctx, Event{What: Renewed, Client: renewed.Client, Grant: grant, Caller: detailsOf(*renewed).Caller})
		}
		return err
	}
	if err := b.end(ctx, grant, ended.Client, detailsOf(*ended).Caller); err != nil {
		return err
	}
	return errEnded
}

// exchange asks HeyGen for new tokens. They are sealed, and stored by whoever called, before anybody uses them: HeyGen
// has made the old ones worthless.
func (b *Broker) exchange(ctx context.Context, g store.Grant, key seal.Key) (*store.Renewal, error) {
	h, err := openCredential(g, key)
	if err != nil {
		return nil, err
	}
	if h.Refresh == "" || b.cfg.HeyGen == nil {
		return nil, nil
	}
	tokens, err := b.cfg.HeyGen.Refresh(ctx, h.tokens())
	if errors.Is(err, upstream.ErrRefused) {
		return nil, errEnded
	}
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(sealedTokens(tokens))
	if err != nil {
		return nil, fmt.Errorf("broker: write a credential: %w", err)
	}
	sealed, err := key.Seal(plain, g.ID)
	if err != nil {
		return nil, err
	}
	return &store.Renewal{Sealed: sealed, RenewAt: tokens.Expires}, nil
}
