package heygen

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"heygen-mcp/internal/jsonread"
)

// maxAnswer bounds what is read of an answer. The largest list that v3 gives
// is a few megabytes; anything above this is not an answer to keep in memory.
const maxAnswer = 16 << 20

// errTooLong is an answer above maxAnswer.
var errTooLong = errors.New("the answer is longer than 16 MiB")

// Response is a call that succeeded.
type Response struct {
	// Data is what v3 put under "data", byte for byte; nil where an answer
	// has no body.
	Data json.RawMessage
	// HasMore and NextToken are the page's, wherever v3 puts them.
	HasMore   bool
	NextToken string
	// RequestID is HeyGen's name for the request.
	RequestID string
	// Status is the HTTP status.
	Status int
}

// readAll reads a body up to the bound. length is what its header says of it, and only that: memory is taken for what
// comes.
func readAll(body io.Reader, length int64) ([]byte, error) {
	const usual = 64 << 10
	var b bytes.Buffer
	b.Grow(int(min(max(length, 0), usual)) + bytes.MinRead)
	_, err := b.ReadFrom(io.LimitReader(body, maxAnswer+1))
	raw := b.Bytes()
	if err != nil {
		return raw, err
	}
	if len(raw) > maxAnswer {
		return nil, errTooLong
	}
	return raw, nil
}

// open takes an answer out of its envelope. The second result is set where
// the answer says that the call failed, or says nothing that can be read.
func open(method string, status int, header http.Header, raw []byte) (*Response, *Error) {
	if status < 200 || status > 299 {
		return nil, errorAnswer(status, header, raw)
	}
	res := &Response{Status: status, RequestID: requestID(header)}
	if len(bytes.TrimSpace(raw)) == 0 {
		// A delete has nothing to tell; a create without its id is no answer.
		if status == http.StatusNoContent || method == http.MethodHead || method == http.MethodDelete {
			return res, nil
		}
		return nil, unreadable(status, header, "HeyGen answered with an empty body.")
	}
	e, err := readEnvelope(raw)
	if err != nil {
		return nil, unreadable(status, header, "HeyGen answered with something other than a JSON object.")
	}
	// Some answers declare a null "error" beside their data.
	if e.problem != nil && !isNull(e.problem) {
		return nil, errorAnswer(status, header, raw)
	}
	if e.data == nil {
		return nil, unreadable(status, header, "HeyGen answered without data.")
	}
	res.Data = e.data
	page := e.beside
	if page == (marks{}) {
		page = e.inside
	}
	res.HasMore, res.NextToken = page.more == "true", page.token
	return res, nil
}

// envelope is what stands around v3's data. What is missing is nil.
type envelope struct {
	data, problem json.RawMessage
	// A page has its marks beside the data in lists, inside it in the reads of batches.
	beside, inside marks
}

// marks are the members that an answer has for paging.
type marks struct {
	more  string // the JSON of has_more
	token string // passed back whole or not at all, so it is not clipped
	named bool   // it says either
}

// readEnvelope reads an answer once.
func readEnvelope(raw []byte) (e envelope, err error) {
	r := jsonread.New(raw)
	r.Object(func(name []byte) {
		switch string(name) {
		case "data":
			e.inside = marks{} // the last of a name counts
			e.data = r.Members(func(name []byte) {
				if !e.inside.read(r, name) {
					r.Raw()
				}
			})
		case "error":
			e.problem = r.Raw()
		default:
			if !e.beside.read(r, name) {
				r.Raw()
			}
		}
	})
	return e, r.End()
}

// read reads a member if it is a mark.
func (m *marks) read(r *jsonread.Reader, name []byte) bool {
	switch string(name) {
	case "has_more":
		m.more, m.named = string(r.Raw()), true
	case "next_token":
		m.token, m.named = "", true
		if raw := r.Raw(); json.Unmarshal(raw, &m.token) != nil {
			m.token = ""
		}
	default:
		return false
	}
	return true
}

func unreadable(status int, header http.Header, message string) *Error {
	return &Error{Status: status, Code: CodeBadResponse, Message: message, RequestID: requestID(header)}
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }
