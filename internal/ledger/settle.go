package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"heygen-mcp/internal/database"
)

// ErrNotFound says that there is no such record.
var ErrNotFound = errors.New("ledger: not found")

// Answered notes that HeyGen has begun the jobs of a record. Each is reserved an equal part of its
// estimate. Told again, it adds the jobs that are new. Those of other records are none of it: a call whose
// jobs are all such has made nothing, and what was reserved for it is given back.
func (l *Ledger) Answered(ctx context.Context, record string, jobs []string) error {
	return l.of(ctx, record, func(tx *database.Tx, r *Record) error {
		told := len(jobs)
		jobs, err := withoutOthers(ctx, tx, r, jobs)
		if err != nil {
			return err
		}
		if len(jobs) == 0 && told > 0 && r.State == Open {
			return refuse(ctx, tx, r, r.At)
		}
		if r.State == Refused {
			// It was given up as refused and happened all the same.
			if err := addToSums(ctx, tx, &r.Entry, r.At, r.Estimate.High); err != nil {
				return err
			}
		}
		for i, id := range jobs {
			part := r.Estimate.High / Money(len(jobs))
			if i == 0 {
				part = r.Estimate.High - part*Money(len(jobs)-1)
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO ledger_jobs
				(record, position, account, kind, id, state, reserved, seconds, cost, cost_basis, ended)
				VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, '', 0) ON CONFLICT (account, kind, id) DO NOTHING`,
				r.ID, i, r.Account, r.Kind, id, string(Running), int64(part))
			if err != nil {
				return failed("keep a job", err)
			}
		}
		if r.State != Open && r.State != Refused {
			return nil
		}
		return setRecord(ctx, tx, r.ID, Running, 0, "", time.Time{})
	})
}

// Refused notes that HeyGen has made nothing of a record's request, and gives back what was reserved.
func (l *Ledger) Refused(ctx context.Context, record string, now time.Time) error {
	return l.of(ctx, record, func(tx *database.Tx, r *Record) error {
		if r.State != Open {
			return nil
		}
		return refuse(ctx, tx, r, now)
	})
}

// refuse gives back what was reserved for a record that is open.
func refuse(ctx context.Context, tx *database.Tx, r *Record, now time.Time) error {
	if err := addToSums(ctx, tx, &r.Entry, r.At, -r.Estimate.High); err != nil {
		return err
	}
	return setRecord(ctx, tx, r.ID, Refused, 0, "", now)
}

// withoutOthers are those of some jobs that belong to no record but one.
func withoutOthers(ctx context.Context, tx *database.Tx, r *Record, jobs []string) ([]string, error) {
	var own []string
	for _, id := range jobs {
		var of string
		err := tx.QueryRowContext(ctx, `SELECT record FROM ledger_jobs WHERE account = $1 AND kind = $2 AND id = $3`,
			r.Account, r.Kind, id).Scan(&of)
		switch {
		case errors.Is(err, sql.ErrNoRows), err == nil && of == r.ID:
			own = append(own, id)
		case err != nil:
			return nil, failed("look for a job", err)
		}
	}
	return own, nil
}

// Outcome is how a job, or a call that begins none, has ended.
type Outcome struct {
	State   State // Done, Failed or Canceled
	Seconds float64
	// Cost is what it has cost. Where CostBasis is "", the record's estimate tells it from Seconds
	// if it can; else it is not known, and what was reserved counts as spent. What failed or was
	// canceled is taken to cost nothing.
	Cost      Money
	CostBasis string
}

// priced is the outcome with its cost, where a price tells it.
func (o Outcome) priced(p Price) Outcome {
	if o.CostBasis != "" || o.State != Done {
		return o
	}
	if cost, known := p.of(o.Seconds); known {
		o.Cost, o.CostBasis = cost, Computed
	}
	return o
}

// spends is what an outcome has cost of what was reserved for it.
func (o Outcome) spends(reserved Money) Money {
	switch {
	case o.CostBasis != "":
		return o.Cost
	case o.State == Done:
		return reserved
	}
	return 0
}

// Finished notes the end of a call that begins no job.
func (l *Ledger) Finished(ctx context.Context, record string, o Outcome, now time.Time) error {
	var tool string
	var cost Money
	err := l.of(ctx, record, func(tx *database.Tx, r *Record) error {
		if r.State.Ended() {
			return nil
		}
		o := o.priced(r.Estimate.Price)
		tool, cost = r.Tool, o.Cost
		if err := addToSums(ctx, tx, &r.Entry, r.At, o.spends(r.Estimate.High)-r.Estimate.High); err != nil {
			return err
		}
		return setRecord(ctx, tx, r.ID, o.State, o.Cost, o.CostBasis, now)
	})
	if err == nil {
		l.tell(tool, cost)
	}
	return err
}

// JobEnded notes the end of a job, once, and gives the job: what is told of it again changes
// nothing. ErrNotFound is for a job that no record has, which is no fault: it may have been begun
// elsewhere.
func (l *Ledger) JobEnded(ctx context.Context, account, kind, id string, o Outcome, now time.Time) (j Job, err error) {
	record, err := l.ofRecord(ctx, account, kind, id)
	if errors.Is(err, ErrNotFound) {
		return l.memberEnded(ctx, account, kind, id, o, now)
	}
	if err != nil {
		return j, err
	}
	var tool string
	var cost Money
	err = l.of(ctx, record, func(tx *database.Tx, r *Record) error {
		o := o.priced(r.Estimate.Price)
		tool, cost = r.Tool, 0
		var reserved Money
		err := tx.QueryRowContext(ctx, `UPDATE ledger_jobs SET state = $1, seconds = $2, cost = $3, cost_basis = $4, ended = $5
			WHERE account = $6 AND kind = $7 AND id = $8 AND ended = 0 RETURNING reserved`,
			string(o.State), o.Seconds, int64(o.Cost), o.CostBasis, database.Millis(now), account, kind, id).Scan(&reserved)
		if err != nil && !errors.Is(err, sql.ErrNoRows) { // which had ended
			return failed("end a job", err)
		}
		if err == nil {
			cost = o.Cost
			if err := addToSums(ctx, tx, &r.Entry, r.At, o.spends(reserved)-reserved); err != nil {
				return err
			}
			if err := l.sumUp(ctx, tx, r, now); err != nil {
				return err
			}
		}
		j, err = readJob(ctx, tx, account, kind, id)
		j.Basis = r.Estimate.Basis
		return err
	})
	if err == nil {
		l.tell(tool, cost)
	}
	return j, err
}

// readJob reads a job.
func readJob(ctx context.Context, tx *database.Tx, account, kind, id string) (Job, error) {
	_, j, err := scanJob(tx.QueryRowContext(ctx, `SELECT `+jobColumns+` FROM ledger_jobs
		WHERE account = $1 AND kind = $2 AND id = $3`, account, kind, id))
	return j, failed("read a job", err)
}

// sumUp gives a record the state and the cost of its jobs. It is done if one of them is, and its cost is known if that
// of each that is done is.
func (l *Ledger) sumUp(ctx context.Context, tx *database.Tx, r *Record, now time.Time) error {
	if err := l.addJobs(ctx, tx, []*Record{r}); err != nil {
		return err
	}
	state, basis, ended := State(""), "", now
	var cost Money
	untold := false
	for _, j := range r.Jobs {
		switch {
		case !j.State.Ended():
			ended = time.Time{}
		case state != Done:
			state = j.State
		}
		if cost += j.Cost; j.CostBasis != "" {
			basis = j.CostBasis
		}
		untold = untold || j.State == Done && j.CostBasis == ""
	}
	if untold {
		basis = ""
	}
	if ended.IsZero() {
		state = Running
	}
	return setRecord(ctx, tx, r.ID, state, cost, basis, ended)
}

// of runs f with a record that nobody else changes meanwhile.
func (l *Ledger) of(ctx context.Context, record string, f func(tx *database.Tx, r *Record) error) error {
	return l.db.Change(ctx, func(tx *database.Tx) error {
		r, err := scanRecord(tx.QueryRowContext(ctx,
			`SELECT `+recordColumns+` FROM ledger_records WHERE id = $1`+l.db.ForUpdate, record))
		if err != nil {
			return failed("read a record", err)
		}
		return f(tx, &r)
	})
}
