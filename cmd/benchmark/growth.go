package main

import (
	"context"
	"fmt"
	"io"
)

// grow measures a read by ever more accounts, and creates of one account after ever more of them.
func (b *bench) grow(ctx context.Context, out io.Writer) error {
	_, _ = fmt.Fprint(out, "\n## Growth\n\n| what | µs a call | spread | of the first |\n|---|---|---|---|\n")
	if err := b.accounts(ctx, out); err != nil {
		return err
	}
	return b.creates(ctx, out)
}

// accounts has one server read for 1, 100 and 10,000 accounts by turns, all of which it has seen before.
func (b *bench) accounts(ctx context.Context, out io.Writer) error {
	s, err := b.start(ctx, "direct")
	if err != nil {
		return err
	}
	defer s.stop()
	s.headers = []string{"X-Api-Key: sk_V2_" + serial}
	l := loads()[0]
	sizes := []int64{1, 100, 10_000}
	var turns []*turn
	for _, n := range sizes {
		d, err := newDriver(ctx, s.host, b.o.clients)
		if err != nil {
			return err
		}
		defer d.close()
		d.others = n
		t := &turn{s, d, l.request(s.host, s.path, s.headers, true), l.answer, max(b.o.calls, 2*int(n))}
		if _, err := t.take(ctx); err != nil {
			return err
		}
		turns = append(turns, t)
	}
	return b.rows(ctx, out, turns, func(i int) string { return fmt.Sprintf("get_video, %d accounts", sizes[i]) })
}

// creates has servers create for an account that has made few things, and for one that has made many.
func (b *bench) creates(ctx context.Context, out io.Writer) error {
	var l load
	for _, l = range loads() {
		if l.tool == "create_video_from_avatar" {
			break
		}
	}
	before := []int{100, 10_000}
	var turns []*turn
	for _, n := range before {
		s, err := b.start(ctx, "direct")
		if err != nil {
			return err
		}
		defer s.stop()
		d, err := newDriver(ctx, s.host, b.o.clients)
		if err != nil {
			return err
		}
		defer d.close()
		t := &turn{s, d, l.request(s.host, s.path, s.headers, true), l.answer, n}
		if _, err := t.take(ctx); err != nil {
			return err
		}
		t.calls = 100 // few, so that the one with few records stays that
		turns = append(turns, t)
	}
	return b.rows(ctx, out, turns, func(i int) string { return fmt.Sprintf("create_video, after %d creates", before[i]) })
}

// rows has turns taken and prints what they took, and their ratios to the first.
func (b *bench) rows(ctx context.Context, out io.Writer, turns []*turn, name func(int) string) error {
	all := make([]figures, len(turns))
	for range b.o.rounds {
		for i, t := range turns {
			cost, err := t.take(ctx)
			if err != nil {
				return err
			}
			all[i].cpu = append(all[i].cpu, cost)
			all[i].ratios = append(all[i].ratios, cost/all[0].cpu[len(all[i].cpu)-1])
		}
	}
	for i, f := range all {
		_, _ = fmt.Fprintf(out, "| %s | %.1f | %s | %.2f |\n", name(i), middle(f.cpu), spread(f.cpu, 1), middle(f.ratios))
	}
	return nil
}
