package message

import (
	"bytes"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonread"
)

// fastParse decodes a message that is written as nearly all are: every name we know as MCP spells it, and
// every value of its type. It gives up on any other, whose meaning is what encoding/json, and with it
// mcp-go, makes of it; what it does give is the same. The raw parts are parts of what r reads.
func fastParse(r *jsonread.Reader) (m Message, ok bool) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "jsonrpc":
			m.JSONRPC = r.String()
		case "id":
			m.ID = r.Raw()
		case "method":
			m.Method = r.String()
		case "params":
			m.Params.fastParse(r)
		case "result":
			m.Result = r.Raw()
		case "error":
			m.Error = r.Raw()
		default:
			skipMember(r, name)
		}
	})
	return m, r.End() == nil
}

func (p *Params) fastParse(r *jsonread.Reader) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "name":
			p.Name = r.String()
		case "taskId":
			p.TaskID = r.String()
		case "notifications":
			p.Notifications = r.Raw()
		case "arguments":
			p.Arguments = r.Raw()
		case "inputResponses":
			p.InputResponses = r.Raw()
		case "requestState":
			p.RequestState = r.String()
		case "clientInfo":
			p.ClientInfo = r.Raw()
		case "capabilities":
			p.Capabilities = r.Raw()
		case "cursor":
			p.Cursor = r.Raw()
		case "_meta":
			p.Meta.fastParse(r)
		default:
			skipMember(r, name)
		}
	})
}

func (m *Meta) fastParse(r *jsonread.Reader) {
	r.Object(func(name []byte) {
		switch string(name) {
		case mcp.MetaKeyProtocolVersion:
			m.Version = r.String()
		case mcp.MetaKeyClientCapabilities:
			m.Capabilities = r.Raw()
		case mcp.MetaKeyLogLevel:
			m.LogLevel = r.String()
		case "progressToken":
			m.ProgressToken = r.Raw()
		case mcp.MetaKeyClientInfo:
			m.ClientInfo = r.Raw()
		case "traceparent":
			m.TraceParent = r.Raw()
		default:
			skipMember(r, name)
		}
	})
}

// skipMember leaves a member out, unless encoding/json could take its name for one that we know: it minds
// no capitals.
func skipMember(r *jsonread.Reader, name []byte) {
	for _, known := range [...]string{
		"jsonrpc", "id", "method", "params", "result", "error",
		"name", "taskId", "notifications", "arguments", "inputResponses", "requestState", "clientInfo", "capabilities", "cursor", "_meta",
		mcp.MetaKeyProtocolVersion, mcp.MetaKeyClientCapabilities, mcp.MetaKeyLogLevel, mcp.MetaKeyClientInfo, "progressToken", "traceparent",
	} {
		if bytes.EqualFold(name, []byte(known)) {
			r.Fail()
			return
		}
	}
	r.Raw()
}
