package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// printLoad prints what servers took for a load. A spread is the middle half of the rounds.
func printLoad(w io.Writer, l load, subjects []*subject, measured map[string]*figures) {
	_, _ = fmt.Fprintf(w, "\n## %s\n\n| server | µs a call | spread | of the first | spread | in the kernel | p50 | p99 | added p50 | added p99 | calls a second |\n|---|---|---|---|---|---|---|---|---|---|---|\n", l.name)
	none := new(figures)
	if f := measured["none"]; f != nil {
		none = f
	}
	for _, s := range subjects {
		f := measured[s.name]
		if f == nil {
			continue
		}
		p50, p99 := part(f.waits, 50), part(f.waits, 99)
		row := fmt.Sprintf("%.1f | %s | %.2f | %s | %.1f",
			middle(f.cpu), spread(f.cpu, 1), middle(f.ratios), spread(f.ratios, 2), middle(f.cpu)*f.kernel)
		if s.name == "none" {
			row = "| | | |"
		}
		_, _ = fmt.Fprintf(w, "| %s | %s | %d µs | %d µs | %d | %d | %d |\n", s.name, row, p50.Microseconds(), p99.Microseconds(),
			(p50 - part(none.waits, 50)).Microseconds(), (p99 - part(none.waits, 99)).Microseconds(), f.rate)
	}
}

// printProcesses prints what the servers took to start, and hold.
func printProcesses(w io.Writer, subjects []*subject) error {
	_, _ = fmt.Fprint(w, "\n## Processes\n\n| server | start, ms | idle, MB | after the load, MB |\n|---|---|---|---|\n")
	for _, s := range subjects {
		now, err := s.resident()
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(w, "| %s | %.1f | %.1f | %.1f |\n", s.name, milliseconds(s.start), float64(s.idle)/1e6, float64(now)/1e6)
	}
	return nil
}

// part is the wait that so many of a hundred do not exceed.
func part(waits []time.Duration, of int) time.Duration {
	if len(waits) == 0 {
		return 0
	}
	slices.Sort(waits)
	return waits[(len(waits)-1)*of/100]
}

func middle(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}

// spread is where the middle half lies.
func spread(of []float64, digits int) string {
	sorted := slices.Sorted(slices.Values(of))
	return fmt.Sprintf("%.*f to %.*f", digits, sorted[len(sorted)/4], digits, sorted[len(sorted)*3/4])
}
