package message

import (
	"encoding/json"

	"github.com/mark3labs/mcp-go/mcp"
)

// The methods that are told apart. mcp-go v1.2.1 has no names for some of them.
const (
	MethodCall      = "tools/call"
	MethodList      = "tools/list"
	MethodListen    = "subscriptions/listen"
	MethodPrompt    = "prompts/get"
	methodComplete  = "completion/complete"
	MethodCancelled = "notifications/cancelled"
	MethodTask      = "tasks/get"
	MethodUpdate    = "tasks/update"
	MethodCancel    = "tasks/cancel"
	methodBegin     = string(mcp.MethodInitialize)
)

// KnownMethod says whether MCP has a method.
func KnownMethod(method string) bool {
	switch method {
	case MethodCall, MethodList, MethodListen, MethodTask, MethodUpdate, MethodCancel, MethodPrompt, MethodCancelled,
		string(mcp.MethodInitialize), string(mcp.MethodPing), string(mcp.MethodServerDiscover),
		string(mcp.MethodPromptsList), string(mcp.MethodResourcesList), string(mcp.MethodResourcesTemplatesList),
		string(mcp.MethodResourcesRead), string(mcp.MethodResourcesSubscribe), string(mcp.MethodResourcesUnsubscribe),
		string(mcp.MethodSetLogLevel), string(mcp.MethodCompletionComplete), string(mcp.MethodNotificationInitialized),
		"notifications/progress", "notifications/roots/list_changed":
		return true
	}
	return false
}

// OfTasks says whether a message is one of the Tasks extension's.
func (m Message) OfTasks() bool {
	return m.Method == MethodTask || m.Method == MethodUpdate || m.Method == MethodCancel
}

// ListensToTasks says whether a subscriptions/listen asks to hear of tasks.
func (m Message) ListensToTasks() bool {
	var asked struct {
		TaskIDs []json.RawMessage `json:"taskIds"`
	}
	return json.Unmarshal(m.Params.Notifications, &asked) == nil && len(asked.TaskIDs) > 0
}

// named is what a request is about, and the member of its params that says so, which the header Mcp-Name repeats. Both
// are empty for methods that have none; those of mcp-go's it checks itself.
func (m Message) named() (member, value string) {
	switch m.Method {
	case MethodCall:
		return "name", m.Params.Name
	case MethodTask, MethodUpdate, MethodCancel:
		return "taskId", m.Params.TaskID
	}
	return "", ""
}
