package edge

import (
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

// modern says whether a request is of revision 2026-07-28 or later: its header
// or its body says so. Where only one of them does, modernFault refuses it.
func (m message) modern(h http.Header) bool {
	return mcp.IsModernProtocol(m.Params.Meta.Version) || mcp.IsModernProtocol(h.Get(mcp.HeaderProtocolVersion))
}

// legacyFault refuses what an older client may not send.
func (m message) legacyFault(h http.Header) *fault {
	if v := h.Get(mcp.HeaderProtocolVersion); v != "" && !mcp.IsValidProtocolVersion(v) {
		return &fault{code: mcp.INVALID_REQUEST, text: "Unsupported protocol version: " + clip(v)}
	}
	return nil
}

// modernFault refuses a request whose headers and _meta are not what revision
// 2026-07-28 asks for: proxies judge by the headers, so they must tell what the
// body does.
func (m message) modernFault(h http.Header) *fault {
	mismatch := func(text string) *fault { return &fault{code: mcp.HEADER_MISMATCH, text: text} }
	version, stated := h.Get(mcp.HeaderProtocolVersion), m.Params.Meta.Version
	switch {
	case h.Get(mcp.HeaderLastEventID) != "":
		return mismatch("Last-Event-ID is not for this protocol version: streams are not resumed, so send the request again")
	case version == "":
		return mismatch("the header " + mcp.HeaderProtocolVersion + " is missing")
	case stated == "":
		return &fault{code: mcp.INVALID_PARAMS, text: "params._meta needs " + mcp.MetaKeyProtocolVersion}
	case version != stated:
		return mismatch("the header " + mcp.HeaderProtocolVersion + " differs from " + mcp.MetaKeyProtocolVersion + " in params._meta")
	case !mcp.IsValidProtocolVersion(stated):
		return &fault{mcp.UNSUPPORTED_PROTOCOL_VERSION, "this protocol version is not supported; data.supported has those that are",
			mcp.UnsupportedProtocolVersionData{Supported: mcp.ValidProtocolVersions, Requested: clip(stated)}}
	case h.Get(mcp.HeaderMethod) == "":
		return mismatch("the header " + mcp.HeaderMethod + " is missing")
	case h.Get(mcp.HeaderMethod) != m.Method:
		return mismatch("the header " + mcp.HeaderMethod + " differs from the method of the message")
	}
	member, named := m.named()
	if member == "" {
		return nil
	}
	if h.Get(mcp.HeaderName) == "" {
		return mismatch("the header " + mcp.HeaderName + " is missing")
	}
	name, ok := mcp.DecodeHeaderValue(h.Get(mcp.HeaderName))
	if !ok {
		return mismatch("the header " + mcp.HeaderName + " is not well encoded")
	}
	if name != named {
		return mismatch("the header " + mcp.HeaderName + " differs from params." + member)
	}
	return nil
}

// named is what a request is about, and the member of its params that says so, which the header Mcp-Name repeats. Both
// are empty for methods that have none; those of mcp-go's it checks itself.
func (m message) named() (member, value string) {
	switch m.Method {
	case methodCall:
		return "name", m.Params.Name
	case methodTask, methodUpdate, methodCancel:
		return "taskId", m.Params.TaskID
	}
	return "", ""
}

// paramFault compares arguments that also travel in headers, for tools whose
// schemas say so.
func (e *Edge) paramFault(m message, h http.Header) *fault {
	tool, ok := e.cfg.HeaderTools[m.Params.Name]
	if !ok {
		return nil
	}
	raw, err := json.Marshal(map[string]json.RawMessage{"arguments": m.Params.Arguments})
	if err != nil {
		return &fault{code: mcp.INVALID_PARAMS, text: "the arguments are not JSON"}
	}
	err = mcp.ValidateParamHeadersLookup(func(name string) (string, bool) {
		values := h.Values(name)
		return h.Get(name), len(values) > 0
	}, &tool, raw)
	if err != nil {
		return &fault{code: mcp.HEADER_MISMATCH, text: clip(err.Error())}
	}
	return nil
}

// exchange is what the tool may know of the request.
func (m message) exchange(h http.Header) (*exchange.Exchange, *fault) {
	modern := m.modern(h)
	x := &exchange.Exchange{Modern: modern, RequestState: m.Params.RequestState}
	if !modern {
		x.Capabilities = sessionCapabilities(h)
		return x, nil
	}
	x.LogLevel = mcp.LoggingLevel(m.Params.Meta.LogLevel)
	caps := m.Params.Meta.Capabilities
	if len(caps) == 0 || caps[0] != '{' || json.Unmarshal(caps, &x.Capabilities) != nil {
		return nil, &fault{code: mcp.INVALID_PARAMS, text: "params._meta needs " + mcp.MetaKeyClientCapabilities + ", an object"}
	}
	if given := m.Params.InputResponses; len(given) > 0 && json.Unmarshal(given, &x.InputResponses) != nil {
		return nil, &fault{code: mcp.INVALID_PARAMS, text: "params.inputResponses must be an object of responses"}
	}
	return x, nil
}

// undeclared are the capabilities that a result's questions need and the client
// did not declare: asking all the same would hang it.
func undeclared(res *mcp.CallToolResult, has mcp.ClientCapabilities) map[string]any {
	missing := map[string]any{}
	for _, question := range res.InputRequests {
		switch question.Method {
		case mcp.MethodElicitationCreate:
			byURL := question.Elicitation != nil && question.Elicitation.Mode == mcp.ElicitationModeURL
			if byURL && (has.Elicitation == nil || has.Elicitation.URL == nil) {
				missing["elicitation"] = map[string]any{"url": map[string]any{}}
			} else if has.Elicitation == nil {
				missing["elicitation"] = map[string]any{}
			}
		case mcp.MethodSamplingCreateMessage:
			if has.Sampling == nil {
				missing["sampling"] = map[string]any{}
			}
		case mcp.MethodListRoots:
			if has.Roots == nil {
				missing["roots"] = map[string]any{}
			}
		}
	}
	return missing
}
