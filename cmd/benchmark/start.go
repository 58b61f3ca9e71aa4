package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// starts measures how long servers take from the start of their process until they are ready, and until they have
// answered a first call and a first list of tools, asked for right away, one after the other. They take turns, with all
// processors.
func (b *bench) starts(ctx context.Context, out io.Writer) error {
	var err error
	if b.measured, err = allProcessors(); err != nil {
		return err
	}
	points := make(map[string]*[3][]float64, len(b.o.peers))
	for _, name := range b.o.peers {
		points[name] = new([3][]float64)
	}
	for range b.o.rounds {
		for _, name := range b.o.peers {
			if err := b.startRound(ctx, name, points[name]); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	_, _ = fmt.Fprint(out, "\n## Starts\n\n| server | ready, ms | spread | first call | spread | first list | spread |\n|---|---|---|---|---|---|---|\n")
	for _, name := range b.o.peers {
		_, _ = fmt.Fprintf(out, "| %s |", name)
		for _, ms := range points[name] {
			if len(ms) == 0 {
				_, _ = fmt.Fprint(out, " | |")
				continue
			}
			_, _ = fmt.Fprintf(out, " %.1f | %s |", middle(ms), spread(ms, 1))
		}
		_, _ = fmt.Fprintln(out)
	}
	return nil
}

// startRound starts a server once. A broker is not called, since nobody has signed in, and a proxy has no tools.
func (b *bench) startRound(ctx context.Context, name string, points *[3][]float64) error {
	s, err := b.spawn(ctx, name)
	if err != nil {
		return err
	}
	defer s.stop()
	if s.start == 0 {
		return errors.New("it does not say when it is ready")
	}
	begun := time.Now().Add(-s.start)
	points[0] = append(points[0], milliseconds(s.start))
	if name == "broker" {
		return nil
	}
	w, err := dial(ctx, s.host, largeBuffer)
	if err != nil {
		return err
	}
	defer func() { _ = w.conn.Close() }()
	for i, load := range []int{0, 4} {
		l := loads()[load]
		if !s.mcp && l.path == "" {
			continue
		}
		if err := w.call(l.request(s.host, s.path, s.headers, s.mcp), []byte(l.answer)); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		points[i+1] = append(points[i+1], milliseconds(time.Since(begun)))
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
