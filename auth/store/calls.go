package store

import (
	"context"
	"time"

	"heygen-mcp/internal/database"
)

// KeepCalls is how long the counts of calls are kept.
const KeepCalls = 32 * 24 * time.Hour

// dayOf is when the day of a moment began, in UTC.
func dayOf(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }

// AddCalls implements Store.
func (s *records) AddCalls(ctx context.Context, c Calls) error {
	return s.exec(ctx, "count calls",
		`INSERT INTO calls (grant_id, day, calls, last_at)
		 SELECT g.id, CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT) FROM grants g WHERE g.id = $4
		 ON CONFLICT (grant_id, day) DO UPDATE SET calls = calls.calls + excluded.calls,
		 last_at = CASE WHEN calls.last_at > excluded.last_at THEN calls.last_at ELSE excluded.last_at END`,
		database.Millis(dayOf(c.Last)), c.Count, database.Millis(c.Last), c.Grant)
}

// CallsOf implements Store.
func (s *records) CallsOf(ctx context.Context, account Hash) (all []Calls, err error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT c.grant_id, c.calls, c.last_at FROM calls c JOIN grants g ON g.id = c.grant_id WHERE g.account = $1`, account[:])
	if err != nil {
		return nil, failed("read counts", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c Calls
		if err := rows.Scan(&c.Grant, &c.Count, timeColumn{&c.Last}); err != nil {
			return nil, failed("read counts", err)
		}
		all = append(all, c)
	}
	return all, failed("read counts", rows.Err())
}
