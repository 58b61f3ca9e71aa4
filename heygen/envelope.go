package heygen

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
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

// readAll reads a body up to the bound.
func readAll(body io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(body, maxAnswer+1))
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
	var top map[string]json.RawMessage
	if json.Unmarshal(raw, &top) != nil || top == nil {
		return nil, unreadable(status, header, "HeyGen answered with something other than a JSON object.")
	}
	// Some answers declare a null "error" beside their data.
	if problem, ok := top["error"]; ok && !isNull(problem) {
		return nil, errorAnswer(status, header, raw)
	}
	data, ok := top["data"]
	if !ok {
		return nil, unreadable(status, header, "HeyGen answered without data.")
	}
	res.Data = data
	res.page(top)
	return res, nil
}

// page finds the page's members: beside the data in lists, inside it in the
// reads of batches.
func (r *Response) page(top map[string]json.RawMessage) {
	if _, ok := top["has_more"]; !ok {
		if _, ok = top["next_token"]; !ok {
			var inner struct {
				HasMore   json.RawMessage `json:"has_more"`
				NextToken json.RawMessage `json:"next_token"`
			}
			if data := bytes.TrimSpace(r.Data); len(data) == 0 || data[0] != '{' || json.Unmarshal(data, &inner) != nil {
				return
			}
			top = map[string]json.RawMessage{"has_more": inner.HasMore, "next_token": inner.NextToken}
		}
	}
	r.HasMore = string(bytes.TrimSpace(top["has_more"])) == "true"
	// A token is passed back whole or not at all, so it is not clipped.
	var token string
	if raw := top["next_token"]; len(raw) != 0 && json.Unmarshal(raw, &token) == nil {
		r.NextToken = token
	}
}

func unreadable(status int, header http.Header, message string) *Error {
	return &Error{Status: status, Code: CodeBadResponse, Message: message, RequestID: requestID(header)}
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }
