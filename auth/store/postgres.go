package store

import (
	"context"
	"fmt"
	"heygen-mcp/internal/database"
)

// renewals bounds the connections that wait for HeyGen, so that a HeyGen that hangs leaves some for everybody else.
const renewals = 8

// postgres is the store that replicas share.
type postgres struct {
	records
	renewing chan struct{}
}

// Renew implements Store. The grant's row is locked while HeyGen is asked, so that of all replicas one asks. The lock
// is of the kind that lets tokens be added meanwhile.
func (s *postgres) Renew(
	ctx context.Context, grant string, renew func(context.Context, Grant) (*Renewal, error),
) error {
	select {
	case s.renewing <- struct{}{}:
		defer func() { <-s.renewing }()
	case <-ctx.Done():
		return fmt.Errorf("store: wait to renew: %w", ctx.Err())
	}
	return s.change(ctx, grant, func(tx *database.Tx) error {
		g, err := scanGrant(tx.QueryRowContext(ctx, `SELECT `+grantColumns+` FROM grants g WHERE g.id = $1 FOR NO KEY UPDATE`, grant))
		if err != nil {
			return failed("lock a grant", err)
		}
		r, err := renew(ctx, g)
		if err != nil || r == nil {
			return err
		}
		return keepRenewal(ctx, tx, g, *r)
	})
}
