package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/contract"
)

// maxBody is a little more than the 32 MB that v3 takes as a file of a form or inline in JSON.
const maxBody = 33 << 20

// Endpoint does the work of one operation and says what to answer. It runs after the request was
// checked against the contract and while the lock of the engine is held, so it takes no lock and must
// not wait for anything.
type Endpoint func(r *http.Request, v *Request) (any, *Error)

// Answer is a success with a status of its own, where one operation has two.
type Answer struct {
	Status int
	Data   any
}

// Route is one operation of v3. What else there is to know of it stands in the contract.
type Route struct {
	Method, Path string
	do           Endpoint
	exact        bool
}

// On is a route of v3.
func On(method, path string, do Endpoint) Route { return Route{Method: method, Path: path, do: do} }

// ExactKey is the route under the rule of workflows for the Idempotency-Key: a repeat with another
// body is a conflict, and a replay answers 200.
func (r Route) ExactKey() Route {
	r.exact = true
	return r
}

// mountV3 puts every operation behind what all of them share. The order matters: a fault is chosen
// after the account is known, so that calls can be told apart, and an answer is held inside the
// idempotency record, so that its key counts as in flight for as long as the answer is held.
func (e *Engine) mountV3(r chi.Router, routes []Route) error {
	mounted := map[string]bool{}
	for _, one := range routes {
		name := one.Method + " " + one.Path
		op := e.Contract.Operations[name]
		if op == nil || mounted[name] {
			return fmt.Errorf("%s is not in the contract, or is mounted twice", name)
		}
		mounted[name] = true
		to := r.With(declare(op), e.authenticate, e.permit, e.faulty)
		switch {
		case op.Durable:
			to = to.With(durable)
		case op.Keyed:
			to = to.With(e.idempotent(one.exact))
		}
		to.With(e.hold, e.bend).Method(one.Method, one.Path, e.serve(one.do))
	}
	return nil
}

// declare notes the operation of a request, before anything else of v3 looks at it.
func declare(op *contract.Operation) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requestOf(r).op = op
			next.ServeHTTP(w, r)
		})
	}
}

// serve reads and checks a request, has an endpoint do the work, and puts the outcome into v3's
// envelope.
func (e *Engine) serve(do Endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := requestOf(r)
		if apiErr := e.readRequest(r, v); apiErr != nil {
			WriteError(w, apiErr)
			return
		}
		status, answer, apiErr := e.work(r, v, do)
		e.Deliveries.Deliver(r.Context()) // what the work brought about, before anybody hears of it
		if apiErr != nil {
			WriteError(w, apiErr)
			return
		}
		if v.stream != nil {
			e.writeStream(w, r, v.stream)
			return
		}
		writeBody(w, max(status, http.StatusOK), answer)
	}
}

// readRequest reads the body before anything is locked, and holds the request against the contract.
func (e *Engine) readRequest(r *http.Request, v *Request) *Error {
	raw, apiErr := readBody(r)
	if apiErr != nil {
		return apiErr
	}
	v.Body = raw
	c := &contract.Checker{Contract: e.Contract}
	c.Query(v.op.Query, r.URL.Query())
	if v.op.Body == nil {
		return refusalOf(c.Found)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // so that an integer is told from 1.5 and keeps its digits
	var body any
	if err := dec.Decode(&body); err != nil || dec.More() {
		return Invalid("", "The request body is not valid JSON.")
	}
	object, ok := body.(map[string]any)
	if !ok {
		return Invalid("", "The request body must be a JSON object.")
	}
	c.Value("", object, v.op.Body)
	return refusalOf(c.Found)
}

// readBody reads a body up to maxBody.
func readBody(r *http.Request) ([]byte, *Error) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, Invalid("", "The request body could not be read.")
	}
	if len(raw) > maxBody {
		return nil, Refuse(http.StatusRequestEntityTooLarge, "payload_too_large", "", "The request body is too large.")
	}
	return raw, nil
}

// DecodeBody fills in a body that has been checked already.
func DecodeBody(r *http.Request, into any) *Error { return Decode(requestOf(r).Body, into) }

// Decode fills in a part of a body that has been checked already.
func Decode(raw []byte, into any) *Error {
	if err := json.Unmarshal(raw, into); err != nil {
		return Invalid("", "The request body does not fit: %s.", err)
	}
	return nil
}

// work runs an endpoint alone, and writes its answer down before anybody else may change what it
// shows.
func (e *Engine) work(r *http.Request, v *Request, do Endpoint) (int, []byte, *Error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	v.Account.From = &http.Request{Host: r.Host, TLS: r.TLS}
	data, apiErr := do(r, v)
	if apiErr != nil {
		return 0, nil, apiErr
	}
	e.calls.set(func() { v.entry.Done = !v.Replayed })
	if stream, ok := data.(Stream); ok {
		v.stream = stream
		return 0, nil, nil
	}
	status := v.op.Status
	if own, ok := data.(Answer); ok {
		status, data = own.Status, own.Data
	}
	if _, ok := data.(Page); !ok {
		data = map[string]any{"data": data}
	}
	answer, err := json.Marshal(data)
	if err != nil {
		return 0, nil, Refuse(http.StatusInternalServerError, "internal_error", "", "The answer does not marshal.")
	}
	return status, answer, nil
}
