package message

import (
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/headers"
)

// Modern says whether a request is of revision 2026-07-28 or later: its header
// or its body says so. Where only one of them does, ModernFault refuses it.
func (m Message) Modern(h http.Header) bool {
	return mcp.IsModernProtocol(m.Params.Meta.Version) || mcp.IsModernProtocol(headers.First(h, mcp.HeaderProtocolVersion))
}

// LegacyFault refuses what an older client may not send.
func (m Message) LegacyFault(h http.Header) *Fault {
	if v := headers.First(h, mcp.HeaderProtocolVersion); v != "" && !mcp.IsValidProtocolVersion(v) {
		return &Fault{Code: mcp.INVALID_REQUEST, Text: "Unsupported protocol version: " + Clip(v)}
	}
	return nil
}

// ModernFault refuses a request whose headers and _meta are not what revision
// 2026-07-28 asks for: proxies judge by the headers, so they must tell what the
// body does.
func (m Message) ModernFault(h http.Header) *Fault {
	mismatch := func(text string) *Fault { return &Fault{Code: mcp.HEADER_MISMATCH, Text: text} }
	version, stated := headers.First(h, mcp.HeaderProtocolVersion), m.Params.Meta.Version
	switch {
	case h.Get(mcp.HeaderLastEventID) != "":
		return mismatch("Last-Event-ID is not for this protocol version: streams are not resumed, so send the request again")
	case version == "":
		return mismatch("the header " + mcp.HeaderProtocolVersion + " is missing")
	case stated == "":
		return &Fault{Code: mcp.INVALID_PARAMS, Text: "params._meta needs " + mcp.MetaKeyProtocolVersion}
	case version != stated:
		return mismatch("the header " + mcp.HeaderProtocolVersion + " differs from " + mcp.MetaKeyProtocolVersion +
			" in params._meta")
	case !mcp.IsValidProtocolVersion(stated):
		return &Fault{mcp.UNSUPPORTED_PROTOCOL_VERSION, "this protocol version is not supported; data.supported has those that are",
			mcp.UnsupportedProtocolVersionData{Supported: mcp.ValidProtocolVersions, Requested: Clip(stated)}}
	case headers.First(h, mcp.HeaderMethod) == "":
		return mismatch("the header " + mcp.HeaderMethod + " is missing")
	case headers.First(h, mcp.HeaderMethod) != m.Method:
		return mismatch("the header " + mcp.HeaderMethod + " differs from the method of the message")
	}
	member, named := m.named()
	if member == "" {
		return nil
	}
	if headers.First(h, mcp.HeaderName) == "" {
		return mismatch("the header " + mcp.HeaderName + " is missing")
	}
	name, ok := mcp.DecodeHeaderValue(headers.First(h, mcp.HeaderName))
	if !ok {
		return mismatch("the header " + mcp.HeaderName + " is not well encoded")
	}
	if name != named {
		return mismatch("the header " + mcp.HeaderName + " differs from params." + member)
	}
	return nil
}

// ParamFault compares the arguments of a call that also travel in headers with those, for a tool whose schema says so.
func (m Message) ParamFault(tool *mcp.Tool, h http.Header) *Fault {
	raw, err := json.Marshal(map[string]json.RawMessage{"arguments": m.Params.Arguments})
	if err != nil {
		return &Fault{Code: mcp.INVALID_PARAMS, Text: "the arguments are not JSON"}
	}
	err = mcp.ValidateParamHeadersLookup(func(name string) (string, bool) {
		values := h.Values(name)
		return h.Get(name), len(values) > 0
	}, tool, raw)
	if err != nil {
		return &Fault{Code: mcp.HEADER_MISMATCH, Text: Clip(err.Error())}
	}
	return nil
}

// Exchange is what the tool may know of the request.
func (m Message) Exchange(h http.Header) (*exchange.Exchange, *Fault) {
	modern := m.Modern(h)
	x := &exchange.Exchange{Modern: modern, RequestState: m.Params.RequestState}
	if !modern {
		x.Capabilities = sessionCapabilities(h)
		return x, nil
	}
	x.LogLevel = mcp.LoggingLevel(m.Params.Meta.LogLevel)
	caps := m.Params.Meta.Capabilities
	if len(caps) == 0 || caps[0] != '{' || json.Unmarshal(caps, &x.Capabilities) != nil {
		return nil, &Fault{Code: mcp.INVALID_PARAMS, Text: "params._meta needs " + mcp.MetaKeyClientCapabilities + ", an object"}
	}
	if given := m.Params.InputResponses; len(given) > 0 && json.Unmarshal(given, &x.InputResponses) != nil {
		return nil, &Fault{Code: mcp.INVALID_PARAMS, Text: "params.inputResponses must be an object of responses"}
	}
	return x, nil
}
