// Package protocol reads parameters and writes answers as OAuth has them (RFC 6749), where the
// library does otherwise. It owns their form and their bounds, and knows neither clients nor
// tokens.
package protocol

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"
)

// longestDescription bounds a description.
const longestDescription = 300

// Problem is an error as RFC 6749 has it.
type Problem struct {
	Code string `json:"error"`
	Why  string `json:"error_description,omitempty"`
}

// ReadProblem takes an error out of an answer of the library's.
func ReadProblem(answer *BufferedResponse) (int, Problem) {
	var p Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil || p.Code == "" ||
		answer.Status >= http.StatusInternalServerError {
		return http.StatusInternalServerError, Problem{
			string(oidc.ServerError), "this server failed; try again",
		}
	}
	if p.Code == string(oidc.ServerError) { // what it says is an error of Go's
		return http.StatusBadRequest, Problem{"invalid_request", "the request cannot be read"}
	}
	p.Why = Describable(p.Why)
	return answer.Status, p
}

// Describable keeps to the characters that RFC 6749 allows in a description, some of which may be a
// caller's.
func Describable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '\''
		}
		return r
	}, s)
	return s[:min(len(s), longestDescription)]
}

// WriteProblem answers with an error of OAuth's.
func WriteProblem(w http.ResponseWriter, status int, p Problem) {
	p.Why = Describable(p.Why)
	WriteJSON(w, status, p)
}

// WriteJSON answers with JSON.
func WriteJSON(w http.ResponseWriter, status int, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // the client has gone; there is nobody to tell
}

// AllowAnyOrigin lets pages of every origin call, without cookies: the endpoints answer whoever
// sends the right token. The library's own policy would allow cookies too.
func AllowAnyOrigin(w http.ResponseWriter, methods string) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", methods)
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version")
	h.Set("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate")
	h.Set("Access-Control-Max-Age", "600")
}
