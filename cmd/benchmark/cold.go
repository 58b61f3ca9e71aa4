package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
)

// cold measures calls that find nothing warm: the first after a start, the first of a token, the first list of tools,
// and what of them goes to HeyGen.
func (b *bench) cold(ctx context.Context, out io.Writer) error {
	_, _ = fmt.Fprint(out, "\n## Cold paths of the product\n\n| what | ms | spread | requests to HeyGen |\n|---|---|---|---|\n")
	steps := []step{
		{"the first call after a start", 0, false}, {"the second call", 0, false}, {"the first call of another token", 0, true},
		{"its second call", 0, true}, {"the first tools/list", 4, false}, {"the second tools/list", 4, false},
	}
	took, sent := make([][]float64, len(steps)), make([]int, len(steps))
	for range b.o.rounds {
		if err := b.coldRound(ctx, steps, took, sent); err != nil {
			return err
		}
	}
	for i, step := range steps {
		_, _ = fmt.Fprintf(out, "| %s | %.1f | %s | %d |\n", step.name, middle(took[i]), spread(took[i], 1), sent[i])
	}
	return nil
}

// step is a call among those that follow a start.
type step struct {
	name  string
	load  int // which of loads
	other bool
}

// coldRound starts the product and takes the steps. took are their milliseconds.
func (b *bench) coldRound(ctx context.Context, steps []step, took [][]float64, sent []int) error {
	s, err := b.start(ctx, "direct")
	if err != nil {
		return err
	}
	defer s.stop()
	w, err := dial(ctx, s.host, largeBuffer)
	if err != nil {
		return err
	}
	defer func() { _ = w.conn.Close() }()
	for i, step := range steps {
		headers := s.headers
		if step.other {
			headers = []string{strings.Replace(headers[0], "benchmark", "another", 1)}
		}
		l := loads()[step.load]
		before, err := b.sent(ctx)
		if err != nil {
			return err
		}
		begun := time.Now()
		if err := w.call(l.request(s.host, s.path, headers, true), []byte(l.answer)); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		took[i] = append(took[i], milliseconds(time.Since(begun)))
		after, err := b.sent(ctx)
		if err != nil {
			return err
		}
		sent[i] = after - before
	}
	return nil
}

// sent is how many requests HeyGen has had.
func (b *bench) sent(ctx context.Context) (n int, err error) {
	w, err := dial(ctx, strings.TrimPrefix(b.heygen.url, "http://"), smallBuffer)
	if err != nil {
		return 0, err
	}
	defer func() { _ = w.conn.Close() }()
	if err := w.call([]byte("GET /calls HTTP/1.1\r\nHost: heygen\r\n\r\n"), nil); err != nil {
		return 0, err
	}
	_, err = fmt.Sscan(string(w.body), &n)
	return n, err
}
