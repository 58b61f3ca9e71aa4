package auth

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"heygen-mcp/internal/jsonrpc"
	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/peer"
)

const (
	// retryAfter, in seconds, is long enough for a hiccup of HeyGen's and short
	// enough for a user who waits.
	retryAfter = "5"

	rpcInvalidRequest = -32600
	rpcInternal       = -32603
	// rpcUnauthorized is from the range that JSON-RPC leaves to servers, and not
	// among those that MCP has given a meaning.
	rpcUnauthorized = -32001
	// rpcTooMany is from the same range.
	rpcTooMany = -32029
)

// errOpenQuestion stands for a credential that could not be checked now.
var errOpenQuestion = errors.New("HeyGen cannot tell now")

// gate is the middleware of one endpoint.
type gate struct {
	auth     *Auth
	oauth    bool
	below    func(*http.Request) string
	identify func(*http.Request) (identity, error)
}

func (g gate) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = peer.Known(r)
		id, err := g.identify(r)
		if err != nil {
			err = g.auth.counted(r, err)
			g.auth.tellChecked(err)
			g.refuse(w, r, err)
			return
		}
		g.auth.tellChecked(nil)
		id.below, id.described = pathBelow(g.below, r), g.auth.descriptions.Of(r.Host)
		next.ServeHTTP(w, r.WithContext(withIdentity(r.Context(), id)))
	})
}

// identifyDirect takes the credential of the request, once HeyGen has taken it too.
func (a *Auth) identifyDirect(r *http.Request) (identity, error) {
	c, err := presented(r)
	if err == nil {
		err = plausible(c.Secret)
	}
	if err != nil {
		return identity{}, err
	}
	caller, err := a.memory.ask(r.Context(), c, func() error { return a.tooMany(r.Context()) }, func(ctx context.Context) (string, error) {
		// The check needs the credential; whose it is, it finds out.
		return a.check(withIdentity(ctx, newIdentity(c, "")))
	})
	if _, rejected := errors.AsType[RejectedError](err); err == nil || rejected {
		return identity{credential: c, caller: caller}, err
	}
	if _, limited := errors.AsType[*tooManyError](err); limited {
		return identity{}, err
	}
	if r.Context().Err() == nil {
		// The check is not our code: should its error quote the credential, it goes no further.
		a.log.Warn().Ctx(r.Context()).Str("error", strings.ReplaceAll(err.Error(), c.Secret, c.String())).
			Msg("a credential could not be checked with HeyGen")
	}
	return identity{}, errOpenQuestion
}

// refuse answers in place of the next handler. Nothing that the caller sent is
// repeated in the answer.
func (g gate) refuse(w http.ResponseWriter, r *http.Request, err error) {
	busy, isTooMany := errors.AsType[*tooManyError](err)
	switch {
	case errors.Is(err, errAmbiguous):
		writeError(w, http.StatusBadRequest, rpcInvalidRequest,
			"Send one credential: these are two different ones, in Authorization and X-Api-Key or in one of them twice.")
	case isTooMany:
		limit.SetRetryAfter(w.Header(), busy.wait)
		writeError(w, http.StatusTooManyRequests, rpcTooMany, "Too many credentials that are not valid come from your "+
			"address. Try again in "+w.Header().Get("Retry-After")+" seconds, with a valid one.")
	case errors.Is(err, errOpenQuestion):
		w.Header().Set("Retry-After", retryAfter)
		writeError(w, http.StatusServiceUnavailable, rpcInternal,
			"HeyGen could not be asked whether this credential is valid. Try again in "+retryAfter+" seconds.")
	default:
		g.challenge(w, r, err)
	}
}

// challenge answers 401. Its Bearer scheme stands first and alone, because some
// clients read nothing after it. Without OAuth it has no error, which would only
// send clients looking for a way to refresh a token.
func (g gate) challenge(w http.ResponseWriter, r *http.Request, err error) {
	header, failure := "Bearer", `, error="invalid_token"`
	if g.oauth {
		header = g.auth.descriptions.Of(r.Host).challenge(pathBelow(g.below, r))
	}
	message := "This credential is not valid: it may be mistyped, expired or revoked. "
	malformed, isMalformed := errors.AsType[*formError](err)
	switch {
	case isMalformed:
		message = malformed.why + " "
		if failure += `, error_description="` + malformed.why + `"`; !malformed.token {
			failure = "" // RFC 6750 3.1: nor where another way to authenticate was tried
		}
	case errors.Is(err, errMissing):
		message, failure = "A credential is needed. ", ""
		if keyInURL(r) {
			message = whyInURL + " "
		}
	}
	if g.oauth {
		header += failure
	}
	w.Header().Set("WWW-Authenticate", header)
	writeError(w, http.StatusUnauthorized, rpcUnauthorized, message+g.hint(r))
}

// hint says how to get in.
func (g gate) hint(r *http.Request) string {
	switch {
	case g.auth.mode == Single:
		return "Send the token of this server's operator as a bearer token."
	case g.oauth:
		return "Sign in through OAuth, or send a HeyGen API key as a bearer token or in X-Api-Key." +
			g.auth.descriptions.Of(r.Host).keyHint
	case g.auth.mode == Broker:
		return "Send a HeyGen API key in X-Api-Key or as a bearer token, or an access token of this server's as a " +
			"bearer token."
	default:
		return "Send a HeyGen API key in X-Api-Key or as a bearer token, or a HeyGen OAuth access token as a bearer token."
	}
}

// writeError writes a JSON-RPC error without an id, since the request's body was
// not read. Clients of both eras want one: a bare status makes some of them fall
// back to an older protocol.
func writeError(w http.ResponseWriter, status, code int, message string) {
	// Nobody between us may keep an answer that depends on a credential.
	w.Header().Set("Cache-Control", "no-store")
	jsonrpc.WriteError(w, status, nil, jsonrpc.Error{Code: code, Message: message})
}
