package store

import (
	"context"
	"time"

	"heygen-mcp/internal/database"
)

const grantColumns = `g.id, g.client, g.account, g.audience, g.scopes, g.details, g.sealed, g.version, g.renew_at, g.created,
	g.spend_cap, g.expires`

func scanGrant(row scanner, more ...any) (g Grant, err error) {
	err = row.Scan(append([]any{&g.ID, &g.Client, hashColumn{&g.Account}, &g.Audience, &g.Scopes, &g.Details, &g.Sealed, &g.Version,
		timeColumn{&g.RenewAt}, timeColumn{&g.Created}, spendCap{&g.SpendCap}, timeColumn{&g.Expires}}, more...)...)
	return g, err
}

func addGrant(ctx context.Context, tx *database.Tx, g Grant) error {
	_, err := tx.ExecContext(ctx,
		`INSERT INTO grants (id, client, account, audience, scopes, details, sealed, version, renew_at, created, spend_cap, expires)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		g.ID, g.Client, g.Account[:], g.Audience, g.Scopes, bytesOf(g.Details), bytesOf(g.Sealed), g.Version,
		database.Millis(g.RenewAt), database.Millis(g.Created), capColumn(g.SpendCap), database.Millis(g.Expires))
	return failed("keep a grant", err)
}

// Connect implements Store.
func (s *records) Connect(ctx context.Context, flow Hash, g Grant, code Token, w *Wrap, now time.Time) error {
	return s.change(ctx, "", func(tx *database.Tx) error {
		if err := endFlow(ctx, tx, flow, now); err != nil {
			return err
		}
		if err := addGrant(ctx, tx, g); err != nil {
			return err
		}
		if err := addTokens(ctx, tx, []Token{code}); err != nil {
			return err
		}
		return addWrap(ctx, tx, w)
	})
}

// Reconnect implements Store.
func (s *records) Reconnect(ctx context.Context, flow Hash, code Token, now time.Time) error {
	return s.change(ctx, "", func(tx *database.Tx) error {
		if err := endFlow(ctx, tx, flow, now); err != nil {
			return err
		}
		if err := s.holdGrant(ctx, tx, []Token{code}); err != nil {
			return err
		}
		return addTokens(ctx, tx, []Token{code})
	})
}

// ConnectDevice implements Store.
func (s *records) ConnectDevice(
	ctx context.Context, flow Hash, g Grant, device Hash, wrap []byte, w *Wrap, now time.Time,
) error {
	return s.change(ctx, "", func(tx *database.Tx) error {
		if err := endFlow(ctx, tx, flow, now); err != nil {
			return err
		}
		if err := addGrant(ctx, tx, g); err != nil {
			return err
		}
		err := execOne(ctx, tx, ErrNotFound, "answer a device",
			`UPDATE devices SET grant_id = $1, wrap = $2 WHERE id = $3 AND grant_id = '' AND NOT denied AND expires > $4`,
			g.ID, bytesOf(wrap), device[:], database.Millis(now))
		if err != nil {
			return err
		}
		return addWrap(ctx, tx, w)
	})
}

// Grant implements Store.
func (s *records) Grant(ctx context.Context, id string) (Grant, error) {
	g, err := scanGrant(s.db.QueryRowContext(ctx, `SELECT `+grantColumns+` FROM grants g WHERE g.id = $1`, id))
	return g, failed("read a grant", err)
}

// GrantsOf implements Store.
func (s *records) GrantsOf(ctx context.Context, account Hash) ([]Grant, error) {
	return s.grants(ctx, `WHERE g.account = $1`, account[:])
}

// AllGrants implements Store.
func (s *records) AllGrants(ctx context.Context) ([]Grant, error) { return s.grants(ctx, ``) }

// CountGrants implements Store.
func (s *records) CountGrants(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM grants`).Scan(&n)
	return n, failed("count grants", err)
}

// grants reads grants with when they were used, the newest first.
func (s *records) grants(ctx context.Context, where string, args ...any) (all []Grant, err error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT `+grantColumns+`, COALESCE((SELECT MAX(t.created) FROM tokens t WHERE t.grant_id = g.id), g.created)
		 FROM grants g `+where+` ORDER BY g.created DESC, g.id`, args...)
	if err != nil {
		return nil, failed("read grants", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var used time.Time
		g, err := scanGrant(rows, timeColumn{&used})
		if err != nil {
			return nil, failed("read grants", err)
		}
		g.Used = used
		all = append(all, g)
	}
	return all, failed("read grants", rows.Err())
}

// EndGrant implements Store.
func (s *records) EndGrant(ctx context.Context, id string) error {
	return s.change(ctx, id, func(tx *database.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM grants WHERE id = $1`, id)
		return failed("end a grant", err)
	})
}

// keepRenewal stores a new credential, unless the grant has had another since it was read.
func keepRenewal(ctx context.Context, tx *database.Tx, g Grant, r Renewal) error {
	return execOne(ctx, tx, ErrNotFound, "renew a grant",
		`UPDATE grants SET sealed = $1, renew_at = $2, version = version + 1 WHERE id = $3 AND version = $4`,
		bytesOf(r.Sealed), database.Millis(r.RenewAt), g.ID, g.Version)
}
