package jobs

import (
	"testing"
)

func TestAllFailed(t *testing.T) {
	t.Parallel()
	failed, made := map[string]any{"state": "failed"}, map[string]any{"state": "done"}
	for _, c := range []struct {
		s         jobStates
		allFailed bool
	}{
		{jobStates{done: []any{failed, made}}, false},
		{jobStates{done: []any{failed}, needsUser: []any{made}}, false},
		{jobStates{done: []any{failed}, unknown: []any{made}}, true},
		{jobStates{unknown: []any{made}}, true},
	} {
		if c.s.allFailed() != c.allFailed {
			t.Errorf("%+v all failed: %v", c.s, !c.allFailed)
		}
	}
}
