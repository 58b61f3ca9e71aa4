package edge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/transport/edge/message"
)

// maxAnswer bounds, in bytes, every answer of mcp-go's. Results of tools are bounded by what HeyGen answers.
const maxAnswer = 1 << 20

// rewriteBuffered is an answer of mcp-go's as it is sent: JSON on one line, or, of a plain text, in
// which v1.2.1 refuses an unknown version, a JSON-RPC error. What it repeats of the client's words is
// clipped, and an answer that is still longer than maxAnswer is replaced by an error.
func rewriteBuffered(id json.RawMessage, status int, body []byte) []byte {
	data := oneLineJSON(body)
	if len(data) == 0 {
		text := message.Clip(strings.TrimSpace(string(body)))
		if text == "" {
			text = http.StatusText(status)
		}
		data = (&message.Fault{Code: mcp.INVALID_REQUEST, Text: text}).Body(id)
	}
	if bytes.Contains(data, []byte(`"error"`)) {
		data = clipError(data)
	}
	if len(data) > maxAnswer {
		data = (&message.Fault{Code: mcp.INVALID_PARAMS,
			Text: fmt.Sprintf("the answer would be longer than %d bytes: ask for less, or with shorter arguments", maxAnswer)}).Body(id)
	}
	return data
}

// oneLineJSON is JSON on one line and no longer than need be; nothing where body is no JSON. It
// changes body.
func oneLineJSON(body []byte) []byte {
	data := bytes.TrimSpace(body)
	if !json.Valid(data) {
		return nil
	}
	if bytes.ContainsAny(data, "\r\n") {
		var line bytes.Buffer
		if json.Compact(&line, data) != nil {
			return nil
		}
		data = line.Bytes()
	}
	data = unescape(data)
	const little = 4 << 10
	if len(data) > little && cap(data) > 2*len(data) {
		data = bytes.Clone(data)
	}
	return data
}

// unescape spells, in place, the characters of JSON as themselves that encoding/json escapes for the sake of
// HTML, in which no answer is shown. Each is one byte that it makes six of.
func unescape(data []byte) []byte {
	const length = len(`\u003c`)
	plain := data[:0]
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' || i+1 == len(data) {
			plain = append(plain, data[i])
			continue
		}
		escape := ""
		if i+length <= len(data) {
			escape = string(data[i : i+length])
		}
		switch escape {
		case `\u003c`:
			plain = append(plain, '<')
		case `\u003e`:
			plain = append(plain, '>')
		case `\u0026`:
			plain = append(plain, '&')
		default:
			plain = append(plain, data[i], data[i+1])
			i++
			continue
		}
		i += length - 1
	}
	return plain
}

// clipError bounds the message of a JSON-RPC error.
func clipError(data []byte) []byte {
	var reply struct {
		ID    json.RawMessage `json:"id"`
		Error *struct {
			Code    int             `json:"code"`
			Message string          `json:"message"`
			Data    json.RawMessage `json:"data"`
		} `json:"error"`
	}
	if json.Unmarshal(data, &reply) != nil || reply.Error == nil || message.Clip(reply.Error.Message) == reply.Error.Message {
		return data
	}
	bad := &message.Fault{Code: reply.Error.Code, Text: message.Clip(reply.Error.Message)}
	if len(reply.Error.Data) > 0 {
		bad.Data = reply.Error.Data
	}
	return bad.Body(reply.ID)
}
