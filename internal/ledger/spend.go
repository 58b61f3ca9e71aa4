package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"heygen-mcp/internal/database"
)

const day = 24 * time.Hour

// DayOf is when the day of a moment began. Days are those of UTC.
func DayOf(at time.Time) time.Time { return at.UTC().Truncate(day) }

// ResetAfter is when the next day begins: caps count anew from then on.
func ResetAfter(at time.Time) time.Time { return DayOf(at).Add(day) }

// Cap is the most that may be reserved and spent in a day by all calls of a scope.
type Cap struct {
	// Grant says that the cap is of the connection and not of the account.
	Grant bool
	Most  Money
}

// OverError says which cap a call would exceed.
type OverError struct {
	Cap   Cap
	Left  Money     // of the cap, before the call
	Wants Money     // what the call may cost
	Reset time.Time // when the cap counts anew
}

// Error implements error.
func (e *OverError) Error() string {
	return fmt.Sprintf("ledger: %.2f USD would exceed the daily cap, of which %.2f USD are left", e.Wants.USD(), e.Left.USD())
}

// scopes are the sums that an entry adds to. The one of the account comes first: every change of
// the sums takes their rows in this order, so that two changes never wait for each other.
func (e *Entry) scopes() []string {
	all := []string{accountScope(e.Account)}
	if e.Grant != "" {
		all = append(all, grantScope(e.Grant))
	}
	return all
}

func accountScope(account string) string { return "account " + account }
func grantScope(grant string) string     { return "grant " + grant }

// lockSums makes the sums of an entry's day, and keeps everybody else from changing them until tx ends.
func lockSums(ctx context.Context, tx *database.Tx, e *Entry, at time.Time) (map[string]Money, error) {
	sums := map[string]Money{}
	for _, scope := range e.scopes() {
		var sum Money
		err := tx.QueryRowContext(ctx, `INSERT INTO ledger_spend (scope, day, amount) VALUES ($1, $2, 0)
			ON CONFLICT (scope, day) DO UPDATE SET amount = ledger_spend.amount RETURNING amount`,
			scope, database.Millis(DayOf(at))).Scan(&sum)
		if err != nil {
			return nil, failed("hold the spend of a day", err)
		}
		sums[scope] = sum
	}
	return sums, nil
}

// midnight is how long before and after it the sums of both days are held.
const midnight = 10 * time.Minute

// lockSumsAround is lockSums, also for those whose clock is on the other side of midnight: an equal call may be among
// them.
func lockSumsAround(ctx context.Context, tx *database.Tx, e *Entry, at time.Time) (sums map[string]Money, err error) {
	days := []time.Time{at.Add(-midnight), at, at.Add(midnight)} // in one order, so that nobody waits in a circle
	for _, day := range slices.CompactFunc(days, func(a, b time.Time) bool { return DayOf(a).Equal(DayOf(b)) }) {
		held, err := lockSums(ctx, tx, e, day)
		if err != nil {
			return nil, err
		}
		if DayOf(day).Equal(DayOf(at)) {
			sums = held
		}
	}
	return sums, nil
}

// addToSums changes the sums of an entry's day.
func addToSums(ctx context.Context, tx *database.Tx, e *Entry, at time.Time, amount Money) error {
	if amount == 0 {
		return nil
	}
	for _, scope := range e.scopes() {
		_, err := tx.ExecContext(ctx, `UPDATE ledger_spend SET amount = amount + $1 WHERE scope = $2 AND day = $3`,
			int64(amount), scope, database.Millis(DayOf(at)))
		if err != nil {
			return failed("add to the spend of a day", err)
		}
	}
	return nil
}

// within finds the first cap that an amount more would exceed.
func within(e *Entry, caps []Cap, sums map[string]Money, at time.Time) error {
	for _, c := range caps {
		scope := accountScope(e.Account)
		if c.Grant {
			scope = grantScope(e.Grant)
		}
		if left := c.Most - sums[scope]; e.Estimate.High > left {
			return &OverError{Cap: c, Left: max(0, left), Wants: e.Estimate.High, Reset: ResetAfter(at)}
		}
	}
	return nil
}

// Spent is what an account, or one of its connections if grant is not "", has reserved and spent on a day.
func (l *Ledger) Spent(ctx context.Context, account, grant string, at time.Time) (Money, error) {
	scope := accountScope(account)
	if grant != "" {
		scope = grantScope(grant)
	}
	var sum Money
	err := l.db.QueryRowContext(ctx, `SELECT amount FROM ledger_spend WHERE scope = $1 AND day = $2`, scope, database.Millis(DayOf(at))).
		Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return sum, failed("read the spend of a day", err)
}

// SpentSince is what connections have reserved and spent together, from the day of a moment on.
func (l *Ledger) SpentSince(ctx context.Context, grants []string, since time.Time) (Money, error) {
	if len(grants) == 0 {
		return 0, nil
	}
	scopes := make([]string, len(grants))
	for i, g := range grants {
		scopes[i] = grantScope(g)
	}
	args, condition := inCondition([]any{database.Millis(DayOf(since))}, `day >= $1`, "scope", scopes)
	var sum Money
	err := l.db.QueryRowContext(ctx, `SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger_spend WHERE `+condition, args...).Scan(&sum)
	return sum, failed("read the spend of some days", err)
}
