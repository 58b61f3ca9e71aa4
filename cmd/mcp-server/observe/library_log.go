package observe

import (
	"context"
	"io"
	"log/slog"

	"github.com/rs/zerolog"
)

// libraryLog takes what libraries write to Go's own log, as the OAuth library does, and leaves most
// of it out: its lines hold redirect URIs, states and whatever else a request brought. What stays
// is that something failed, and the status.
type libraryLog struct{ log zerolog.Logger }

// CatchLibraryLogs puts a libraryLog in the place of Go's own log, for the whole process: there is
// no other way to reach what those libraries write.
func CatchLibraryLogs(w io.Writer, format string) {
	slog.SetDefault(slog.New(libraryLog{NewLog(w, format)}))
}

// Enabled takes failures of ours; a client's mistakes are in the request log by their status.
func (l libraryLog) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelError
}

// Handle writes the message, which is the library's own text, and the status.
func (l libraryLog) Handle(_ context.Context, r slog.Record) error {
	var status int64
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "status_code" && a.Value.Kind() == slog.KindInt64 {
			status = a.Value.Int64()
		}
		return true
	})
	l.log.Error().Int64("status", status).Msg("a library says: " + r.Message)
	return nil
}

// WithAttrs drops attributes.
func (l libraryLog) WithAttrs([]slog.Attr) slog.Handler { return l }

// WithGroup has no attributes to group.
func (l libraryLog) WithGroup(string) slog.Handler { return l }
