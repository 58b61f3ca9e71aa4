package demo

import (
	"strings"
	"testing"
)

// In a file each state is a line, once, and the bar never goes back.
func TestBarOfAFile(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	b := newBar(&out)
	for _, state := range []string{"created", "pending", "waiting", "pending", "composing", "processing", "completed", "late"} {
		b.show(state)
	}
	got := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	bar := func(full int) string {
		return "    [" + strings.Repeat("#", full) + strings.Repeat("-", 40-full) + "] "
	}
	want := []string{bar(0) + "created", bar(20) + "pending", bar(20) + "composing", bar(30) + "processing", bar(40) + "completed"}
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
	b.show("processing")
	b.show("completed")
	if got := out.String(); strings.Count(got, "\r") != 2 || strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "\n") {
		t.Errorf("got %q, want two carriage returns and one newline at the end", got)
	}
}

// A message of progress ends with the state of the job, where the server knows it.
func TestStateOfAMessage(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{"0 of 1 done, processing": "processing", "0 of 1 done": "", "0 of 1 done, processing, 40%": "processing", "": ""} {
		if got := stateIn(message); got != want {
			t.Errorf("%q tells of %q, want %q", message, got, want)
		}
	}
}
