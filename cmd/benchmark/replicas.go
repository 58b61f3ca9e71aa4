package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"sync"

	"github.com/jackc/pgx/v5"
)

// replicaCount is how many share the database.
const replicaCount = 3

// replica is one of them, with somebody signed in who calls it alone.
type replica struct {
	*subject
	person *signedIn
	name   string
}

// task is what replicas are asked to do, n times.
type task struct {
	name string
	do   func(ctx context.Context, r replica, n int) error
	n    int
}

// replicas measures what a replica takes for the same work while two others do as much, which share its database or
// have their own: what they have in common is then the database alone.
func (b *bench) replicas(ctx context.Context, out io.Writer) error {
	if b.o.database == "" {
		return errors.New("-part replicas needs -database")
	}
	if err := b.dropSchemas(ctx); err != nil {
		return err
	}
	var apart, together []replica
	for i := range replicaCount {
		for group, schema := range map[*[]replica]string{&apart: fmt.Sprintf("benchmark_apart_%d", i), &together: "benchmark_together"} {
			r, stop, err := b.replica(ctx, schema, fmt.Sprintf("%s-%d", schema, i))
			if err != nil {
				return err
			}
			defer stop()
			*group = append(*group, r)
		}
	}
	_, _ = fmt.Fprintf(out, "\n## %d replicas\n\n| what | on a database each, µs | spread | on one, µs | spread | of the throughput |\n|---|---|---|---|---|---|\n", replicaCount)
	for _, t := range []task{
		{"check: get_video", b.calls(loads()[0]), b.o.calls},
		{"record: create_video_from_avatar", b.calls(loads()[3]), b.o.calls / 8},
		{"a sign-in and five refreshes", b.signIns, max(b.o.calls/4000, 1)}, // few: a network may sign in only so often,
	} {
		var alone, shared, ratios []float64
		for range b.o.rounds + 1 {
			one, err := t.take(ctx, apart)
			if err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			many, err := t.take(ctx, together)
			if err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			alone, shared, ratios = append(alone, one), append(shared, many), append(ratios, one/many)
		}
		alone, shared, ratios = alone[1:], shared[1:], ratios[1:] // the first round finds nothing warm
		_, _ = fmt.Fprintf(out, "| %s | %.1f | %s | %.1f | %s | %.2f |\n", t.name, middle(alone), spread(alone, 1), middle(shared), spread(shared, 1), middle(ratios))
	}
	return nil
}

// dropSchemas removes what an earlier run has left.
func (b *bench) dropSchemas(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, b.o.database)
	if err != nil {
		return err
	}
	drop := "DROP SCHEMA IF EXISTS benchmark_together CASCADE"
	for i := range replicaCount {
		drop += fmt.Sprintf("; DROP SCHEMA IF EXISTS benchmark_apart_%d CASCADE", i)
	}
	_, err = conn.Exec(ctx, drop)
	return errors.Join(err, conn.Close(ctx))
}

// replica starts one whose tables are in a schema, and signs in there.
func (b *bench) replica(ctx context.Context, schema, person string) (r replica, stop func(), err error) {
	u, err := url.Parse(b.o.database)
	if err != nil {
		return r, nil, err
	}
	conn, err := pgx.Connect(ctx, b.o.database)
	if err != nil {
		return r, nil, err
	}
	_, err = conn.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+schema)
	if err = errors.Join(err, conn.Close(ctx)); err != nil {
		return r, nil, err
	}
	query := u.Query()
	query.Set("search_path", schema)
	query.Set("pool_max_conns", "12") // all of them share what PostgreSQL has, usually 100
	u.RawQuery = query.Encode()
	s, err := b.start(ctx, "replica", "HEYGEN_MCP_DATABASE_URL="+u.String())
	if err != nil {
		return r, nil, err
	}
	signed, err := signIn(ctx, s.url, person)
	return replica{s, signed, person}, s.stop, err
}

// signIns signs n people in, and has each of their clients renew its tokens as often as it may at once.
func (b *bench) signIns(ctx context.Context, r replica, n int) error {
	const atOnce = 5
	for range n {
		s, err := signIn(ctx, r.url, fmt.Sprintf("%s-%d", r.name, b.serial.Add(1)))
		if err == nil {
			err = s.renew(ctx, atOnce)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// calls makes calls of a load over connections of their own.
func (b *bench) calls(l load) func(ctx context.Context, r replica, n int) error {
	return func(ctx context.Context, r replica, n int) error {
		d, err := newDriver(ctx, r.host, b.o.clients)
		if err != nil {
			return err
		}
		defer d.close()
		_, err = d.each(ctx, l.request(r.host, r.path, r.person.headers(), true), l.answer, n, 0)
		return err
	}
}

// take has replicas do the task at once, and gives the processor time that one takes for it, in microseconds.
func (t task) take(ctx context.Context, replicas []replica) (float64, error) {
	errs, costs := make([]error, len(replicas)), make([]float64, len(replicas))
	var group sync.WaitGroup
	for i, r := range replicas {
		group.Go(func() {
			before, err := r.processorTime()
			if err == nil {
				err = t.do(ctx, r, t.n)
			}
			after, late := r.processorTime()
			costs[i], errs[i] = float64(after-before)/float64(t.n)/1000, errors.Join(err, late)
		})
	}
	group.Wait()
	sum := 0.0
	for _, c := range costs {
		sum += c
	}
	return sum / float64(len(costs)), errors.Join(errs...)
}
