package observe

import (
	"io"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

const (
	// linesWithin is how late a line may be written. Where lines come faster than one in that time they are written
	// together: under load, writing each by itself was some four percent of what a call costs.
	linesWithin = 10 * time.Millisecond
	// mostLines, in bytes, is what is kept until then.
	mostLines = 64 << 10
)

// lines writes lines of a log. The first after a pause is written at once, and so is a warning or an error, with all
// before it; what follows within linesWithin is written together at its end. A process that is killed loses no more
// than that.
type lines struct {
	w io.Writer

	mu      sync.Mutex
	kept    []byte
	written time.Time // when something was written last
	awaited bool      // flush will be called
}

// Write implements io.Writer for one line.
func (l *lines) Write(line []byte) (int, error) { return l.WriteLevel(zerolog.NoLevel, line) }

// WriteLevel implements zerolog.LevelWriter for one line.
func (l *lines) WriteLevel(level zerolog.Level, line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	urgent := level >= zerolog.WarnLevel && level < zerolog.NoLevel
	now := time.Now()
	since := now.Sub(l.written)
	if len(l.kept) == 0 && (urgent || since >= linesWithin) {
		l.written = now
		return l.w.Write(line) //nolint:wrapcheck // as the writer's own
	}
	l.kept = append(l.kept, line...)
	if urgent || len(l.kept) >= mostLines {
		return len(line), l.writeKept(now)
	}
	if !l.awaited {
		l.awaited = true
		time.AfterFunc(linesWithin-since, l.flush)
	}
	return len(line), nil
}

// flush writes what is kept.
func (l *lines) flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.awaited = false
	_ = l.writeKept(time.Now()) // where the log cannot be written there is nobody left to tell
}

// writeKept writes what is kept. The lock is held.
func (l *lines) writeKept(now time.Time) error {
	if len(l.kept) == 0 {
		return nil
	}
	l.written = now
	_, err := l.w.Write(l.kept)
	l.kept = l.kept[:0]
	return err //nolint:wrapcheck // as the writer's own
}
