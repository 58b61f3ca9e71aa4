package store

import (
	"context"
	"time"

	"heygen-mcp/internal/database"
)

// slower is what RFC 8628 adds to the interval of a device that asks too often.
const slower = 5 * time.Second

const deviceColumns = `id, user_code, client, request, public_key, poll_interval, polled, denied, grant_id, wrap, expires`

func scanDevice(row scanner) (d Device, err error) {
	var interval int64
	err = row.Scan(hashColumn{&d.ID}, hashColumn{&d.UserCode}, &d.Client, &d.Request, &d.Public, &interval, timeColumn{&d.Polled}, &d.Denied,
		&d.Grant, &d.Wrap, timeColumn{&d.Expires})
	d.Interval = time.Duration(interval) * time.Millisecond
	return d, err
}

// PutDevice implements Store.
func (s *records) PutDevice(ctx context.Context, d Device) error {
	return s.exec(ctx, "keep a device",
		`INSERT INTO devices (`+deviceColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		d.ID[:], d.UserCode[:], d.Client, bytesOf(d.Request), bytesOf(d.Public), d.Interval.Milliseconds(), database.Millis(d.Polled), d.Denied,
		d.Grant, bytesOf(d.Wrap), database.Millis(d.Expires))
}

// DeviceOfUser implements Store.
func (s *records) DeviceOfUser(ctx context.Context, userCode Hash, now time.Time) (Device, error) {
	d, err := scanDevice(s.db.QueryRowContext(ctx,
		`SELECT `+deviceColumns+` FROM devices WHERE user_code = $1 AND expires > $2`, userCode[:], database.Millis(now)))
	return d, failed("read a device", err)
}

// PollDevice implements Store.
func (s *records) PollDevice(ctx context.Context, id Hash, now time.Time) (Device, error) {
	var d Device
	tooSoon := false
	err := s.change(ctx, "", func(tx *database.Tx) (err error) {
		d, err = scanDevice(tx.QueryRowContext(ctx,
			`SELECT `+deviceColumns+` FROM devices WHERE id = $1 AND expires > $2`+s.db.ForUpdate, id[:], database.Millis(now)))
		if err != nil {
			return failed("read a device", err)
		}
		interval := d.Interval
		if tooSoon = !d.Polled.IsZero() && now.Sub(d.Polled) < d.Interval; tooSoon {
			interval += slower
		}
		_, err = tx.ExecContext(ctx, `UPDATE devices SET polled = $1, poll_interval = $2 WHERE id = $3`,
			database.Millis(now), interval.Milliseconds(), id[:])
		return failed("note a device's question", err)
	})
	if err == nil && tooSoon {
		err = ErrTooSoon
	}
	return d, err
}

// DenyDevice implements Store.
func (s *records) DenyDevice(ctx context.Context, id Hash) error {
	return s.exec(ctx, "deny a device", `UPDATE devices SET denied = TRUE WHERE id = $1 AND grant_id = ''`, id[:])
}

// RedeemDevice implements Store.
func (s *records) RedeemDevice(ctx context.Context, id Hash, tokens []Token, now time.Time) error {
	return s.change(ctx, "", func(tx *database.Tx) error {
		if err := s.holdGrant(ctx, tx, tokens); err != nil {
			return err
		}
		err := execOne(ctx, tx, ErrUsed, "end a device flow", `DELETE FROM devices WHERE id = $1 AND grant_id <> '' AND expires > $2`, id[:], database.Millis(now))
		if err != nil {
			return err
		}
		return addTokens(ctx, tx, tokens)
	})
}
