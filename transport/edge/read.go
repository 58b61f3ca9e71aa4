package edge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/headers"
	"heygen-mcp/transport/edge/message"
)

const (
	// DefaultMaxBody is the longest message where Config says nothing.
	DefaultMaxBody = 1 << 20
	// usualBody bounds, in bytes, the messages of all methods but those that carry what people
	// wrote.
	usualBody = 16 << 10
	// updateBody bounds, in bytes, the answers that a tasks/update carries: forms that people fill
	// in.
	updateBody = 128 << 10

	// A long body has bodyTime and a second more for each bodyRate bytes. A short one has the time
	// that the server gives every request.
	bodyTime = 30 * time.Second
	bodyRate = 16 << 10
)

// maxBody is how long a message of a method may be, in bytes.
func (e *Edge) maxBody(method string) int64 {
	switch method {
	case message.MethodCall, message.MethodPrompt:
		return e.cfg.MaxBody
	case message.MethodUpdate:
		return min(updateBody, e.cfg.MaxBody)
	}
	return min(usualBody, e.cfg.MaxBody)
}

// read checks the headers of the body and reads it, or answers. What a body unpacks to has the
// bounds of any other, so that a small one cannot become a large message. A byte order mark at its
// beginning is passed over, as RFC 8259 8.1 allows.
func (e *Edge) read(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	from, ok := e.content(w, r)
	if !ok {
		return nil, false
	}
	// The length that the client states is a claim until the bytes have come, so no more than a
	// usual message is made room for.
	const usual = 8 << 10
	room := min(max(from.length, 0), usual) + bytes.MinRead // which the buffer wants free to see the end
	b := bytes.NewBuffer(make([]byte, 0, room))
	short := e.maxBody("")
	_, err := b.ReadFrom(io.LimitReader(from, short+1))
	if err == nil && int64(b.Len()) > short {
		var taken bool
		if taken, err = e.readOn(w, r, b, from); !taken {
			return nil, false
		}
	}
	if err != nil {
		unreadable(w, err, from.packed)
		return nil, false
	}
	return bytes.TrimPrefix(b.Bytes(), []byte(byteOrderMark)), true
}

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

// readOn reads the rest of a body that is too long for most methods, or answers. What was read so
// far says whether its method may have one. Where it does not, because the params come first, the
// whole message is read, within the same bounds, and judged by ServeHTTP.
func (e *Edge) readOn(w http.ResponseWriter, r *http.Request, b *bytes.Buffer, from content) (taken bool, err error) {
	id, method := message.Head(bytes.TrimPrefix(b.Bytes(), []byte(byteOrderMark)))
	if method == "" {
		method = headers.First(r.Header, mcp.HeaderMethod) // of a modern request, which is refused where the two differ
	}
	if method == "" {
		method = message.MethodCall
	}
	limit := e.maxBody(method)
	if int64(b.Len()) > limit || from.length > limit {
		e.discard(w, r)
		tooLarge(w, id, limit)
		return false, nil
	}
	if busy := e.hold(r.Context(), LongBody); busy != nil {
		e.discard(w, r)
		WriteBusy(w, id, busy)
		return false, nil
	}
	length := from.length
	if length < 0 {
		length = limit
	}
	// The deadline ends with the body: net/http lifts it then. Not every writer has deadlines.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime + time.Duration(length)*time.Second/bodyRate))
	_, err = b.ReadFrom(io.LimitReader(from, limit)) // which, with what is there, shows whether it is too long
	if err == nil && int64(b.Len()) > limit {
		e.discard(w, r)
		tooLarge(w, id, limit)
		return false, nil
	}
	return true, err
}

// discard reads the rest of a body that is refused and keeps nothing of it: a client that is still
// sending when the connection closes never sees why.
func (e *Edge) discard(w http.ResponseWriter, r *http.Request) {
	const patience = 5 * time.Second
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(patience)) // not every writer has deadlines
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, e.cfg.MaxBody))           // whether all of it came matters to nobody
}

// LimitBody refuses bodies over limit bytes with 413; mcp-go v1.2.1 reads any. A body of unknown
// length is cut at the limit and refused by whoever reads it.
func LimitBody(limit int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > limit {
				tooLarge(w, nil, limit)
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, limit)
			next.ServeHTTP(w, r)
		})
	}
}

// tooLarge refuses a message over limit bytes.
func tooLarge(w http.ResponseWriter, id json.RawMessage, limit int64) {
	advice := "give media as an https URL instead of in the message"
	if limit <= usualBody {
		advice = "only " + message.MethodCall + " and " + message.MethodPrompt + " may be longer"
	}
	WriteError(w, http.StatusRequestEntityTooLarge, id, mcp.INVALID_REQUEST,
		fmt.Sprintf("the message is larger than %d bytes: %s", limit, advice))
}

// once is a body that lets its bytes go when they are read: what answers may run for hours.
type once struct{ rest *bytes.Reader }

// Read implements io.Reader.
func (o *once) Read(p []byte) (int, error) {
	if o.rest == nil {
		return 0, io.EOF
	}
	n, err := o.rest.Read(p)
	if o.rest.Len() == 0 {
		o.rest = nil
	}
	return n, err
}

// Close implements io.Closer.
func (o *once) Close() error {
	o.rest = nil
	return nil
}
