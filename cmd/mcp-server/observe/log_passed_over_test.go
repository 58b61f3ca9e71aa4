package observe

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/tools"
)

// TestPassedOverNamesAreLoggedOnce holds that an operator sees which names clients add, each once and
// not without end, and that whoever is told of calls is told of all.
func TestPassedOverNamesAreLoggedOnce(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	told := 0
	sink := PassedOver(NewLog(&log, settings.LogJSON), func(context.Context, tools.Event) { told++ })
	for range 3 {
		sink(t.Context(), tools.Event{Tool: "get_video", PassedOver: []string{"toolCallId", "sessionId"}})
	}
	if n := strings.Count(log.String(), "toolCallId"); n != 1 || !strings.Contains(log.String(), `"tool":"get_video"`) || told != 3 {
		t.Errorf("logged %d times, told of %d calls, want 1 and 3: %s", n, told, &log)
	}
	for i := range 2 * maxPassedOver {
		sink(t.Context(), tools.Event{Tool: "get_current_user", PassedOver: []string{"n" + strconv.Itoa(i)}})
	}
	if n := strings.Count(log.String(), "\n"); n != maxPassedOver {
		t.Errorf("got %d lines, want %d", n, maxPassedOver)
	}
}
