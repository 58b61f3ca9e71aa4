package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"heygen-mcp/internal/database"
)

// Member is one item of a batch whose items have prices of their own. Its ID is "" until HeyGen has told it.
type Member struct {
	Position int
	Job
}

const memberColumns = `position, id, state, seconds, cost, cost_basis, ended`

// insertMembers keeps the prices of a batch's items.
func insertMembers(ctx context.Context, tx *database.Tx, r *Record) error {
	if len(r.Estimate.Members) == 0 {
		return nil
	}
	var rows []string
	args := []any{r.ID, r.Account, string(Running)}
	for i, p := range r.Estimate.Members {
		n := len(args)
		rows = append(rows, fmt.Sprintf(`($1, $%d, $2, $%d, $%d, '', '', $3, 0, 0, '', 0)`, n+1, n+2, n+3))
		args = append(args, i, int64(p.PerSecond), int64(p.PerJob))
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO ledger_members
		(record, position, account, per_second, per_job, kind, id, state, seconds, cost, cost_basis, ended)
		VALUES `+strings.Join(rows, ", "), args...)
	return failed("keep the items of a batch", err)
}

// Members are the items of a batch, in their order; there are none of what is no batch, or one whose items' prices
// nobody told.
func (l *Ledger) Members(ctx context.Context, account, kind, batch string) (all []Member, err error) {
	rows, err := l.db.QueryContext(ctx, `SELECT `+memberColumns+` FROM ledger_members WHERE record =
		(SELECT record FROM ledger_jobs WHERE account = $1 AND kind = $2 AND id = $3) ORDER BY position`, account, kind, batch)
	if err != nil {
		return nil, failed("read the items of a batch", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		m, err := scanMember(rows)
		if err != nil {
			return nil, failed("read the items of a batch", err)
		}
		all = append(all, m)
	}
	return all, failed("read the items of a batch", rows.Err())
}

func scanMember(row scanner) (m Member, err error) {
	var ended int64
	err = row.Scan(&m.Position, &m.ID, &m.State, &m.Seconds, &m.Cost, &m.CostBasis, &ended)
	m.Ended = database.TimeOf(ended)
	return m, err
}

// NameMembers notes which jobs of a kind the items of a batch are, by their positions. An item keeps the id that was
// told first.
func (l *Ledger) NameMembers(ctx context.Context, account, batchKind, batch, kind string, ids map[int]string) error {
	return l.db.Change(ctx, func(tx *database.Tx) error {
		var record string
		err := tx.QueryRowContext(ctx, `SELECT record FROM ledger_jobs WHERE account = $1 AND kind = $2 AND id = $3`,
			account, batchKind, batch).Scan(&record)
		if err != nil {
			return failed("find a batch", err)
		}
		for position, id := range ids {
			_, err := tx.ExecContext(ctx, `UPDATE ledger_members SET kind = $1, id = $2 WHERE record = $3 AND position = $4 AND id = ''`,
				kind, id, record, position)
			if err != nil {
				return failed("name the item of a batch", err)
			}
		}
		return nil
	})
}

// memberEnded is JobEnded of the item of a batch. The sums of its day change when the batch ends.
func (l *Ledger) memberEnded(
	ctx context.Context, account, kind, id string, o Outcome, now time.Time,
) (j Job, err error) {
	err = l.db.Change(ctx, func(tx *database.Tx) error {
		var p Price
		err := tx.QueryRowContext(ctx, `SELECT per_second, per_job FROM ledger_members
			WHERE account = $1 AND kind = $2 AND id = $3`+l.db.ForUpdate, account, kind, id).Scan(&p.PerSecond, &p.PerJob)
		if err != nil {
			return failed("find a job", err)
		}
		o := o.priced(p)
		_, err = tx.ExecContext(ctx, `UPDATE ledger_members SET state = $1, seconds = $2, cost = $3, cost_basis = $4, ended = $5
			WHERE account = $6 AND kind = $7 AND id = $8 AND ended = 0`,
			string(o.State), o.Seconds, int64(o.Cost), o.CostBasis, database.Millis(now), account, kind, id)
		if err != nil {
			return failed("end the item of a batch", err)
		}
		j, err = member(ctx, tx, account, kind, id)
		return err
	})
	return j, err
}

// memberCharged is Charged of the item of a batch.
func (l *Ledger) memberCharged(ctx context.Context, account, kind, id string, cost Money) (j Job, err error) {
	err = l.db.Change(ctx, func(tx *database.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE ledger_members SET cost = $1, cost_basis = $2
			WHERE account = $3 AND kind = $4 AND id = $5 AND state = $6 AND cost_basis = ''`,
			int64(cost), Computed, account, kind, id, string(Done))
		if err != nil {
			return failed("charge the item of a batch", err)
		}
		j, err = member(ctx, tx, account, kind, id)
		return err
	})
	return j, err
}

// member reads the item of a batch by the id of its job.
func member(ctx context.Context, tx *database.Tx, account, kind, id string) (Job, error) {
	m, err := scanMember(tx.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM ledger_members
		WHERE account = $1 AND kind = $2 AND id = $3`, account, kind, id))
	return m.Job, failed("read the item of a batch", err)
}

// ofRecord is the record that has a job; ErrNotFound is for none.
func (l *Ledger) ofRecord(ctx context.Context, account, kind, id string) (record string, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT record FROM ledger_jobs WHERE account = $1 AND kind = $2 AND id = $3`,
		account, kind, id).Scan(&record)
	return record, failed("find a job", err)
}

// Charged notes what a job has cost that had ended as done without its cost being known: something else than its length
// told it.
func (l *Ledger) Charged(ctx context.Context, account, kind, id string, cost Money) (j Job, err error) {
	record, err := l.ofRecord(ctx, account, kind, id)
	if errors.Is(err, ErrNotFound) {
		return l.memberCharged(ctx, account, kind, id, cost)
	}
	if err != nil {
		return j, err
	}
	var tool string
	var told Money
	err = l.of(ctx, record, func(tx *database.Tx, r *Record) error {
		tool, told = r.Tool, 0
		var reserved Money
		err := tx.QueryRowContext(ctx, `UPDATE ledger_jobs SET cost = $1, cost_basis = $2
			WHERE account = $3 AND kind = $4 AND id = $5 AND state = $6 AND cost_basis = '' RETURNING reserved`,
			int64(cost), Computed, account, kind, id, string(Done)).Scan(&reserved)
		if err != nil && !errors.Is(err, sql.ErrNoRows) { // which another has told
			return failed("charge a job", err)
		}
		if err == nil {
			told = cost
			if err := addToSums(ctx, tx, &r.Entry, r.At, cost-reserved); err != nil {
				return err
			}
			if err := l.sumUp(ctx, tx, r, r.Ended); err != nil {
				return err
			}
		}
		j, err = readJob(ctx, tx, account, kind, id)
		j.Basis = r.Estimate.Basis
		return err
	})
	if err == nil {
		l.tell(tool, told)
	}
	return j, err
}
