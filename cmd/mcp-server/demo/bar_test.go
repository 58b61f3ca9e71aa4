package demo

import (
	"strings"
	"testing"
)

// In a file each step of the bar is a line, and the bar never goes back.
func TestBarOfAFile(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	b := newBar(&out)
	for _, done := range []float64{0, 0.5, 0.25, 0.5, 2} {
		b.show(done, "rendering")
	}
	got := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	want := []string{
		"    [" + strings.Repeat("-", 40) + "]   0%  rendering",
		"    [" + strings.Repeat("#", 20) + strings.Repeat("-", 20) + "]  50%  rendering",
		"    [" + strings.Repeat("#", 40) + "] 100%  rendering",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got lines\n%q\nwant\n%q", got, want)
	}
}

// On a terminal the bar is redrawn on one line, which ends when it is full.
func TestBarOfATerminal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	b := newBar(&out)
	b.live = true
	b.show(0.5, "rendering")
	b.show(1, "completed")
	if got := out.String(); strings.Count(got, "\r") != 2 || strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "\n") {
		t.Errorf("got %q, want two carriage returns and one newline at the end", got)
	}
}
