package engine

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"heygen-mcp/internal/sandbox/contract"
)

// Detail is one of several faults, of a node of a graph where it names one.
type Detail struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	NodeID  string `json:"node_id,omitempty"`
	Port    string `json:"port,omitempty"`
	Path    string `json:"path,omitempty"`
}

// Error is a refusal in v3's error envelope.
type Error struct {
	Status     int
	Code       string
	Message    string
	Param      string
	RetryAfter int                // seconds; 0 sends no header
	Details    []Detail           // what is wrong with parts of the request, each by itself
	problems   []contract.Problem // every fault found, where there is more than one
}

// Refuse makes an Error. param names the field that is to blame, "" for none.
func Refuse(status int, code, param, format string, args ...any) *Error {
	return &Error{Status: status, Code: code, Param: param, Message: fmt.Sprintf(format, args...)}
}

// Invalid refuses a field with 400 and v3's usual code.
func Invalid(param, format string, args ...any) *Error {
	return Refuse(http.StatusBadRequest, "invalid_parameter", param, format, args...)
}

// NotFound refuses an id with 404. what is the kind of thing, capitalized.
func NotFound(code, what string) *Error {
	return Refuse(http.StatusNotFound, code, "", "%s not found.", what)
}

// refusalOf makes one Error of all problems of a request; nil when there are none.
func refusalOf(found []contract.Problem) *Error {
	if len(found) == 0 {
		return nil
	}
	e := Invalid(found[0].Path, "%s", found[0].Message)
	e.problems = found
	return e
}

// WithParam sets the field that is to blame, and returns the same Error.
func (e *Error) WithParam(param string) *Error {
	e.Param = param
	return e
}

// WriteError sends an Error.
func WriteError(w http.ResponseWriter, e *Error) {
	body := map[string]any{
		"code":    e.Code,
		"message": e.Message,
		"param":   nil,
		"doc_url": "https://developers.heygen.com/docs/error-codes#" + strings.ReplaceAll(e.Code, "_", "-"),
	}
	if e.Param != "" {
		body["param"] = e.Param
	}
	switch {
	case len(e.Details) > 0:
		body["errors"] = e.Details
	case len(e.problems) > 1:
		body["errors"] = e.problems
	}
	if e.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(e.RetryAfter))
	}
	WriteJSON(w, e.Status, map[string]any{"error": body})
}

// WriteJSON sends a value as JSON, without v3's envelope.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "the answer does not marshal", http.StatusInternalServerError)
		return
	}
	writeBody(w, status, body)
}

func writeBody(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // G705: JSON is not rendered; and a client that left is no concern of the sandbox
}

// OrNull is s, or null in JSON for "".
func OrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
