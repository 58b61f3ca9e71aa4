package message

import (
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

// TestCallFault holds what a tools/call must have in either era.
func TestCallFault(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		version, params string
		code            int
		text            string
	}{
		{"2.0", `{"name":"a"}`, 0, ""},
		{"2.0", `{"name":"a","_meta":{"progressToken":null}}`, 0, ""},
		{"2.0", `{"name":"a","_meta":{"progressToken":"p"}}`, 0, ""},
		{"1.0", `{"name":"a"}`, mcp.INVALID_REQUEST, `must say "jsonrpc": "2.0"`},
		{"2.0", `{"name":7}`, mcp.INVALID_PARAMS, "name is a string"},
		{"2.0", `{"name":""}`, mcp.INVALID_PARAMS, "params.name is missing"},
		{"2.0", `{"name":"` + strings.Repeat("a", 257) + `"}`, mcp.INVALID_PARAMS, "params.name is longer than 256 characters"},
		{"2.0", `{"name":"a","_meta":{"progressToken":{}}}`, mcp.INVALID_PARAMS, "progressToken must be a string or a number"},
	} {
		m := parsed(t, `{"jsonrpc":"`+c.version+`","id":1,"method":"tools/call","params":`+c.params+`}`)
		holds(t, c.params, m.CallFault(), c.code, c.text)
	}
}

func TestTaskFault(t *testing.T) {
	t.Parallel()
	for params, code := range map[string]int{
		`{"taskId":"a"}`: 0, `{}`: mcp.INVALID_PARAMS, `{"taskId":""}`: mcp.INVALID_PARAMS, `{"taskId":7}`: mcp.INVALID_PARAMS, `[]`: mcp.INVALID_PARAMS,
	} {
		holds(t, params, parsed(t, `{"id":1,"method":"tasks/get","params":`+params+`}`).TaskFault(), code, "params.taskId must be the id of a task")
	}
}
