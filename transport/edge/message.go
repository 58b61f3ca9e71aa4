package edge

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
)

const (
	eventStream     = "text/event-stream"
	methodCall      = "tools/call"
	methodList      = "tools/list"
	methodCancelled = "notifications/cancelled"
	methodListen    = "subscriptions/listen"
	methodTask      = "tasks/get"
	methodUpdate    = "tasks/update"
	methodCancel    = "tasks/cancel"
)

// longestMethod is twice the longest name of a method that MCP has. mcp-go v1.2.1 gives
// an unknown one back whole, and the message may be a megabyte.
const longestMethod = 64

// message is what the edge needs of a JSON-RPC message. It is decoded by the
// same rules as in mcp-go (names in any case, the last of two wins), so that
// both see the same method.
type message struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  params          `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   json.RawMessage `json:"error"`

	misshapen bool // Params are not those of a tools/call
}

// params are those of the methods that the edge answers, and what it must know of
// others. The rest is mcp-go's affair.
type params struct {
	Name           string          `json:"name"`
	TaskID         string          `json:"taskId"`
	Notifications  json.RawMessage `json:"notifications"`
	Arguments      json.RawMessage `json:"arguments"`
	InputResponses json.RawMessage `json:"inputResponses"`
	RequestState   string          `json:"requestState"`
	Cursor         json.RawMessage `json:"cursor"`
	Meta           meta            `json:"_meta"`
}

// meta are the members of _meta that concern a tools/call.
type meta struct {
	Version       string          `json:"io.modelcontextprotocol/protocolVersion"`
	Capabilities  json.RawMessage `json:"io.modelcontextprotocol/clientCapabilities"`
	LogLevel      string          `json:"io.modelcontextprotocol/logLevel"`
	ProgressToken json.RawMessage `json:"progressToken"`
}

// readBody reads a body into memory of the length that the client states. That is a claim until the bytes
// have come, so no more than a usual message is made room for.
func readBody(r *http.Request) ([]byte, error) {
	const usual = 8 << 10
	room := min(max(r.ContentLength, 0), usual) + bytes.MinRead // which the buffer wants free to see the end
	b := bytes.NewBuffer(make([]byte, 0, room))
	_, err := b.ReadFrom(r.Body)
	return b.Bytes(), err
}

// request says whether the message asks for an answer.
func (m message) request() bool { return len(m.ID) > 0 }

// fault is a JSON-RPC error in the making.
type fault struct {
	code int
	text string
	data any
}

// parse reads one message and refuses what mcp-go v1.2.1 answers with an empty
// success, a plain text or a delivery to someone else's session, and an id that
// it would give back whatever it is.
func parse(body []byte) (message, *fault) {
	var m message
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '[' {
		return m, &fault{code: mcp.INVALID_REQUEST, text: "send one message in each POST: batches are not accepted"}
	}
	if read, ok := quick(body); ok {
		m = read
	} else if err := json.Unmarshal(body, &m); err != nil {
		shape, ok := errors.AsType[*json.UnmarshalTypeError](err)
		if !ok || shape.Field != "params" && !strings.HasPrefix(shape.Field, "params.") {
			return message{}, &fault{code: mcp.PARSE_ERROR, text: "the body is not one JSON-RPC message"}
		}
		m.misshapen = true
	}
	if isNull(m.ID) {
		m.ID = nil
	}
	if !plain(m.ID) {
		m.ID = nil
		return m, &fault{code: mcp.INVALID_REQUEST, text: "the id must be a string or a number, and short"}
	}
	if len(m.Method) > longestMethod {
		return m, &fault{code: mcp.INVALID_REQUEST, text: "there is no such method: " + clip(m.Method)}
	}
	if m.Method != "" {
		return m, nil
	}
	if m.Result != nil || m.Error != nil {
		return m, &fault{code: mcp.INVALID_REQUEST, text: "this server sends no requests, so it takes no responses"}
	}
	return m, &fault{code: mcp.INVALID_REQUEST, text: "the message has no method"}
}

// plain says whether a value of the client's, if there is one, may be repeated
// in what we send: a string or a number of sensible length.
func plain(raw json.RawMessage) bool {
	const longest = 256
	if len(raw) == 0 {
		return true
	}
	return len(raw) <= longest && (raw[0] == '"' || raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9')
}

// rounded says whether mcp-go v1.2.1 would answer to another id than the one that
// was sent: it reads numbers as floating-point ones.
func rounded(id json.RawMessage) bool {
	const exact = 1 << 53 // below it every whole number is one
	if len(id) == 0 || id[0] == '"' {
		return false
	}
	n, err := strconv.ParseFloat(string(id), 64)
	return err != nil || n >= exact || n <= -exact
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// doubled refuses headers that say two things at once: a proxy in front may
// have judged the last, and mcp-go v1.2.1 acts on the first.
func doubled(h http.Header) *fault {
	for _, name := range []string{mcp.HeaderProtocolVersion, mcp.HeaderMethod, mcp.HeaderName} {
		values := h.Values(name)
		for _, v := range values {
			if v != values[0] {
				return &fault{code: mcp.HEADER_MISMATCH, text: "the header " + name + " is given twice with different values"}
			}
		}
	}
	return nil
}

// clip bounds what is repeated of a client's words.
func clip(s string) string {
	const longest = 200
	if len(s) > longest {
		return strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return s
}
