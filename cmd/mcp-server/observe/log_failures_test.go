package observe

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/heygen"
	"heygen-mcp/tools"
)

// TestFailuresAreTheOperators holds which calls an operator is told of: those that the server, the network or HeyGen's
// machines made fail, and no refusal.
func TestFailuresAreTheOperators(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event tools.Event
		want  bool
	}{
		"a success":                {tools.Event{Outcome: tools.OutcomeOK}, false},
		"a refusal":                {tools.Event{Outcome: "not_found", Err: &heygen.Error{Status: 404}}, false},
		"the last of the caller's": {tools.Event{Outcome: "x", Err: &heygen.Error{Status: 499}}, false},
		"HeyGen's machines":        {tools.Event{Outcome: "x", Err: fmt.Errorf("asking: %w", &heygen.Error{Status: 500})}, true},
		"the network":              {tools.Event{Outcome: heygen.CodeConnectionFailed, Err: errors.New("refused")}, true},
		"too late":                 {tools.Event{Outcome: heygen.CodeTimeout}, true},
		"no JSON":                  {tools.Event{Outcome: heygen.CodeBadResponse}, true},
		"ours":                     {tools.Event{Outcome: "internal"}, true},
		"another error":            {tools.Event{Outcome: "x", Err: errors.New("y")}, false},
	} {
		var log bytes.Buffer
		c.event.Tool, c.event.Arguments = "get_video", []byte(`"hush"`)
		Failures(WithRequestID(NewLog(&log, settings.LogJSON)))(t.Context(), c.event)
		if got := log.Len() > 0; got != c.want || strings.Contains(log.String(), "hush") || strings.Contains(log.String(), "request_id") {
			t.Errorf("%s: logged %q", name, &log)
		}
	}
	var log bytes.Buffer
	Failures(NewLog(&log, settings.LogJSON))(t.Context(), tools.Event{Tool: "get_video", Outcome: "internal", RequestID: "req-1", Err: errors.New("broken")})
	for _, want := range []string{`"level":"warn"`, `"tool":"get_video"`, `"outcome":"internal"`, `"heygen_request_id":"req-1"`, `"error":"broken"`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the line lacks %s: %s", want, &log)
		}
	}
}
