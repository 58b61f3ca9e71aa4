package message

import "github.com/mark3labs/mcp-go/mcp"

// RPCFault refuses what is another version of JSON-RPC.
func (m Message) RPCFault() *Fault {
	if m.JSONRPC != mcp.JSONRPC_VERSION {
		return &Fault{Code: mcp.INVALID_REQUEST, Text: `the message must say "jsonrpc": "2.0"`}
	}
	return nil
}

// CallFault refuses what is no tools/call in either era.
func (m Message) CallFault() *Fault {
	if bad := m.RPCFault(); bad != nil {
		return bad
	}
	if bad := m.overlongCall(); bad != nil {
		return bad
	}
	switch {
	case m.badParams:
		return &Fault{Code: mcp.INVALID_PARAMS, Text: "the params are not those of a tools/call: name is a string, _meta an object"}
	case m.Params.Name == "":
		return &Fault{Code: mcp.INVALID_PARAMS, Text: "params.name is missing"}
	case !IsNull(m.Params.Meta.ProgressToken) && !scalarID(m.Params.Meta.ProgressToken):
		return &Fault{Code: mcp.INVALID_PARAMS, Text: "params._meta.progressToken must be a string or a number of at most 256 bytes"}
	}
	return nil
}

// TaskFault refuses what names no task.
func (m Message) TaskFault() *Fault {
	if m.badParams || m.Params.TaskID == "" {
		return &Fault{Code: mcp.INVALID_PARAMS, Text: "params.taskId must be the id of a task"}
	}
	return nil
}

// overlongCall refuses a tools/call with a string of the protocol's that is too long.
func (m Message) overlongCall() *Fault {
	for _, text := range []struct {
		bound
		text string
	}{
		{bound{"params.name", maxName, true}, m.Params.Name},
		{bound{"params._meta." + mcp.MetaKeyProtocolVersion, maxWord, false}, m.Params.Meta.Version},
		{bound{"params._meta." + mcp.MetaKeyLogLevel, maxWord, false}, m.Params.Meta.LogLevel},
	} {
		if bad := text.check(text.text); bad != nil {
			return bad
		}
	}
	return nil
}
