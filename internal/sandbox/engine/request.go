package engine

import (
	"context"
	"net/http"

	"heygen-mcp/internal/sandbox/contract"
)

// Request is what is known of one request while it is served.
type Request struct {
	entry   *call
	Account *Account
	OAuth   bool   // signed in through OAuth, so billed to the subscription
	fault   *fault // chosen for this request, nil for none
	op      *contract.Operation
	Body    []byte // read whole, and JSON has been checked

	// Key is the Idempotency-Key where the operation keeps it with what it makes.
	Key string

	stream   Stream // answers in place of a body, nil for none
	Replayed bool   // the answer is that of an earlier request, and nothing was done
}

type requestKey struct{}

func requestOf(r *http.Request) *Request {
	v, ok := r.Context().Value(requestKey{}).(*Request)
	if !ok {
		return &Request{entry: &call{}} // a control route, which is not recorded
	}
	return v
}

func withRequest(r *http.Request, v *Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), requestKey{}, v))
}
