package broker

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"heygen-mcp/auth/pages"
	"heygen-mcp/internal/limit"
)

const (
	// longestForm bounds a form; the largest honest one holds a code, a verifier and a few URLs.
	longestForm  = 32 << 10
	longestQuery = 8 << 10
	// longestWhy bounds a description.
	longestWhy = 300
)

// bufferedResponse is an answer that is looked at before it is sent.
type bufferedResponse struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (c *bufferedResponse) Header() http.Header { return c.header }

func (c *bufferedResponse) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
}

func (c *bufferedResponse) Write(p []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	return c.body.Write(p)
}

// problem is an error as RFC 6749 has it.
type problem struct {
	Code string `json:"error"`
	Why  string `json:"error_description,omitempty"`
}

// bufferResponse runs a handler and keeps its answer.
func bufferResponse(h http.Handler, r *http.Request) *bufferedResponse {
	c := &bufferedResponse{header: http.Header{}}
	h.ServeHTTP(c, r)
	c.WriteHeader(http.StatusOK)
	return c
}

// formOnly guards an endpoint of the library's that takes forms. The library would read parameters from the query too,
// where secrets end up in logs, and would take a GET; it would take the last of two values where RFC 6749 wants a
// refusal; it answers invalid_client with 400, lets errors be stored, and tells what went wrong inside.
func (b *Broker) formOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.anyPage(w, "POST, OPTIONS")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Pragma", "no-cache")
		switch {
		case r.Method == http.MethodOptions:
			w.WriteHeader(http.StatusNoContent)
			return
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", "POST, OPTIONS")
			writeProblem(w, http.StatusMethodNotAllowed, problem{"invalid_request", "send the parameters in the body of a POST"})
			return
		case r.URL.RawQuery != "":
			writeProblem(w, http.StatusBadRequest, problem{"invalid_request", "send the parameters in the body, not in the address"})
			return
		}
		if why := readForm(w, r); why != "" {
			writeProblem(w, http.StatusBadRequest, problem{"invalid_request", why})
			return
		}
		if why := b.grantType(r); why != "" {
			writeProblem(w, http.StatusBadRequest, problem{string(oidc.UnsupportedGrantType), why})
			return
		}
		r, wait := withLater(r)
		answer := bufferResponse(next, r)
		if answer.status < http.StatusBadRequest {
			maps.Copy(w.Header(), answer.header)
			w.WriteHeader(answer.status)
			_, _ = w.Write(answer.body.Bytes()) // the client has gone; there is nobody to tell
			return
		}
		status, p := readProblem(answer)
		if isFailure(p.Code) {
			// Counted afterwards, so that whoever shows the right thing is served though others at their address do not.
			if wait.wait = b.limits.take(r.Context(), b.limits.failures); wait.wait > 0 {
				p = problem{temporarilyUnavailable, "too many requests fail; try again in a moment"}
			}
		}
		if wait.wait > 0 {
			status = http.StatusTooManyRequests
			limit.SetRetryAfter(w.Header(), wait.wait)
		}
		if p.Code == string(oidc.InvalidClient) {
			status = http.StatusUnauthorized
			w.Header().Set("WWW-Authenticate", `Basic realm="client"`)
		}
		writeProblem(w, status, p)
	})
}

// readProblem takes an error out of an answer of the library's.
func readProblem(answer *bufferedResponse) (int, problem) {
	var p problem
	if err := json.Unmarshal(answer.body.Bytes(), &p); err != nil || p.Code == "" || answer.status >= http.StatusInternalServerError {
		return http.StatusInternalServerError, problem{string(oidc.ServerError), "this server failed; try again"}
	}
	if p.Code == string(oidc.ServerError) { // what it says is an error of Go's
		return http.StatusBadRequest, problem{"invalid_request", "the request cannot be read"}
	}
	p.Why = describable(p.Why)
	return answer.status, p
}

// describable keeps to the characters that RFC 6749 allows in a description, some of which may be a caller's.
func describable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '\''
		}
		return r
	}, s)
	return s[:min(len(s), longestWhy)]
}

func writeProblem(w http.ResponseWriter, status int, p problem) {
	p.Why = describable(p.Why)
	writeJSON(w, status, p)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // the client has gone; there is nobody to tell
}

// anyPage lets pages of every origin call, without cookies: what is here is for whoever has the right words. The
// library's own policy would allow cookies too.
func (b *Broker) anyPage(w http.ResponseWriter, methods string) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", methods)
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version")
	h.Set("Access-Control-Max-Age", "600")
}

// trustKey is under what the context of an authorization request has a *bool: whether the client may be redirected to
// before the person has seen it.
type trustKey struct{}

// pageOnly guards the authorization endpoint, which a person's browser opens: what cannot be sent back to the client is
// shown on a page. So is every error for a client that is neither known nor the operator's: anybody can register, so that
// this server would otherwise redirect whoever follows a link to wherever its author likes (RFC 9700 4.11.2).
func (b *Broker) pageOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.Header().Set("Allow", "GET")
			b.message(w, http.StatusMethodNotAllowed, "This address is for browsers", "Open it with GET.")
			return
		}
		q, why := readQuery(r.URL.RawQuery)
		if why != "" {
			b.showAuthorizeError(w, http.StatusBadRequest, why)
			return
		}
		trusted := false
		r = r.Clone(context.WithValue(r.Context(), trustKey{}, &trusted))
		r.URL.RawQuery = q.Encode()
		r, wait := withLater(r)
		answer := bufferResponse(next, r)
		if wait.wait > 0 { // the library would redirect some errors to the client, which cannot show a person what to do
			b.showBusy(w, (*busyError)(wait))
			return
		}
		if answer.status >= http.StatusBadRequest {
			status, p := readProblem(answer)
			b.showAuthorizeError(w, status, p.Why)
			return
		}
		if to := answer.header.Get("Location"); !trusted && !strings.HasPrefix(to, b.url("/oauth/")) {
			b.showUntrustedError(w, to)
			return
		}
		maps.Copy(w.Header(), answer.header)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.WriteHeader(answer.status) // a redirect; the body that Go adds to it repeats the address, and is left out
	})
}

// showUntrustedError shows the error that a redirect would have told a client.
func (b *Broker) showUntrustedError(w http.ResponseWriter, to string) {
	u, err := url.Parse(to)
	if err != nil {
		b.showAuthorizeError(w, http.StatusBadRequest, "the request cannot be answered")
		return
	}
	q := u.Query()
	b.showAuthorizeError(w, http.StatusBadRequest, describable(q.Get(errorMark)+": "+q.Get("error_description")))
}

// showAuthorizeError says why a sign-in cannot even begin.
func (b *Broker) showAuthorizeError(w http.ResponseWriter, status int, why string) {
	b.show(w, status, pages.Message, pages.MessageView{
		Title:  "This sign-in cannot go on",
		Text:   "The program that sent you here made a request that this server cannot answer. Go back to it and try to connect again; if that does not help, tell its makers what stands below.",
		Detail: why,
	}, false)
}

// message shows a page with something to read.
func (b *Broker) message(w http.ResponseWriter, status int, title, text string) {
	b.show(w, status, pages.Message, pages.MessageView{Title: title, Text: text}, false)
}

// show writes a page.
func (b *Broker) show(w http.ResponseWriter, status int, p pages.Page, view any, openForm bool) {
	if err := b.pages.Write(w, status, p, view, openForm); err != nil {
		b.cfg.Log.Error().Err(err).Msg("a page failed")
	}
}
