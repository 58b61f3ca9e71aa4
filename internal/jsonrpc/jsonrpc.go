// Package jsonrpc writes the errors of JSON-RPC 2.0. It is a leaf: it knows nothing of ours, and
// everything may use it.
package jsonrpc

import (
	"encoding/json"
	"net/http"
)

// Error is what went wrong with a request.
type Error struct {
	// Code is a number that JSON-RPC or MCP has given a meaning, or one of -32000 to -32099.
	Code    int    `json:"code"`
	Message string `json:"message"`
	// Data is anything that JSON can hold; nil leaves it out.
	Data any `json:"data,omitempty"`
}

// Body is the message that answers a request with an error, on one line. Without an id, of a request
// that was not read, the id is null.
func Body(id json.RawMessage, e Error) []byte {
	if len(id) == 0 {
		id = json.RawMessage("null")
	}
	body, err := json.Marshal(struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   Error           `json:"error"`
	}{"2.0", id, e})
	if err != nil { // of data that is no JSON
		return []byte(`{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"internal error"}}`)
	}
	return body
}

// WriteError answers an HTTP request with an error. A refusal always has such a body: clients take a
// bare 400 or 404 for a server of the protocol's older revisions.
func WriteError(w http.ResponseWriter, status int, id json.RawMessage, e Error) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(Body(id, e)) // a write fails when the client has gone
}
