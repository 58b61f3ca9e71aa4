package message

import (
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/headers"
	"heygen-mcp/internal/jsonread"
)

// Client is what the sender of a message calls itself: in the message, where its era says it there, or else
// as a client of HTTP.
func (m Message) Client(h http.Header) string {
	if name, _ := clientOf(m.Params.Meta.ClientInfo); name != "" {
		return name
	}
	return headers.First(h, "User-Agent")
}

// Program is what the sender's program calls itself, as far as it is written as names and versions are. Both are empty
// where it says nothing.
func (m Message) Program(h http.Header) (name, version string) {
	told := m.Params.Meta.ClientInfo
	if m.Method == methodBegin {
		told = m.Params.ClientInfo
	}
	if name, version = clientOf(told); name != "" {
		return name, version
	}
	name, version, _ = strings.Cut(headers.First(h, "User-Agent"), "/")
	version, _, _ = strings.Cut(version, " ")
	return harmless(name), harmless(version)
}

// Version is the protocol version that a message states, "" where it states none that there is.
func (m Message) Version(h http.Header) string {
	for _, version := range [...]string{m.Params.Meta.Version, headers.First(h, mcp.HeaderProtocolVersion)} {
		if mcp.IsValidProtocolVersion(version) {
			return version
		}
	}
	return ""
}

// TraceParent is the sender's place in a trace (W3C Trace Context), which the message says before a header does.
func (m Message) TraceParent(h http.Header) string {
	if given := m.Params.Meta.TraceParent; len(given) > 0 {
		r := jsonread.New(given)
		if text := r.String(); r.End() == nil {
			return text
		}
	}
	return headers.First(h, "Traceparent")
}

// clientOf reads the name and the version of an Implementation of MCP's.
func clientOf(info []byte) (name, version string) {
	if len(info) == 0 {
		return "", ""
	}
	r := jsonread.New(info)
	r.Object(func(member []byte) {
		switch string(member) {
		case "name":
			name = r.String()
		case "version":
			version = r.String()
		default:
			r.Raw()
		}
	})
	if r.End() != nil {
		return "", ""
	}
	return harmless(name), harmless(version)
}

// harmless is a name or a version as programs have them, "" for any other text: it could be anything.
func harmless(s string) string {
	const longest = 64
	if len(s) > longest {
		return ""
	}
	for _, c := range s {
		plain := c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !plain && !strings.ContainsRune(" -_.+()@/:", c) {
			return ""
		}
	}
	return s
}
