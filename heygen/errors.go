package heygen

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"heygen-mcp/internal/headers"
	"heygen-mcp/internal/text"
)

// Codes that this package gives where HeyGen gave none. An answer without a
// readable code becomes "http_" and its status.
const (
	CodeTimeout          = "timeout"
	CodeCanceled         = "canceled"
	CodeConnectionFailed = "connection_failed"
	CodeBadResponse      = "bad_response"
	CodeInvalidParameter = "invalid_parameter"

	codeInProgress = "request_in_progress"
	codeConflict   = "conflict"
	codeQuota      = "quota_exceeded"

	// notReady ends the codes of what is being made still: resource_not_ready, voice_not_ready and
	// others.
	notReady = "_not_ready"
)

// maxMessage bounds the text that an answer can put in front of a caller;
// HeyGen's own messages are a sentence or two.
const maxMessage = 2000

// maxCode and maxParam bound, in bytes, what is taken for a code and for the path of a parameter.
const maxCode, maxParam = 64, 200

// maxCause bounds what a cause adds to a line of the log.
const maxCause = 300

// maxRetryAfter is the longest wait that is believed; v3 speaks of seconds.
const maxRetryAfter = 24 * time.Hour

// Error is a call that did not succeed. It holds no credential and no URL. Its
// fields may be shown to the caller; Error, which names the cause, is for the log.
type Error struct {
	// Op is the operation that was called; its zero value where nothing was sent.
	Op Op
	// Status is the HTTP status, 0 where there was no answer.
	Status int
	// Code, Message and Param are HeyGen's where it gave them. A code or a parameter that does not
	// look like one is left out: text in its place could be meant to be read as ours.
	Code, Message, Param string
	// Quoted says that Message is HeyGen's text, which may repeat what strangers wrote, and not
	// this package's.
	Quoted bool
	// Details are the faults that HeyGen lists one by one, where it does: those of a workflow's graph,
	// for example. MoreDetails is how many it lists besides.
	Details     []Detail
	MoreDetails int
	// RequestID is HeyGen's name for the request, for its support.
	RequestID string
	// RetryAfter is how long HeyGen asked to be left alone.
	RetryAfter time.Duration
	// Retryable says that the same call, under the same key, may succeed later.
	Retryable bool
	// MayHaveHappened says of a write that HeyGen may have carried it out all the same, and Unclear
	// that it also has no key, by which a repeat would settle that.
	MayHaveHappened, Unclear bool

	// cause is for errors.Is and for the log. URLs are taken out of it.
	cause error
}

// Error is one line for a log. The cause is in it, because "cannot be reached"
// alone tells an operator nothing.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("heygen: " + e.Code)
	if e.Status != 0 {
		b.WriteString(" (" + strconv.Itoa(e.Status) + ")")
	}
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	if e.Param != "" {
		b.WriteString(" [" + e.Param + "]")
	}
	if e.Unclear {
		b.WriteString(" (it may have happened)")
	}
	if e.cause != nil {
		b.WriteString(": " + text.Clip(withoutQueries(e.cause.Error()), maxCause))
	}
	return b.String()
}

// Unwrap gives what went wrong below HTTP, where that is known.
func (e *Error) Unwrap() error { return e.cause }

// refuse is an argument that must not be sent.
func refuse(param, message string) *Error {
	return &Error{Code: CodeInvalidParameter, Message: message, Param: param}
}

// bare takes the layers that name a URL off an error: a query can hold what
// the caller typed, and a redirect can hold a signature.
func bare(err error) error {
	for u := (*url.Error)(nil); errors.As(err, &u); u = nil {
		err = u.Err
	}
	return err
}

// withoutQueries cuts what follows a question mark in each word: net/http quotes
// a Location that it cannot read, and a query can hold a signature.
func withoutQueries(s string) string {
	words := strings.Split(s, " ")
	for i, word := range words {
		if before, _, found := strings.Cut(word, "?"); found {
			words[i] = before + "?…"
		}
	}
	return strings.Join(words, " ")
}

// errorAnswer reads an answer whose status or envelope says that it failed.
// Whatever the body is, the status stays.
func errorAnswer(status int, header http.Header, body []byte) *Error {
	e := &Error{Status: status, RequestID: requestID(header), RetryAfter: retryAfter(header)}
	var top map[string]json.RawMessage
	if json.Unmarshal(body, &top) == nil {
		var inner map[string]json.RawMessage
		if json.Unmarshal(top["error"], &inner) != nil || inner == nil {
			// Gateways in front of v3 put the members at the top, or a bare
			// sentence under "error".
			inner = top
			e.Message = textOf(top["error"])
		}
		e.Code = word(textOf(inner["code"]), maxCode, "_.-")
		if m := textOf(inner["message"]); m != "" {
			e.Message = m
		}
		e.Param = word(textOf(inner["param"]), maxParam, "_.-[]")
		e.Details, e.MoreDetails = detailsOf(inner["errors"])
	}
	e.Quoted = e.Message != ""
	if e.Code == "" {
		e.Code = "http_" + strconv.Itoa(status)
	}
	if status >= 300 && status <= 399 {
		// What such an answer says of itself was written for browsers.
		e.Quoted = false
		e.Message = "HeyGen sent this call on to another address (status " + strconv.Itoa(status) +
			"), and calls are not sent on. The server's address of HeyGen's API may be wrong."
	}
	if e.Message == "" {
		e.Message = "HeyGen answered with status " + strconv.Itoa(status) + " and gave no reason that can be read."
	}
	return e
}

// textOf is a JSON string or number as text, and "" for anything else.
func textOf(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		var n json.Number
		if json.Unmarshal(raw, &n) != nil {
			return ""
		}
		s = n.String()
	}
	return text.Clip(s, maxMessage)
}

// word is s if it has letters and digits of ASCII and the others alone, and at most limit bytes;
// else "".
func word(s string, limit int, others string) string {
	stranger := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(others, r)
	}
	if len(s) > limit || strings.ContainsFunc(s, stranger) {
		return ""
	}
	return s
}

func requestID(header http.Header) string {
	return text.Clip(headers.First(header, "X-Request-Id"), 200)
}

// retryAfter reads the header's two forms. A date is measured against the
// answer's own Date, so that neither clock has to be right.
func retryAfter(header http.Header) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		if !(seconds > 0) { // NaN too
			return 0
		}
		return time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second))
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(at.Sub(now), 0), maxRetryAfter)
}
