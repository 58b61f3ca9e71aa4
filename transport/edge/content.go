package edge

import (
	"compress/gzip"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/headers"
	"heygen-mcp/transport/edge/message"
)

// jsonType is the one type of a message. Any other type can be sent by a web page without a
// preflight.
const jsonType = "application/json"

// content is a request's body as it is to be read.
type content struct {
	io.Reader
	length int64 // in bytes, as the client states it; -1 is unknown
	packed bool
}

// content checks what the headers say of the body, or answers.
func (e *Edge) content(w http.ResponseWriter, r *http.Request) (content, bool) {
	if given := headers.First(r.Header, "Content-Type"); given != jsonType {
		if wrong := wrongType(given); wrong != "" {
			WriteError(w, http.StatusUnsupportedMediaType, nil, mcp.INVALID_REQUEST, wrong)
			return content{}, false
		}
	}
	coded, named := contentCoding(r.Header)
	if named == "" {
		return content{r.Body, r.ContentLength, false}, true
	}
	if !coded {
		// RFC 9110 12.5.3: with a 415, Accept-Encoding says what would have been taken.
		w.Header().Set("Accept-Encoding", "gzip, identity")
		WriteError(w, http.StatusUnsupportedMediaType, nil, mcp.INVALID_REQUEST,
			"the body has the Content-Encoding "+message.Clip(named)+", which this server does not "+
				"read: send it as it is, or with gzip")
		return content{}, false
	}
	unpacked, err := gzip.NewReader(r.Body)
	if err != nil {
		unreadable(w, err, true)
		return content{}, false
	}
	return content{unpacked, -1, true}, true
}

// wrongType says why a Content-Type is not that of a message, "" where it is. JSON is UTF-8 between
// programs (RFC 8259 8.1), so that any other charset names bytes that would be read wrongly; that
// of ASCII is part of it.
func wrongType(given string) string {
	const advice = "send the message as Content-Type: " + jsonType
	kind, params, err := mime.ParseMediaType(given)
	switch {
	case given == "":
		return advice + "; this request has no Content-Type"
	case err != nil:
		return advice + "; the Content-Type of this request cannot be read"
	case kind != jsonType:
		return advice + "; this request has " + message.Clip(kind)
	}
	switch charset := strings.ToLower(params["charset"]); charset {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return ""
	default:
		return "the charset " + message.Clip(charset) + " is not taken: JSON is sent in UTF-8, which " +
			"Content-Type: " + jsonType + " says by itself"
	}
}

// contentCoding is what a body is encoded with, "" where it is not, and whether that is gzip, which is
// read.
func contentCoding(h http.Header) (isGzip bool, named string) {
	values := h["Content-Encoding"]
	if len(values) == 0 {
		return false, ""
	}
	var found []string
	for one := range strings.SplitSeq(strings.Join(values, ","), ",") {
		if one = strings.ToLower(strings.TrimSpace(one)); one != "" && one != "identity" {
			found = append(found, one)
		}
	}
	named = strings.Join(found, ", ")
	return named == "gzip" || named == "x-gzip", named
}

// unreadable answers for a body that could not be read to its end.
func unreadable(w http.ResponseWriter, err error, packed bool) {
	if big, ok := errors.AsType[*http.MaxBytesError](err); ok {
		tooLarge(w, nil, big.Limit)
		return
	}
	text := "the body ended before it was complete"
	if packed {
		text = "the body says Content-Encoding: gzip, and is no gzip or ended before it was " +
			"complete"
	}
	WriteError(w, http.StatusBadRequest, nil, mcp.PARSE_ERROR, text)
}
