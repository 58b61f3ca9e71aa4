package observe

import (
	"context"
	"errors"
	"net/http"

	"github.com/rs/zerolog"

	"heygen-mcp/heygen"
	"heygen-mcp/tools"
	"heygen-mcp/transport"
)

// Failures logs the calls that failed for a reason that is the operator's to mend: the caller is told
// that HeyGen cannot be reached, the log says why. A refusal of HeyGen's is the caller's affair and
// no line, and neither arguments nor results ever are.
func Failures(log zerolog.Logger) func(context.Context, tools.Event) {
	return func(ctx context.Context, e tools.Event) {
		if !isServerFault(e) {
			return
		}
		log.Warn().Ctx(ctx).Str("tool", e.Tool).Str("outcome", e.Outcome).Func(func(line *zerolog.Event) {
			if e.RequestID != "" {
				line.Str("heygen_request_id", e.RequestID)
			}
		}).AnErr("error", e.Err).Msg("a tool failed")
	}
}

// isServerFault tells failures of the server, the network and HeyGen's machines from refusals. A caller that
// left is neither.
func isServerFault(e tools.Event) bool {
	switch e.Outcome {
	case "internal", heygen.CodeConnectionFailed, heygen.CodeTimeout, heygen.CodeBadResponse:
		return true
	}
	failure, ok := errors.AsType[*heygen.Error](e.Err)
	return ok && failure.Status >= http.StatusInternalServerError
}

// WithRequestID adds the id of the request to each line that is logged with its context, so that the line
// and that of the request are found together.
func WithRequestID(log zerolog.Logger) zerolog.Logger {
	return log.Hook(zerolog.HookFunc(func(e *zerolog.Event, _ zerolog.Level, _ string) {
		if id := transport.RequestID(e.GetCtx()); id != "" {
			e.Str("request_id", id)
		}
	}))
}
