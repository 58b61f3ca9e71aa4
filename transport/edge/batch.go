package edge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/transport/edge/message"
)

const (
	// maxBatch bounds the messages of a batch. They are answered one after the other, so that a
	// batch is no more at once than any other request.
	maxBatch = 32
	// maxBatchAnswers bounds, in bytes, what is answered to a batch: the list of all tools has 400
	// KB.
	maxBatchAnswers = 4 << 20
)

// batch answers an array of messages with an array of answers. Version 2025-03-26 has servers take
// batches, and the later ones have none. A client of that version sends no MCP-Protocol-Version,
// which came after it, and a later client always does; so 2025-06-18 has a server without sessions
// assume.
func (e *Edge) batch(w http.ResponseWriter, r *http.Request, body []byte) {
	refuse := func(text string) {
		e.refuse(w, http.StatusBadRequest, incoming{}, &message.Fault{Code: mcp.INVALID_REQUEST, Text: text})
	}
	if v := r.Header.Get(mcp.HeaderProtocolVersion); v != "" && v != mcp.ProtocolVersion20250326 {
		refuse("send one message in each POST: batches are not accepted in " +
			"version " + message.Clip(v) + ", but only in " + mcp.ProtocolVersion20250326)
		return
	}
	messages, bad := message.Split(body)
	if bad != nil {
		e.refuse(w, http.StatusBadRequest, incoming{}, bad)
		return
	}
	if len(messages) == 0 || len(messages) > maxBatch {
		refuse(fmt.Sprintf("batches have 1 to %d messages, and this one has "+
			"%d", maxBatch, len(messages)))
		return
	}
	ctx, out, end := e.openReply(w, r)
	defer end()
	one := r.WithContext(ctx)
	one.Header = r.Header.Clone()
	one.Header.Set("Accept", jsonType) // an answer of each, and no notifications before it
	answers := []byte("[")
	for _, raw := range messages {
		answer := e.part(one, raw, len(answers))
		if r.Context().Err() != nil {
			return // the client has left; there is nobody to answer
		}
		if len(answer) > 0 && len(answers) > 1 {
			answers = append(answers, ',')
		}
		answers = append(answers, answer...)
	}
	if len(answers) == 1 { // of notifications alone
		out.end(http.StatusAccepted, nil)
		return
	}
	out.answer(http.StatusOK, append(answers, ']'))
}

// part is the answer to one message of a batch; nothing to a notification. so is how long the
// answers before it are.
func (e *Edge) part(r *http.Request, body json.RawMessage, so int) []byte {
	m, bad := message.Parse(body)
	switch {
	case bad != nil:
	case m.Method == string(mcp.MethodInitialize):
		bad = &message.Fault{Code: mcp.INVALID_REQUEST, Text: "initialize must not be part of a batch: " +
			"send it by itself"}
	case so > maxBatchAnswers && m.IsRequest():
		bad = &message.Fault{Code: mcp.INVALID_REQUEST, Text: "the answers before this one are too " +
			"long already: send this message by itself"}
	}
	if bad != nil {
		return bad.Body(m.ID)
	}
	var w partWriter
	e.handle(&w, r, body)
	return w.body.Bytes()
}

// partWriter takes the answer to one message of a batch. Its status is lost: the batch has one of
// its own.
type partWriter struct {
	head http.Header
	body bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *partWriter) Header() http.Header {
	if w.head == nil {
		w.head = http.Header{}
	}
	return w.head
}

// WriteHeader implements http.ResponseWriter.
func (*partWriter) WriteHeader(int) {}

// Write implements http.ResponseWriter.
func (w *partWriter) Write(p []byte) (int, error) { return w.body.Write(p) }
