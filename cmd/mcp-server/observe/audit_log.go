package observe

import (
	"context"
	"io"
	"os"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/internal/text"
	"heygen-mcp/tools"
	"heygen-mcp/transport"
)

// AuditLog is the audit log: who did what, as JSON lines in a stream of their own. A nil AuditLog writes nothing.
type AuditLog struct {
	log       zerolog.Logger
	file      *AppendFile // nil for standard output
	arguments bool        // of tools are written too
}

// MaxArguments bounds the arguments in a line: a script has at most five thousand characters, and
// an upload must not fill the disk.
const MaxArguments = 8 << 10

// OpenAuditLog opens the audit log at a path; "" is none, and - is standard output. Each line goes
// to the end that the file has then, so that it can be copied and truncated meanwhile, or renamed
// and opened again.
func OpenAuditLog(path string, arguments bool, now func() time.Time) (*AuditLog, error) {
	if path == "" {
		return nil, nil
	}
	t := &AuditLog{arguments: arguments}
	var w io.Writer = os.Stdout
	if path != "-" {
		t.file = &AppendFile{Path: path}
		if err := t.file.Reopen(); err != nil {
			return nil, err
		}
		w = t.file
	}
	t.log = zerolog.New(zerolog.SyncWriter(w)).Hook(zerolog.HookFunc(func(e *zerolog.Event, _ zerolog.Level, _ string) {
		e.Time(zerolog.TimestampFieldName, now())
		if id := transport.RequestID(e.GetCtx()); id != "" {
			e.Str("request_id", id)
		}
		if from := transport.Remote(e.GetCtx()); from != "" {
			e.Str("remote", from)
		}
	}))
	return t, nil
}

// SignIns writes what happens to grants.
func (t *AuditLog) SignIns(ctx context.Context, e auth.Event) {
	if t == nil {
		return
	}
	line := t.log.Log().Ctx(ctx).Str("event", e.What)
	for name, value := range map[string]string{"caller": e.Caller, "client": e.Client, "grant": e.Grant, "detail": e.Detail} {
		if value != "" {
			line = line.Str(name, value)
		}
	}
	line.Send()
}

// Calls writes the calls of tools, before whoever else is told of them.
func (t *AuditLog) Calls(next func(context.Context, tools.Event)) func(context.Context, tools.Event) {
	if t == nil {
		return next
	}
	return func(ctx context.Context, e tools.Event) {
		line := t.log.Log().Ctx(ctx).Str("event", "call").Str("caller", auth.Caller(ctx)).Str("tool", e.Tool).
			Stringer("effect", e.Effect).Str("outcome", e.Outcome)
		if client := auth.ClientOf(ctx); client != "" {
			line = line.Str("client", client)
		}
		line = line.Float64("duration_ms", float64(e.Took.Microseconds())/1000)
		if len(e.Jobs) > 0 {
			line = line.Strs("result_ids", e.Jobs)
		}
		if e.CostUSD > 0 {
			line = line.Float64("estimated_cost_usd", e.CostUSD)
		}
		if e.RequestID != "" {
			line = line.Str("heygen_request_id", e.RequestID)
		}
		if t.arguments {
			given := string(e.Arguments)
			if len(given) > MaxArguments {
				line, given = line.Int("arguments_bytes", len(given)), text.Truncate(given, MaxArguments)
			}
			line = line.Str("arguments", given)
		}
		line.Send()
		next(ctx, e)
	}
}

// reopen opens the file by its name again, as after a rotation.
func (t *AuditLog) reopen() error {
	if t == nil || t.file == nil {
		return nil
	}
	return t.file.Reopen()
}

// Close closes the file.
func (t *AuditLog) Close() {
	if t != nil && t.file != nil {
		t.file.Close()
	}
}
