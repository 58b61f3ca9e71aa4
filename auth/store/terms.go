package store

import (
	"context"
	"fmt"

	"heygen-mcp/internal/database"
)

// noCap is the column of a grant without a cap of its own.
const noCap = -1

// capColumn is a cap as its column has it.
func capColumn(most *int64) int64 {
	if most == nil {
		return noCap
	}
	return max(0, *most)
}

// spendCap reads a cap.
type spendCap struct{ most **int64 }

// Scan implements sql.Scanner.
func (c spendCap) Scan(value any) error {
	n, ok := value.(int64)
	if !ok {
		return fmt.Errorf("store: a cap of %T", value)
	}
	if n >= 0 {
		*c.most = &n
	}
	return nil
}

// ChangeTerms implements Store.
func (s *records) ChangeTerms(ctx context.Context, grant string, change func(g Grant) (Terms, error)) error {
	return s.change(ctx, grant, func(tx *database.Tx) error {
		g, err := scanGrant(tx.QueryRowContext(ctx, `SELECT `+grantColumns+` FROM grants g WHERE g.id = $1`+s.db.ForUpdate, grant))
		if err != nil {
			return failed("lock a grant", err)
		}
		t, err := change(g)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE grants SET scopes = $1, spend_cap = $2, expires = $3 WHERE id = $4`,
			t.Scopes, capColumn(t.SpendCap), database.Millis(t.Expires), grant)
		return failed("change the terms of a grant", err)
	})
}
