package edge

import (
	"encoding/json"
	"net/http"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/jsonrpc"
	"heygen-mcp/transport/edge/message"
)

// WriteError answers with a JSON-RPC error. id may be nil.
func WriteError(w http.ResponseWriter, status int, id json.RawMessage, code int, text string) {
	jsonrpc.WriteError(w, status, id, jsonrpc.Error{Code: code, Message: text})
}

// refused is a refusal of whoever answers a message.
func refused(r *exchange.Refusal) *message.Fault {
	return &message.Fault{Code: r.Code, Text: r.Message, Data: r.Data}
}
