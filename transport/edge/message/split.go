package message

import (
	"encoding/json"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonread"
)

// IsBatch says whether a body is an array.
func IsBatch(body []byte) bool {
	for _, c := range body {
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c == '['
		}
	}
	return false
}

// Split gives the messages of a batch, or says why there is none that could be answered.
func Split(body []byte) (messages []json.RawMessage, bad *Fault) {
	if bad = notUTF8(body); bad != nil {
		return nil, bad
	}
	r := jsonread.New(body)
	r.List(func() { messages = append(messages, r.Raw()) })
	if r.End() != nil {
		return nil, &Fault{Code: mcp.PARSE_ERROR, Text: "the body is not one JSON-RPC message, " +
			"nor a batch of them"}
	}
	if bad = tooComplex(r); bad != nil {
		return nil, bad
	}
	for i, message := range messages {
		_, wrong := Parse(message)
		if wrong == nil {
			return messages, nil
		}
		if i == 0 {
			bad = &Fault{Code: mcp.INVALID_REQUEST, Text: "batches are of JSON-RPC messages, " +
				"and nothing in this one is one: " + wrong.Text}
		}
	}
	return messages, bad
}
