package observe

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"
)

// writes keeps each write by itself.
type writes struct {
	mu  sync.Mutex
	all []string
}

func (w *writes) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, string(p))
	return len(p), nil
}

// String is each write, as its lines one after the other.
func (w *writes) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.ReplaceAll(strings.Join(w.all, "|"), "\n", " ")
}

// each is what was written, each write by itself.
func (w *writes) each() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.all)
}

// TestLinesAreWrittenTogether holds that lines that come fast cost one write, that none is later than linesWithin, and
// that what went wrong is written at once.
func TestLinesAreWrittenTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out := &writes{}
		l := &lines{w: out}
		write := func(level zerolog.Level, line string) {
			t.Helper()
			if n, err := l.WriteLevel(level, []byte(line+"\n")); n != len(line)+1 || err != nil {
				t.Errorf("writing %s: %d, %v", line, n, err)
			}
		}
		want := func(want string) {
			t.Helper()
			synctest.Wait()
			if got := out.String(); got != want {
				t.Errorf("written is %q, want %q", got, want)
			}
		}
		write(zerolog.InfoLevel, "a")
		want("a ")
		write(zerolog.InfoLevel, "b")
		time.Sleep(linesWithin / 2)
		write(zerolog.InfoLevel, "c")
		want("a ")
		time.Sleep(linesWithin/2 + 1)
		want("a |b c ")
		write(zerolog.InfoLevel, "d")
		write(zerolog.ErrorLevel, "e")
		want("a |b c |d e ")
		write(zerolog.WarnLevel, "f")
		want("a |b c |d e |f ")
		write(zerolog.InfoLevel, "g")
		l.flush()
		want("a |b c |d e |f |g ")
		time.Sleep(linesWithin)
		write(zerolog.InfoLevel, "h")
		want("a |b c |d e |f |g |h ")
	})
}

// TestLinesAreNotKeptWithoutBound holds that a great many lines are written before their time.
func TestLinesAreNotKeptWithoutBound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out := &writes{}
		l := &lines{w: out}
		line := strings.Repeat("x", mostLines/4)
		for range 6 {
			if _, err := l.Write([]byte(line)); err != nil {
				t.Fatal(err)
			}
		}
		if all := out.each(); len(all) != 2 || len(all[1]) != mostLines {
			t.Errorf("%d writes before their time, want the first line and the %d bytes that are kept", len(all), mostLines)
		}
		time.Sleep(linesWithin)
		synctest.Wait()
		if n := len(out.each()); n != 3 {
			t.Errorf("%d writes, want the last line by itself", n)
		}
	})
}

// TestServerLog holds that the log of a server is JSON, and whole after a flush.
func TestServerLog(t *testing.T) {
	t.Parallel()
	out := &writes{}
	log, flush := NewServerLog(out, "json")
	for range 100 {
		log.Info().Msg("line")
	}
	flush()
	if n := strings.Count(out.String(), `"message":"line"`); n != 100 {
		t.Errorf("%d of 100 lines are written", n)
	}
	if n := len(out.each()); n > 50 {
		t.Errorf("100 lines took %d writes", n)
	}
}
