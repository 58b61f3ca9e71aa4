package edge

import (
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
)

// WriteError answers with a JSON-RPC error. A refusal always has such a body:
// clients of both eras take a bare 400 or 404 for a server of the older one.
func WriteError(w http.ResponseWriter, status int, id json.RawMessage, code int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// A write fails when the client has gone: nobody is left to tell.
	_, _ = w.Write(append(faultBody(id, &fault{code: code, text: text}), '\n'))
}

// faultBody is a JSON-RPC error on one line; without an id it has the id null.
func faultBody(id json.RawMessage, bad *fault) []byte {
	if len(id) == 0 {
		id = json.RawMessage("null")
	}
	body, err := json.Marshal(struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   faultFields     `json:"error"`
	}{mcp.JSONRPC_VERSION, id, faultFields{bad.code, bad.text, bad.data}})
	if err != nil {
		return []byte(`{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"internal error"}}`)
	}
	return body
}

// faultFields are the members of a JSON-RPC error.
type faultFields struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    any    `json:"data,omitempty"`
}
