package store

import (
	"context"
	"errors"
	"time"

	"heygen-mcp/internal/database"
)

// holdGrant keeps the grant of tokens from ending until the transaction does, and comes before all
// other locks: who ends a grant locks it before its tokens, and two that lock the same rows in
// another order can wait for each other for ever.
func (s *records) holdGrant(ctx context.Context, tx *database.Tx, tokens []Token) error {
	if len(tokens) == 0 {
		return nil
	}
	var id string // all are of one grant
	err := tx.QueryRowContext(ctx, `SELECT id FROM grants WHERE id = $1`+s.db.ForShare, tokens[0].Grant).Scan(&id)
	return failed("hold a grant", err)
}

func addTokens(ctx context.Context, tx *database.Tx, tokens []Token) error {
	for _, t := range tokens {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO tokens (id, kind, grant_id, wrap, scopes, parent, pair, binding, created, expires, used)
			 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			t.ID[:], string(t.Kind), t.Grant, bytesOf(t.Wrap), t.Scopes, t.Parent[:], t.Pair[:], bytesOf(t.Binding),
			database.Millis(t.Created), database.Millis(t.Expires), database.Millis(t.Used))
		if err != nil {
			return failed("keep a token", err)
		}
	}
	return nil
}

// childrenOf gives tokens the one that they are given for.
func childrenOf(parent Hash, tokens []Token) []Token {
	out := make([]Token, len(tokens))
	for i, t := range tokens {
		t.Parent = parent
		out[i] = t
	}
	return out
}

// Token implements Store.
func (s *records) Token(ctx context.Context, id Hash, now time.Time) (Token, Grant, error) {
	t := Token{ID: id}
	g, err := scanGrant(s.db.QueryRowContext(ctx,
		`SELECT `+grantColumns+`, t.kind, t.grant_id, t.wrap, t.scopes, t.parent, t.binding, t.created, t.expires, t.used
		 FROM tokens t JOIN grants g ON g.id = t.grant_id WHERE t.id = $1 AND t.expires > $2
		 AND (g.expires = 0 OR g.expires > $2)`, id[:], database.Millis(now)),
		&t.Kind, &t.Grant, &t.Wrap, &t.Scopes, hashColumn{&t.Parent}, &t.Binding, timeColumn{&t.Created}, timeColumn{&t.Expires}, timeColumn{&t.Used})
	return t, g, failed("read a token", err)
}

// DropToken implements Store.
func (s *records) DropToken(ctx context.Context, id Hash) error {
	var grant string
	err := s.db.QueryRowContext(ctx, `SELECT grant_id FROM tokens WHERE id = $1`, id[:]).Scan(&grant)
	if err != nil {
		if err = failed("find a token", err); errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	}
	return s.change(ctx, grant, func(tx *database.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM tokens WHERE id = $1`, id[:])
		return failed("drop a token", err)
	})
}

// Redeem implements Store.
func (s *records) Redeem(ctx context.Context, code Hash, tokens []Token, now time.Time) error {
	return s.changed(ctx, func(tx *database.Tx) (string, error) {
		if err := s.holdGrant(ctx, tx, tokens); err != nil {
			return "", err
		}
		err := execOne(ctx, tx, ErrUsed, "use a code",
			`UPDATE tokens SET used = $1 WHERE id = $2 AND kind = $3 AND used = 0 AND expires > $1`, database.Millis(now), code[:], string(Code))
		if err != nil {
			return "", err
		}
		if err := addTokens(ctx, tx, childrenOf(code, tokens)); err != nil {
			return "", err
		}
		return s.trimGrant(ctx, tx, grantOf(tokens), now)
	})
}
