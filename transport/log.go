package transport

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"heygen-mcp/internal/panics"
	"heygen-mcp/internal/text"
	"heygen-mcp/transport/edge"
)

// statusLeft is written to the log for a client that left before an answer.
const statusLeft = 499

type requestKey struct{}

// request is what the context says of the request that it belongs to.
type request struct {
	id     string
	ticket *ticket // what it has in flight; nil where it is not counted
	slash  bool    // its path has a slash at its end
	// refused is the header that the request was refused for, host or origin, and its value.
	refused struct{ header, value string }
}

// tellRefused adds the header that the request was refused for, if it was for one.
func (r *request) tellRefused(line *zerolog.Event) {
	if r.refused.header != "" {
		line.Str("refused_"+r.refused.header, short(r.refused.value))
	}
}

// RequestID is the id of the request that ctx belongs to, as the answer and the log line name it.
func RequestID(ctx context.Context) string {
	if about, ok := ctx.Value(requestKey{}).(*request); ok {
		return about.id
	}
	return ""
}

// logged names each request and writes one line when it has ended. The line
// holds neither query nor body, and of the headers only a Host or an Origin that
// was refused: codes, tokens and scripts travel in the others.
func logged(log zerolog.Logger, now func() time.Time) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := now()
			id := chooseID(r.Header.Get("X-Request-Id"))
			w.Header().Set("X-Request-Id", id)
			rec := &recorder{ResponseWriter: w, ctl: http.NewResponseController(w)}
			about := &request{id: id}
			defer func() {
				level := zerolog.InfoLevel
				if about.refused.header != "" {
					level = zerolog.WarnLevel
				}
				log.WithLevel(level).Func(about.tellRefused).
					Str("method", short(r.Method)).Str("path", short(r.URL.Path)).
					Int("status", rec.result(r.Context())).Dur("duration", now().Sub(start)).
					Str("request_id", id).Msg("request")
			}()
			next.ServeHTTP(rec, r.WithContext(context.WithValue(r.Context(), requestKey{}, about)))
			rec.unread(r)
		})
	}
}

// recovered turns a panic into a log line and, where nothing is sent yet, into
// an answer without particulars. Otherwise the connection is cut, so that half
// an answer is not taken for a whole one.
func recovered(log zerolog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			p := panics.Catch(func() { next.ServeHTTP(w, r) })
			if p == nil {
				return
			}
			if err, ok := p.Value.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(http.ErrAbortHandler)
			}
			logPanic(r.Context(), log, p, "")
			if rec, ok := w.(*recorder); ok && rec.status != 0 {
				panic(http.ErrAbortHandler)
			}
			edge.WriteError(w, http.StatusInternalServerError, nil, mcp.INTERNAL_ERROR, internal(RequestID(r.Context())).Error())
		})
	}
}

// logPanic writes what ended a handler. what names a tool or a method, where the line of the request
// does not; "" is none.
func logPanic(ctx context.Context, log zerolog.Logger, p *panics.Panic, what string) {
	line := log.Error().Str("request_id", RequestID(ctx)).Str("panic", p.Text()).Bytes("stack", p.Stack)
	if what != "" {
		line = line.Str("tool", what)
	}
	line.Msg("a handler panicked")
}

// chooseID keeps the id a proxy has given, so that both logs can be read
// together, if it is written as ids are. Anything else could be a secret that
// was put into the wrong header; then we make one.
func chooseID(given string) string {
	const longest = 64
	fit := given != "" && len(given) <= longest
	for _, c := range given {
		fit = fit && (c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == '-')
	}
	if fit {
		return given
	}
	var id [8]byte
	_, _ = rand.Read(id[:]) // crypto/rand never fails: it ends the program instead
	return hex.EncodeToString(id[:])
}

// short bounds what a stranger can make us write.
func short(s string) string {
	const longest = 200 // bytes
	return text.Clip(s, longest)
}
