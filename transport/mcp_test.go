package transport_test

import (
	"strings"
	"testing"

	"heygen-mcp/transport/edge/edgetest"
)

func TestTasksAreAdvertised(t *testing.T) {
	t.Parallel()
	discover := edgetest.RPC(1, "server/discover", `{"_meta":{`+edgetest.ModernMeta+`}}`)
	with := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", start(t, withTasks).URL+"/mcp", discover, edgetest.Modern("server/discover", "")))
	edgetest.Wants(t, with, `"extensions":{"io.modelcontextprotocol/tasks":{}}`)
	if without := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", start(t, nil).URL+"/mcp", discover, edgetest.Modern("server/discover", ""))); strings.Contains(without, "tasks") {
		t.Errorf("a server without them says %s", without)
	}
}
