package edge

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"

	"heygen-mcp/internal/jsonwrite"
)

// progress tells a client how far its call is. It is written by hand: of thousands of calls that wait, each tells it
// again and again, and little else is done for them.
func (e *Edge) progress(out *replyStream, token json.RawMessage, done, total float64, message string) {
	b := e.buffers.get()
	defer e.buffers.put(b)
	if appendProgress(b, token, done, total, message) {
		out.event(b.Bytes())
	}
}

// appendProgress writes notifications/progress on one line. The token goes back as it was sent. It is false where JSON
// has no such number.
func appendProgress(b *bytes.Buffer, token json.RawMessage, done, total float64, message string) bool {
	b.WriteString(`{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":`)
	b.Write(token)
	b.WriteString(`,"progress":`)
	if !appendNumber(b, done) {
		return false
	}
	if total != 0 {
		b.WriteString(`,"total":`)
		if !appendNumber(b, total) {
			return false
		}
	}
	if message != "" {
		b.WriteString(`,"message":`)
		if err := jsonwrite.Append(b, message); err != nil {
			return false
		}
	}
	b.WriteString(`}}`)
	return true
}

// appendNumber writes a number, if JSON has it.
func appendNumber(b *bytes.Buffer, f float64) bool {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return false
	}
	b.Write(strconv.AppendFloat(b.AvailableBuffer(), f, 'f', -1, 64))
	return true
}
