package message

import (
	"encoding/json"

	"heygen-mcp/internal/jsonrpc"
	"heygen-mcp/internal/text"
)

// Fault is the JSON-RPC error that answers a message.
type Fault struct {
	Code int
	Text string
	Data any
}

// Body is the answer to the request of an id, which may be nil.
func (f *Fault) Body(id json.RawMessage) []byte {
	return jsonrpc.Body(id, jsonrpc.Error{Code: f.Code, Message: f.Text, Data: f.Data})
}

// Clip bounds what is repeated of a client's words.
func Clip(s string) string {
	const longest = 200 // bytes
	return text.Clip(s, longest)
}
