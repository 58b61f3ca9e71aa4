package sandbox

import (
	"heygen-mcp/internal/sandbox/contract"

	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// apiError is an answer with v3's error envelope.
type apiError struct {
	status     int
	code       string
	message    string
	param      string
	retryAfter int                // seconds; 0 sends no header
	problems   []contract.Problem // every fault found, where there is more than one
}

func refuse(status int, code, param, format string, args ...any) *apiError {
	return &apiError{status: status, code: code, param: param, message: fmt.Sprintf(format, args...)}
}

func invalid(param, format string, args ...any) *apiError {
	return refuse(http.StatusBadRequest, "invalid_parameter", param, format, args...)
}

func notFound(code, what string) *apiError {
	return refuse(http.StatusNotFound, code, "", "%s not found.", what)
}

// refusalOf is what a check found as one answer, or nil.
func refusalOf(found []contract.Problem) *apiError {
	if len(found) == 0 {
		return nil
	}
	e := invalid(found[0].Path, "%s", found[0].Message)
	e.problems = found
	return e
}

// at names the field that is to blame.
func (e *apiError) at(param string) *apiError {
	e.param = param
	return e
}

// visit is what the sandbox knows of one request on its way through.
type visit struct {
	entry   *call
	account *account
	oauth   bool   // signed in through OAuth, so billed to the subscription
	fault   *fault // chosen for this request, nil for none
	op      *contract.Operation
	body    []byte // read whole, and JSON has been checked

	replayed bool // the answer is that of an earlier request, and nothing was done
}

type visitKey struct{}

func visitOf(r *http.Request) *visit {
	v, ok := r.Context().Value(visitKey{}).(*visit)
	if !ok {
		return &visit{entry: &call{}} // a control route, which is not recorded
	}
	return v
}

func withVisit(r *http.Request, v *visit) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
}

// page is one page of a list; its members stand beside data in the envelope.
type page struct {
	Data      any     `json:"data"`
	HasMore   bool    `json:"has_more"`
	NextToken *string `json:"next_token"`
}

func writeError(w http.ResponseWriter, e *apiError) {
	body := map[string]any{
		"code":    e.code,
		"message": e.message,
		"param":   nil,
		"doc_url": "https://developers.heygen.com/docs/error-codes#" + strings.ReplaceAll(e.code, "_", "-"),
	}
	if e.param != "" {
		body["param"] = e.param
	}
	if len(e.problems) > 1 {
		body["errors"] = e.problems
	}
	if e.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(e.retryAfter))
	}
	writeJSON(w, e.status, map[string]any{"error": body})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
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

// capture keeps an answer back, to be held, dropped or replayed.
type capture struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newCapture() *capture { return &capture{header: http.Header{}} }

func (c *capture) Header() http.Header { return c.header }

func (c *capture) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
}

func (c *capture) Write(b []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	return c.body.Write(b)
}

// cut sends the first half of a captured answer, under the length of the whole.
func (c *capture) cut(w http.ResponseWriter) {
	maps.Copy(w.Header(), c.header)
	w.Header().Set("Content-Length", strconv.Itoa(c.body.Len()))
	w.WriteHeader(max(c.status, http.StatusOK))
	_, _ = w.Write(c.body.Bytes()[:c.body.Len()/2]) // a client that left is no concern of the sandbox
	_ = http.NewResponseController(w).Flush()       // what was not sent by now, the break would take along
}

// replay sends a captured answer.
func (c *capture) replay(w http.ResponseWriter) {
	maps.Copy(w.Header(), c.header)
	if c.status == 0 {
		c.status = http.StatusOK
	}
	w.WriteHeader(c.status)
	_, _ = w.Write(c.body.Bytes()) // a client that left is no concern of the sandbox
}
