package edge

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
)

const (
	allowed         = "POST, OPTIONS"
	eventStream     = "text/event-stream"
	methodCancelled = "notifications/cancelled"
	methodListen    = "subscriptions/listen"
)

// message is what the edge needs of a JSON-RPC message. It is decoded by the
// same rules as in mcp-go (names in any case, the last of two wins), so that
// both see the same method.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

// request says whether the message asks for an answer.
func (m message) request() bool { return len(m.ID) > 0 && string(m.ID) != "null" }

// fault is a JSON-RPC error that the edge answers with HTTP status 400.
type fault struct {
	code int
	text string
}

// parse reads one message and refuses what mcp-go answers with an empty
// success, a plain text or a delivery to someone else's session.
func parse(body []byte) (message, *fault) {
	var m message
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '[' {
		return m, &fault{mcp.INVALID_REQUEST, "send one message in each POST: batches are not accepted"}
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return message{}, &fault{mcp.PARSE_ERROR, "the body is not one JSON-RPC message"}
	}
	m.ID = plainID(m.ID)
	if m.Method != "" {
		return m, nil
	}
	if m.Result != nil || m.Error != nil {
		return m, &fault{mcp.INVALID_REQUEST, "this server sends no requests, so it takes no responses"}
	}
	return m, &fault{mcp.INVALID_REQUEST, "the message has no method"}
}

// plainID gives an id back only if it may be repeated in an answer: a string or
// a number of sensible length.
func plainID(id json.RawMessage) json.RawMessage {
	const longest = 256
	if len(id) == 0 || len(id) > longest || id[0] == '{' || id[0] == '[' || id[0] == 't' || id[0] == 'f' {
		return nil
	}
	return id
}

// doubled refuses headers that say two things at once: a proxy in front may
// have judged the first and mcp-go would act on the other.
func doubled(h http.Header) *fault {
	for _, name := range []string{mcp.HeaderProtocolVersion, mcp.HeaderMethod, mcp.HeaderName} {
		values := h.Values(name)
		for _, v := range values {
			if v != values[0] {
				return &fault{mcp.HEADER_MISMATCH, "the header " + name + " is given twice with different values"}
			}
		}
	}
	return nil
}
