package message

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
)

// HeaderFault refuses headers that are longer than anything they could say, or that say two things at once. params says
// whether anybody reads those that repeat arguments.
func HeaderFault(h http.Header, params bool) *Fault {
	if bad := overlongHeader(h, params); bad != nil {
		return bad
	}
	return conflictingHeader(h)
}

// lastEventID is mcp.HeaderLastEventID as net/http spells it; the other names of mcp-go's are spelt so already.
const lastEventID = "Last-Event-Id"

// overlongHeader refuses headers that are longer than anything they could say.
func overlongHeader(h http.Header, params bool) *Fault {
	for _, header := range [...]struct {
		name string
		most int
	}{
		{mcp.HeaderProtocolVersion, maxWord}, {mcp.HeaderMethod, maxWord}, {mcp.HeaderName, maxNameHeader},
		{mcp.HeaderSessionID, maxRepeated}, {lastEventID, maxRepeated},
	} {
		if bad := overlongValues(header.name, h[header.name], header.most); bad != nil {
			return bad
		}
	}
	if !params {
		return nil
	}
	const paramPrefix = "Mcp-Param-"
	for name, values := range h {
		if !strings.HasPrefix(name, paramPrefix) {
			continue
		}
		if bad := overlongValues(paramPrefix+"…", values, maxNameHeader); bad != nil { // the rest of the name is the client's own
			return bad
		}
	}
	return nil
}

func overlongValues(name string, values []string, most int) *Fault {
	for _, v := range values {
		if len(v) > most {
			return &Fault{Code: mcp.INVALID_REQUEST, Text: fmt.Sprintf("the header %s is longer than %d bytes", name, most)}
		}
	}
	return nil
}

// conflictingHeader refuses headers that say two things at once: a proxy in front may
// have judged the last, and mcp-go v1.2.1 acts on the first.
func conflictingHeader(h http.Header) *Fault {
	for _, name := range [...]string{mcp.HeaderProtocolVersion, mcp.HeaderMethod, mcp.HeaderName} {
		values := h[name]
		for _, v := range values {
			if v != values[0] {
				return &Fault{Code: mcp.HEADER_MISMATCH, Text: "the header " + name + " is given twice with different values"}
			}
		}
	}
	return nil
}
