// Package message reads one message of JSON-RPC as MCP has it and says what is wrong with it: what is no message, what
// is longer or deeper than any message has reason to be, what its headers and its body say differently, and what a
// method's params lack. What it finds is a Fault, which is the error that answers the message.
//
// It decodes a message as mcp-go does, which may be given it next. What becomes of a message, which tools there are and
// how an answer is sent it does not know.
//
// Reading order: message.go (the message, and what Parse refuses of any), fast_parse.go (the usual spelling, read in
// one pass), shape.go and era.go (what is refused of a call, and of a message of either era), bounds.go (how long what
// may be).
package message

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonread"
)

// maxMethod is twice the longest name of a method that MCP has. mcp-go v1.2.1 gives
// an unknown one back whole, and the message may be a megabyte.
const maxMethod = 64

// Message is what the edge needs of a JSON-RPC message. It is decoded by the
// same rules as in mcp-go (names in any case, the last of two wins), so that
// both see the same method.
type Message struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  Params          `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   json.RawMessage `json:"error"`

	badParams bool   // Params are not those of a tools/call
	halfPair  *Fault // half of a surrogate pair stands in one of its strings
}

// Params are those of the methods that the edge answers, and what it must know of
// others. The rest is mcp-go's affair.
type Params struct {
	Name           string          `json:"name"`
	TaskID         string          `json:"taskId"`
	Notifications  json.RawMessage `json:"notifications"`
	Arguments      json.RawMessage `json:"arguments"`
	InputResponses json.RawMessage `json:"inputResponses"`
	RequestState   string          `json:"requestState"`
	ClientInfo     json.RawMessage `json:"clientInfo"`   // of initialize
	Capabilities   json.RawMessage `json:"capabilities"` // likewise
	Cursor         json.RawMessage `json:"cursor"`
	Meta           Meta            `json:"_meta"`
}

// Meta are the members of _meta that concern a tools/call.
type Meta struct {
	Version       string          `json:"io.modelcontextprotocol/protocolVersion"`
	Capabilities  json.RawMessage `json:"io.modelcontextprotocol/clientCapabilities"`
	LogLevel      string          `json:"io.modelcontextprotocol/logLevel"`
	ProgressToken json.RawMessage `json:"progressToken"`
	ClientInfo    json.RawMessage `json:"io.modelcontextprotocol/clientInfo"`
	TraceParent   json.RawMessage `json:"traceparent"`
}

// IsRequest says whether the message asks for an answer.
func (m Message) IsRequest() bool { return len(m.ID) > 0 }

// HalfPair refuses a message with half of a surrogate pair in one of its strings. Parse has taken it, since the status
// of this refusal depends on the era of its sender.
func (m Message) HalfPair() *Fault { return m.halfPair }

// Parse reads one message and refuses what mcp-go v1.2.1 answers with an empty
// success, a plain text or a delivery to someone else's session, and an id that
// it would give back whatever it is.
func Parse(body []byte) (Message, *Fault) {
	var m Message
	if bad := notUTF8(body); bad != nil {
		if id, _ := Head(body); utf8.Valid(id) {
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
	if bad := tooComplex(r); bad != nil {
		return m, bad
	}
	if ok {
		m = read
	} else if err := json.Unmarshal(body, &m); err != nil {
		shape, ok := errors.AsType[*json.UnmarshalTypeError](err)
		if !ok || shape.Field != "params" && !strings.HasPrefix(shape.Field, "params.") {
			return Message{}, &Fault{Code: mcp.PARSE_ERROR, Text: "the body is not one JSON-RPC message"}
		}
		m.badParams = true
	}
	if at, found := r.HalfPair(); found {
		m.halfPair = halfPair(body, at)
	}
	if IsNull(m.ID) {
		// Some clients write an id into notifications too, which nothing waits for.
		if m.ID = nil; m.Method != "" && !strings.HasPrefix(m.Method, "notifications/") {
			return m, &Fault{Code: mcp.INVALID_REQUEST,
				Text: "the id of a request must not be null: give it a string or a number"}
		}
	}
	if !scalarID(m.ID) {
		m.ID = nil
		return m, &Fault{Code: mcp.INVALID_REQUEST, Text: fmt.Sprintf("the id must be a string or a number of at most %d bytes", maxRepeated)}
	}
	if len(m.Method) > maxMethod {
		return m, &Fault{Code: mcp.INVALID_REQUEST, Text: fmt.Sprintf("the name of the method is longer than %d bytes: there is no such method", maxMethod)}
	}
	if m.Method != "" {
		return m, nil
	}
	if m.Result != nil || m.Error != nil {
		return m, &Fault{Code: mcp.INVALID_REQUEST, Text: "this server sends no requests, so it takes no responses"}
	}
	return m, &Fault{Code: mcp.INVALID_REQUEST, Text: "the message has no method"}
}

// Detach copies what is kept of a message while it is answered, where that is little of a long body: a part
// of the body would keep all of it.
func (m *Message) Detach(body []byte) {
	const least = 4 << 10 // less is not worth the work
	kept := []*json.RawMessage{&m.ID, &m.Params.Meta.ProgressToken, &m.Params.Notifications, &m.Params.Arguments,
		&m.Params.InputResponses, &m.Params.Cursor, &m.Params.Capabilities, &m.Params.Meta.Capabilities, &m.Params.Meta.ClientInfo}
	m.Result, m.Error = nil, nil
	m.Params.ClientInfo, m.Params.Meta.TraceParent = nil, nil // read by program and traceParent
	size := 0
	for _, raw := range kept {
		size += len(*raw)
	}
	if len(body) < least || size > len(body)/2 {
		return
	}
	for _, raw := range kept {
		*raw = bytes.Clone(*raw)
	}
}
