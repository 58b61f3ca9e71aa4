package edge

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/mark3labs/mcp-go/mcp"
)

// What the edge itself says on a response, where mcp-go says nothing.

// notify sends a notification as an event, which makes the response a stream.
// After the answer there is nothing more to say.
func (w *writer) notify(method string, params any) {
	type notification struct {
		JSONRPC string `json:"jsonrpc"`
		Method  string `json:"method"`
		Params  any    `json:"params"`
	}
	data, err := json.Marshal(notification{mcp.JSONRPC_VERSION, method, params})
	if err != nil {
		return // it could not be told to anyone
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.upgrade()
	w.resetTimer()
	w.event(data)
}

// answer sends the one reply of ours, as JSON or as the last event, and ends the response. The parts are
// sent as one.
func (w *writer) answer(status int, parts ...[]byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.close()
	if w.upgraded {
		w.event(bytes.Join(parts, nil))
		return
	}
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	h := w.out.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(length))
	w.out.WriteHeader(status)
	for _, part := range parts {
		_, _ = w.out.Write(part) //nolint:gosec // G705: JSON, which no browser renders; a write fails when the client has gone
	}
}
