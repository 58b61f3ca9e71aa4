package ledger

import (
	"context"
	"fmt"
	"strings"
	"time"

	"heygen-mcp/internal/database"
)

// Filter says which records of an account are wanted. Its zero value is of all that may have happened.
type Filter struct {
	// Since leaves out what began before.
	Since time.Time
	// Grants leaves out what was called through others, where there are any.
	Grants []string
	// Kind and State leave out what has another, where they are not "".
	Kind  string
	State State
	// Limit is the most records that are given, the newest first; 0 is 50.
	Limit int
}

const defaultLimit = 50

// Totals are the sums of all records that a filter lets through, given or not.
type Totals struct {
	Records int
	// Estimated is what they were expected to cost at the most, Cost what is known that they did cost.
	Estimated, Cost Money
	// Untold is how many are done without that being known, so that Cost leaves them out.
	Untold int
}

// where is the condition of a filter, and its arguments.
func (f *Filter) where(account string) (condition string, args []any) {
	condition, args = `account = $1 AND at >= $2`, []any{account, database.Millis(f.Since)}
	for _, part := range []struct{ column, value string }{
		{"kind", f.Kind}, {"state", string(f.State)},
	} {
		if part.value != "" {
			args = append(args, part.value)
			condition += fmt.Sprintf(" AND %s = $%d", part.column, len(args))
		}
	}
	if len(f.Grants) > 0 {
		args, condition = inCondition(args, condition, "grant_id", f.Grants)
	}
	if f.State == "" {
		args = append(args, string(Refused))
		condition += fmt.Sprintf(" AND state <> $%d", len(args))
	}
	return condition, args
}

// inCondition adds to a condition that a column has one of some values.
func inCondition(args []any, condition, column string, values []string) ([]any, string) {
	places := make([]string, len(values))
	for i, v := range values {
		args = append(args, v)
		places[i] = fmt.Sprintf("$%d", len(args))
	}
	return args, condition + " AND " + column + " IN (" + strings.Join(places, ", ") + ")"
}

// List gives an account's records, the newest first, and the sums of all that the filter lets through.
func (l *Ledger) List(ctx context.Context, account string, f Filter) (all []Record, totals Totals, err error) {
	condition, args := f.where(account)
	err = l.db.QueryRowContext(ctx,
		`SELECT COUNT(*), CAST(COALESCE(SUM(high), 0) AS BIGINT), CAST(COALESCE(SUM(cost), 0) AS BIGINT),
			COUNT(CASE WHEN state = '`+string(Done)+`' AND cost_basis = '' THEN 1 END)
		FROM ledger_records WHERE `+condition, args...).
		Scan(&totals.Records, &totals.Estimated, &totals.Cost, &totals.Untold)
	if err != nil {
		return nil, totals, failed("sum up records", err)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	all, err = l.records(ctx, condition+fmt.Sprintf(` ORDER BY at DESC, id LIMIT %d`, limit), args)
	return all, totals, err
}

// Unsettled gives the records of an account whose request has left before a moment and has no answer, the oldest
// first.
func (l *Ledger) Unsettled(ctx context.Context, account string, before time.Time, limit int) ([]Record, error) {
	return l.records(ctx, fmt.Sprintf(`account = $1 AND state = $2 AND at < $3 ORDER BY at, id LIMIT %d`, limit),
		[]any{account, string(Open), database.Millis(before)})
}

// Running gives the jobs of an account that have not ended, by their kind.
func (l *Ledger) Running(ctx context.Context, account string, limit int) (map[string][]string, error) {
	return l.jobsThat(ctx, `j.ended = 0`, limit, account)
}

// Unpriced gives the newest jobs of an account that are done without their cost being known, by their kind.
func (l *Ledger) Unpriced(ctx context.Context, account string, limit int) (map[string][]string, error) {
	return l.jobsThat(ctx, `j.state = $2 AND j.cost_basis = ''`, limit, account, string(Done))
}

// jobsThat gives the newest jobs of an account for which a condition holds, by their kind.
func (l *Ledger) jobsThat(ctx context.Context, condition string, limit int, args ...any) (map[string][]string, error) {
	rows, err := l.db.QueryContext(ctx, fmt.Sprintf(`SELECT j.kind, j.id FROM ledger_jobs j JOIN ledger_records r ON r.id = j.record
		WHERE j.account = $1 AND `+condition+` ORDER BY r.at DESC, j.position LIMIT %d`, limit), args...)
	if err != nil {
		return nil, failed("find jobs", err)
	}
	defer func() { _ = rows.Close() }()
	all := map[string][]string{}
	for rows.Next() {
		var kind, id string
		if err := rows.Scan(&kind, &id); err != nil {
			return nil, failed("find jobs", err)
		}
		all[kind] = append(all[kind], id)
	}
	return all, failed("find jobs", rows.Err())
}

// Jobs gives what is known of some jobs of an account, items of batches among them, by their ids. Those that no record
// has are not in it.
func (l *Ledger) Jobs(ctx context.Context, account, kind string, ids []string) (map[string]Job, error) {
	all := map[string]Job{}
	if len(ids) == 0 {
		return all, nil
	}
	args, places := []any{account, kind}, make([]string, len(ids))
	for i, id := range ids {
		args = append(args, id)
		places[i] = fmt.Sprintf("$%d", len(args))
	}
	for _, table := range []string{"ledger_members", "ledger_jobs"} {
		err := eachJob(ctx, l.db, `SELECT `+jobColumns+` FROM `+table+`
			WHERE account = $1 AND kind = $2 AND id IN (`+strings.Join(places, ", ")+`)`, args,
			func(_ string, j Job) { all[j.ID] = j })
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Kinds gives of which kinds some jobs of an account are, by their ids. Those that no record has
// are not in it, nor those that records of several kinds have.
func (l *Ledger) Kinds(ctx context.Context, account string, ids []string) (map[string]string, error) {
	kinds := map[string]string{}
	if len(ids) == 0 {
		return kinds, nil
	}
	args, places := []any{account}, make([]string, len(ids))
	for i, id := range ids {
		args = append(args, id)
		places[i] = fmt.Sprintf("$%d", len(args))
	}
	of := ` WHERE account = $1 AND id IN (` + strings.Join(places, ", ") + `)`
	rows, err := l.db.QueryContext(ctx, `SELECT id, MIN(kind) FROM (SELECT id, kind FROM ledger_jobs`+of+
		` UNION SELECT id, kind FROM ledger_members`+of+`) AS known GROUP BY id HAVING COUNT(*) = 1`, args...)
	if err != nil {
		return nil, failed("read kinds of jobs", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, kind string
		if err := rows.Scan(&id, &kind); err != nil {
			return nil, failed("read kinds of jobs", err)
		}
		kinds[id] = kind
	}
	return kinds, failed("read kinds of jobs", rows.Err())
}

// records reads records with their jobs.
func (l *Ledger) records(ctx context.Context, rest string, args []any) ([]Record, error) {
	rows, err := l.db.QueryContext(ctx, `SELECT `+recordColumns+` FROM ledger_records WHERE `+rest, args...)
	if err != nil {
		return nil, failed("read records", err)
	}
	defer func() { _ = rows.Close() }()
	var all []*Record
	for rows.Next() {
		r, err := scanRecord(rows)
		if err != nil {
			return nil, failed("read records", err)
		}
		all = append(all, &r)
	}
	if err := rows.Err(); err != nil {
		return nil, failed("read records", err)
	}
	_ = rows.Close() // a database in memory has one connection
	if err := l.addJobs(ctx, l.db, all); err != nil {
		return nil, err
	}
	found := make([]Record, len(all))
	for i, r := range all {
		found[i] = *r
	}
	return found, nil
}

// Sweep deletes what began before a moment, and the sums of days before it.
func (l *Ledger) Sweep(ctx context.Context, before time.Time) error {
	return l.db.Change(ctx, func(tx *database.Tx) error {
		const old = `DELETE FROM ledger_records WHERE id IN (SELECT id FROM ledger_records WHERE at < $1`
		if _, err := tx.ExecContext(ctx, old+l.db.ForSweep+`)`, database.Millis(before)); err != nil {
			return failed("sweep records", err)
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM ledger_spend WHERE day < $1`, database.Millis(DayOf(before)))
		return failed("sweep sums", err)
	})
}
