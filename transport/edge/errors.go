package edge

import (
	"encoding/json"
	"net/http"

	"heygen-mcp/internal/jsonrpc"
)

// WriteError answers with a JSON-RPC error. id may be nil.
func WriteError(w http.ResponseWriter, status int, id json.RawMessage, code int, text string) {
	jsonrpc.WriteError(w, status, id, jsonrpc.Error{Code: code, Message: text})
}

// faultBody is the answer to a request that failed.
func faultBody(id json.RawMessage, bad *fault) []byte {
	return jsonrpc.Body(id, jsonrpc.Error{Code: bad.code, Message: bad.text, Data: bad.data})
}
