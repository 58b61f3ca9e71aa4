package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"
)

// figures are what one server took for one load.
type figures struct {
	cpu    []float64       // µs a call, of each round
	kernel float64         // the part of it that the kernel worked, 0 to 1
	ratios []float64       // of the first server's in the same round
	waits  []time.Duration // of single calls, at half load
	rate   int             // calls a second while they were measured
}

// startEnds is how long what a start and a sign-in leave may take to be given back: the product looks every five
// seconds whether anything has happened.
const startEnds = 11 * time.Second

// compare has the servers take turns at each load, and prints what they took.
func (b *bench) compare(ctx context.Context, out io.Writer) error {
	subjects := []*subject{b.none()}
	for _, name := range b.o.peers {
		s, err := b.start(ctx, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		defer s.stop()
		subjects = append(subjects, s)
	}
	time.Sleep(startEnds)
	for _, s := range subjects[1:] {
		var err error
		if s.idle, err = s.resident(); err != nil {
			return err
		}
	}
	for _, l := range loads() {
		if !slices.Contains(b.o.loads, l.flag()) {
			continue
		}
		measured, err := b.measure(ctx, l, subjects)
		if err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		printLoad(out, l, subjects, measured)
	}
	return printProcesses(out, subjects[1:])
}

// none is HeyGen itself, called without a server between: what a call takes that nobody adds to.
func (b *bench) none() *subject {
	s := &subject{process: b.heygen, name: "none"}
	s.host = s.url[len("http://"):]
	return s
}

// measure has the servers take turns at a load.
func (b *bench) measure(ctx context.Context, l load, subjects []*subject) (map[string]*figures, error) {
	measured := map[string]*figures{}
	turns := map[string]*turn{}
	var taking []*subject
	for _, s := range subjects {
		if !s.mcp && l.tool == "" {
			continue // there is no such request to HeyGen
		}
		d, err := newDriver(ctx, s.host, b.o.clients)
		if err != nil {
			return nil, err
		}
		defer d.close()
		t := &turn{s, d, l.request(s.host, s.path, s.headers, s.mcp), l.answer, b.o.calls / 4}
		// What a server does on the first call alone, and pools and caches, are not measured.
		cost, err := t.take(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		if err := b.writeProfile(ctx, l, t); err != nil {
			return nil, fmt.Errorf("profile of %s: %w", s.name, err)
		}
		t.calls = max(int(float64(b.o.calls)*25/max(cost, 25)), b.o.clients)
		turns[s.name], measured[s.name] = t, new(figures)
		taking = append(taking, s)
	}
	base := taking[min(1, len(taking)-1)].name
	if l.tool == "" {
		base = taking[0].name
	}
	before, err := ticksOf(taking)
	if err != nil {
		return nil, err
	}
	for i := range b.o.rounds {
		for j := range taking {
			s := taking[(i+j)%len(taking)] // another begins each round
			cost, err := turns[s.name].take(ctx)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			measured[s.name].cpu = append(measured[s.name].cpu, cost)
		}
		for _, f := range measured {
			f.ratios = append(f.ratios, f.cpu[i]/measured[base].cpu[i])
		}
	}
	after, err := ticksOf(taking)
	if err != nil {
		return nil, err
	}
	for i, s := range taking {
		f, of := measured[s.name], s.name
		if s.name == "none" {
			of = base // what a call waits without a server, when as many are made as of the first
		}
		f.kernel = after[i].since(before[i])
		if f.rate = int(5e5 / middle(measured[of].cpu)); b.o.rate > 0 {
			f.rate = min(f.rate, b.o.rate)
		}
	}
	for i := range b.o.rounds {
		for j := range taking {
			s := taking[(i+j)%len(taking)]
			f := measured[s.name]
			t := turns[s.name]
			waits, err := t.driver.each(ctx, t.request, t.answer, f.rate/2, f.rate)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			f.waits = append(f.waits, waits...)
		}
	}
	return measured, nil
}

// ticksOf are the ticks of servers.
func ticksOf(subjects []*subject) (all []ticks, err error) {
	for _, s := range subjects {
		t, err := s.ticks()
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// turn is what a server does in a round.
type turn struct {
	subject *subject
	driver  *driver
	request []byte
	answer  string
	calls   int
}

// take gives the processor time of a call in microseconds.
func (t *turn) take(ctx context.Context) (float64, error) {
	before, err := t.subject.processorTime()
	if err != nil {
		return 0, err
	}
	if _, err := t.driver.each(ctx, t.request, t.answer, t.calls, 0); err != nil {
		return 0, err
	}
	after, err := t.subject.processorTime()
	return float64(after-before) / float64(t.calls) / 1000, err
}
