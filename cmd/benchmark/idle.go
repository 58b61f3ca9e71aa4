package main

import (
	"context"
	"fmt"
	"io"
	"time"
)

// settles is how long connections are left alone before memory is read: longer than the servers' collectors and
// runtimes take to give back what calls have left.
const settles = 25 * time.Second

// idle measures what connections hold that have made a call and then say nothing.
func (b *bench) idle(ctx context.Context, out io.Writer) error {
	_, _ = fmt.Fprintf(out, "\n## %d idle connections\n\n| server | before, MB | with them, MB | kB each |\n|---|---|---|---|\n", b.o.connections)
	for _, name := range b.o.peers {
		if err := b.idleOf(ctx, out, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (b *bench) idleOf(ctx context.Context, out io.Writer, name string) error {
	s, err := b.start(ctx, name)
	if err != nil {
		return err
	}
	defer s.stop()
	time.Sleep(startEnds)
	before, err := s.resident()
	if err != nil {
		return err
	}
	l := loads()[0]
	request := l.request(s.host, s.path, s.headers, s.mcp)
	for range b.o.connections {
		w, err := dial(ctx, s.host, smallBuffer)
		if err != nil {
			return err
		}
		defer func() { _ = w.conn.Close() }()
		if err := w.call(request, []byte(l.answer)); err != nil {
			return err
		}
		w.in = nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(settles):
	}
	now, err := s.resident()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "| %s | %.1f | %.1f | %.1f |\n", name, float64(before)/1e6, float64(now)/1e6, float64(now-before)/1e3/float64(b.o.connections))
	return err
}
