package edge

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/text"
)

const (
	eventStream     = "text/event-stream"
	methodCall      = "tools/call"
	methodBegin     = "initialize"
	methodList      = "tools/list"
	methodCancelled = "notifications/cancelled"
	methodListen    = "subscriptions/listen"
	methodTask      = "tasks/get"
	methodUpdate    = "tasks/update"
	methodCancel    = "tasks/cancel"
	methodPrompt    = "prompts/get"
)

// maxMethod is twice the longest name of a method that MCP has. mcp-go v1.2.1 gives
// an unknown one back whole, and the message may be a megabyte.
const maxMethod = 64

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

	badParams bool   // Params are not those of a tools/call
	halfPair  *fault // half of a surrogate pair stands in one of its strings
	end       *ending
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
	ClientInfo     json.RawMessage `json:"clientInfo"`   // of initialize
	Capabilities   json.RawMessage `json:"capabilities"` // likewise
	Cursor         json.RawMessage `json:"cursor"`
	Meta           meta            `json:"_meta"`
}

// meta are the members of _meta that concern a tools/call.
type meta struct {
	Version       string          `json:"io.modelcontextprotocol/protocolVersion"`
	Capabilities  json.RawMessage `json:"io.modelcontextprotocol/clientCapabilities"`
	LogLevel      string          `json:"io.modelcontextprotocol/logLevel"`
	ProgressToken json.RawMessage `json:"progressToken"`
	ClientInfo    json.RawMessage `json:"io.modelcontextprotocol/clientInfo"`
	TraceParent   json.RawMessage `json:"traceparent"`
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
	if bad := notUTF8(body); bad != nil {
		if id, _ := head(body); utf8.Valid(id) {
			m.ID = id
		}
		return m, bad
	}
	r := jsonread.New(body)
	read, ok := fastParse(r)
	if !ok {
		r = jsonread.New(body)
		r.Raw() // what is wrong with it is said by whoever decodes it
	}
	if bad := tooComplex(r, body, true); bad != nil {
		return m, bad
	}
	if ok {
		m = read
	} else if err := json.Unmarshal(body, &m); err != nil {
		shape, ok := errors.AsType[*json.UnmarshalTypeError](err)
		if !ok || shape.Field != "params" && !strings.HasPrefix(shape.Field, "params.") {
			return message{}, &fault{code: mcp.PARSE_ERROR, text: "the body is not one JSON-RPC message"}
		}
		m.badParams = true
	}
	if at, found := r.HalfPair(); found {
		m.halfPair = halfPair(body, at)
	}
	if isNull(m.ID) {
		// Some clients write an id into notifications too, which nothing waits for.
		if m.ID = nil; m.Method != "" && !strings.HasPrefix(m.Method, "notifications/") {
			return m, &fault{code: mcp.INVALID_REQUEST,
				text: "the id of a request must not be null: give it a string or a number"}
		}
	}
	if !scalarID(m.ID) {
		m.ID = nil
		return m, &fault{code: mcp.INVALID_REQUEST, text: fmt.Sprintf("the id must be a string or a number of at most %d bytes", maxRepeated)}
	}
	if len(m.Method) > maxMethod {
		return m, &fault{code: mcp.INVALID_REQUEST, text: fmt.Sprintf("the name of the method is longer than %d bytes: there is no such method", maxMethod)}
	}
	if m.Method != "" {
		return m, nil
	}
	if m.Result != nil || m.Error != nil {
		return m, &fault{code: mcp.INVALID_REQUEST, text: "this server sends no requests, so it takes no responses"}
	}
	return m, &fault{code: mcp.INVALID_REQUEST, text: "the message has no method"}
}

// maxRepeated bounds, in bytes, what every message about a request repeats: its id and its progress
// token.
const maxRepeated = 256

// scalarID says whether a value of the client's, if there is one, may be repeated
// in what we send: a string or a number of sensible length.
func scalarID(raw json.RawMessage) bool {
	if len(raw) == 0 {
		return true
	}
	return len(raw) <= maxRepeated && (raw[0] == '"' || raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9')
}

// lossyID says whether mcp-go v1.2.1 would answer to another id than the one that
// was sent: it reads numbers as floating-point ones.
func lossyID(id json.RawMessage) bool {
	const exact = 1 << 53 // below it every whole number is one
	if len(id) == 0 || id[0] == '"' {
		return false
	}
	n, err := strconv.ParseFloat(string(id), 64)
	return err != nil || n >= exact || n <= -exact
}

// clip bounds what is repeated of a client's words.
func clip(s string) string {
	const longest = 200 // bytes
	return text.Clip(s, longest)
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// conflictingHeader refuses headers that say two things at once: a proxy in front may
// have judged the last, and mcp-go v1.2.1 acts on the first.
func conflictingHeader(h http.Header) *fault {
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
