package sandbox

import (
	"heygen-mcp/internal/sandbox/contract"

	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"
)

// maxBody is a little more than the 32 MB that v3 takes as a file of a form or inline in JSON.
const maxBody = 33 << 20

// endpoint does the work of one operation and says what to answer. It runs after the request was checked against the
// contract and while the sandbox's mutex is held, so it takes no lock and must not wait for anything.
type endpoint func(r *http.Request, v *visit) (any, *apiError)

// route is one operation of v3. What else there is to know of it stands in the contract.
type route struct {
	method, path string
	do           endpoint
}

// mountV3 puts every operation behind what all of them share. The order matters: a fault is chosen after the account is
// known, so that calls can be told apart, and an answer is held inside the idempotency record, so that its key counts as
// in flight for as long as the answer is held.
func (s *Sandbox) mountV3(r chi.Router) error {
	v3 := r.With(s.authenticate, s.permit, s.faulty)
	plain := v3.With(s.hold, s.bend)
	keyed := v3.With(s.idempotent, s.hold, s.bend)
	mounted := map[string]bool{}
	for _, one := range s.v3Routes() {
		name := one.method + " " + one.path
		op := s.contract.Operations[name]
		if op == nil || mounted[name] {
			return fmt.Errorf("sandbox: %s is not in the contract, or is mounted twice", name)
		}
		mounted[name] = true
		to := plain
		if op.Keyed {
			to = keyed
		}
		to.Method(one.method, one.path, s.serve(op, one.do))
	}
	return nil
}

// serve reads and checks a request, has an endpoint do the work, and puts the outcome into v3's envelope.
func (s *Sandbox) serve(op *contract.Operation, do endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		v.op = op
		if apiErr := s.readRequest(r, v); apiErr != nil {
			writeError(w, apiErr)
			return
		}
		answer, apiErr := s.work(r, v, do)
		s.deliveries.Deliver(r.Context()) // what the work brought about, before anybody hears of it
		if apiErr != nil {
			writeError(w, apiErr)
			return
		}
		writeBody(w, max(op.Status, http.StatusOK), answer)
	}
}

// readRequest reads the body before anything is locked, and holds the request against the contract.
func (s *Sandbox) readRequest(r *http.Request, v *visit) *apiError {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return invalid("", "The request body could not be read.")
	}
	if len(raw) > maxBody {
		return refuse(http.StatusRequestEntityTooLarge, "payload_too_large", "", "The request body is too large.")
	}
	v.body = raw
	c := &contract.Checker{Contract: s.contract}
	c.Query(v.op.Query, r.URL.Query())
	if v.op.Body == nil {
		return refusalOf(c.Found)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // so that an integer is told from 1.5 and keeps its digits
	var body any
	if err := dec.Decode(&body); err != nil || dec.More() {
		return invalid("", "The request body is not valid JSON.")
	}
	object, ok := body.(map[string]any)
	if !ok {
		return invalid("", "The request body must be a JSON object.")
	}
	c.Value("", object, v.op.Body)
	return refusalOf(c.Found)
}

// decodeBody fills in a body that has been checked already.
func decodeBody(r *http.Request, into any) *apiError { return decode(visitOf(r).body, into) }

// decode fills in a part of a body that has been checked already.
func decode(raw []byte, into any) *apiError {
	if err := json.Unmarshal(raw, into); err != nil {
		return invalid("", "The request body does not fit: %s.", err)
	}
	return nil
}

// work runs an endpoint alone, and writes its answer down before anybody else may change what it shows.
func (s *Sandbox) work(r *http.Request, v *visit, do endpoint) ([]byte, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v.account.from = &http.Request{Host: r.Host, TLS: r.TLS}
	data, apiErr := do(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	s.calls.set(func() { v.entry.Done = !v.replayed })
	if _, ok := data.(page); !ok {
		data = map[string]any{"data": data}
	}
	answer, err := json.Marshal(data)
	if err != nil {
		return nil, refuse(http.StatusInternalServerError, "internal_error", "", "The answer does not marshal.")
	}
	return answer, nil
}
