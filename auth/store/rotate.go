package store

import (
	"context"
	"time"

	"heygen-mcp/internal/database"
)

// mostChildren is how many pairs are given for one refresh token: one, and one more in place of an
// answer that was lost.
const mostChildren = 2

// Rotate implements Store. The row of the token is locked, so that two tries at once are one after the other.
func (s *records) Rotate(ctx context.Context, refresh Hash, tokens []Token, grace time.Duration, now time.Time) error {
	return s.changed(ctx, func(tx *database.Tx) (string, error) {
		if err := s.holdGrant(ctx, tx, tokens); err != nil {
			return "", err
		}
		t := Token{ID: refresh}
		err := tx.QueryRowContext(ctx,
			`SELECT used, parent, grant_id FROM tokens WHERE id = $1 AND kind = $2 AND expires > $3`+s.db.ForUpdate, refresh[:], string(Refresh), database.Millis(now)).
			Scan(timeColumn{&t.Used}, hashColumn{&t.Parent}, &t.Grant)
		if err != nil {
			return "", failed("read a refresh token", err)
		}
		ended := false
		if t.Used.IsZero() {
			_, err = tx.ExecContext(ctx, `UPDATE tokens SET used = $1 WHERE id = $2`, database.Millis(now), refresh[:])
			if err == nil {
				ended, err = s.endSiblings(ctx, tx, t, now.Add(grace))
			}
		} else {
			err = mayUseAgain(ctx, tx, refresh, now.Sub(t.Used) <= grace)
		}
		if err != nil {
			return "", failed("use a refresh token", err)
		}
		if err := addTokens(ctx, tx, childrenOf(refresh, tokens)); err != nil {
			return "", err
		}
		changed, err := s.trimGrant(ctx, tx, t.Grant, now)
		if ended {
			changed = t.Grant
		}
		return changed, err
	})
}

// mayUseAgain says whether a refresh token that was used may be used once more: its answer may have been lost. Once
// what was given for it has been used, the answer has arrived, and whoever comes now has a copy.
func mayUseAgain(ctx context.Context, tx *database.Tx, refresh Hash, inTime bool) error {
	var children, arrived int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*), COUNT(CASE WHEN used <> 0 THEN 1 END) FROM tokens WHERE parent = $1 AND kind = $2`,
		refresh[:], string(Refresh)).Scan(&children, &arrived)
	switch {
	case err != nil:
		return err
	case arrived > 0 || !inTime:
		return ErrUsed
	case children >= mostChildren:
		return ErrAgain
	}
	return nil
}

// endSiblings ends what was given for the same token as t and was not used, with the access tokens
// given along. It passes over a sibling that is locked: that one is being used at this moment, and
// two that wait for each other wait for ever. It says whether there was one.
func (s *records) endSiblings(ctx context.Context, tx *database.Tx, t Token, until time.Time) (ended bool, err error) {
	n, err := execRows(ctx, tx, "end siblings",
		`UPDATE tokens SET expires = $1 WHERE expires > $1 AND id IN
		 (SELECT id FROM tokens WHERE grant_id = $2 AND parent = $3 AND id <> $4 AND used = 0
		 AND (kind = $5 OR kind = $6 AND pair IN (SELECT id FROM tokens WHERE grant_id = $2 AND parent = $3 AND id <> $4 AND kind = $5 AND used = 0))`+
			s.db.ForSweep+`)`,
		database.Millis(until), t.Grant, t.Parent[:], t.ID[:], string(Refresh), string(Access))
	return n > 0, err
}

// grantOf is the grant of tokens, which are all of one; "" where there are none.
func grantOf(tokens []Token) string {
	if len(tokens) == 0 {
		return ""
	}
	return tokens[0].Grant
}

// trimGrant deletes the rows of a grant that have expired, and the oldest beyond its bounds: otherwise a client that
// refreshes in a loop would add rows for as long as they live. It gives the grant where an access token went before its
// time, of which others must hear, and else "".
func (s *records) trimGrant(
	ctx context.Context, tx *database.Tx, grant string, now time.Time,
) (changed string, err error) {
	trim := func(where string, args ...any) (int64, error) {
		return execRows(ctx, tx, "trim a grant", `DELETE FROM tokens WHERE id IN (SELECT id FROM tokens WHERE id IN
			(SELECT id FROM tokens WHERE grant_id = $1 AND `+where+`)`+s.db.ForSweep+`)`, append([]any{grant}, args...)...)
	}
	if _, err := trim(`expires <= $2`, database.Millis(now)); err != nil {
		return "", err
	}
	for _, bound := range []struct {
		where string
		kind  Kind
		max   int
	}{
		{`kind = $2 ORDER BY created DESC`, Access, MaxAccess},
		{`kind = $2 AND used = 0 ORDER BY created DESC`, Refresh, MaxUnused},
		{`kind = $2 AND used <> 0 ORDER BY used DESC`, Refresh, MaxUsed},
	} {
		n, err := trim(bound.where+`, id LIMIT 1000 OFFSET $3`, string(bound.kind), bound.max)
		if err != nil {
			return "", err
		}
		if n > 0 && bound.kind == Access {
			changed = grant
		}
	}
	return changed, nil
}
