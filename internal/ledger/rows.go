package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"heygen-mcp/internal/database"
)

const (
	recordColumns = `id, account, grant_id, client, tool, kind, title, call_key, at, state, low, high, basis, per_second, per_job,
		cost, cost_basis, ended`
	jobColumns = `record, id, state, seconds, cost, cost_basis, ended`
)

// scanner is a row, of one or of many.
type scanner interface{ Scan(into ...any) error }

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func scanRecord(row scanner) (r Record, err error) {
	var at, ended int64
	err = row.Scan(&r.ID, &r.Account, &r.Grant, &r.Client, &r.Tool, &r.Kind, &r.Title, &r.Key, &at, &r.State,
		&r.Estimate.Low, &r.Estimate.High, &r.Estimate.Basis,
		&r.Estimate.PerSecond, &r.Estimate.PerJob, &r.Cost, &r.CostBasis, &ended)
	r.At, r.Ended = database.TimeOf(at), database.TimeOf(ended)
	return r, err
}

func scanJob(row scanner) (record string, j Job, err error) {
	var ended int64
	err = row.Scan(&record, &j.ID, &j.State, &j.Seconds, &j.Cost, &j.CostBasis, &ended)
	j.Ended = database.TimeOf(ended)
	return record, j, err
}

func insertRecord(ctx context.Context, tx *database.Tx, r *Record) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO ledger_records (`+recordColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, '', 0)`,
		r.ID, r.Account, r.Grant, r.Client, r.Tool, r.Kind, r.Title, r.Key, database.Millis(r.At), string(r.State),
		int64(r.Estimate.Low), int64(r.Estimate.High), r.Estimate.Basis,
		int64(r.Estimate.PerSecond), int64(r.Estimate.PerJob))
	if err != nil {
		return failed("keep a record", err)
	}
	return insertMembers(ctx, tx, r)
}

// setRecord settles a record.
func setRecord(
	ctx context.Context, tx *database.Tx, id string, s State, cost Money, basis string, ended time.Time,
) error {
	_, err := tx.ExecContext(ctx,
		`UPDATE ledger_records SET state = $1, cost = $2, cost_basis = $3, ended = $4 WHERE id = $5`,
		string(s), int64(cost), basis, database.Millis(ended), id)
	return failed("settle a record", err)
}

// jobsAtOnce bounds the records whose jobs are read with one statement.
const jobsAtOnce = 500

// addJobs reads the jobs of records.
func (l *Ledger) addJobs(ctx context.Context, q querier, all []*Record) error {
	for len(all) > 0 {
		some := all[:min(len(all), jobsAtOnce)]
		all = all[len(some):]
		byID, args, places := map[string]*Record{}, make([]any, len(some)), make([]string, len(some))
		for i, r := range some {
			byID[r.ID], args[i], places[i] = r, r.ID, fmt.Sprintf("$%d", i+1)
			r.Jobs = nil
		}
		err := eachJob(ctx, q, `SELECT `+jobColumns+` FROM ledger_jobs WHERE record IN (`+strings.Join(places, ", ")+`)
			ORDER BY record, position`, args, func(record string, j Job) { byID[record].Jobs = append(byID[record].Jobs, j) })
		if err != nil {
			return err
		}
	}
	return nil
}

// eachJob calls f with each job that a statement finds, and the id of its record.
func eachJob(ctx context.Context, q querier, query string, args []any, f func(record string, j Job)) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return failed("read jobs", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		record, j, err := scanJob(rows)
		if err != nil {
			return failed("read jobs", err)
		}
		f(record, j)
	}
	return failed("read jobs", rows.Err())
}

// failed names what was being done, and turns the absence of a row into ErrNotFound.
func failed(what string, err error) error { return database.Failed("ledger: "+what, err, ErrNotFound) }
