package jobs

import (
	"testing"
)

func TestAllFailed(t *testing.T) {
	t.Parallel()
	failed, made := &job{told: map[string]any{"state": "failed"}}, &job{told: map[string]any{"state": "done"}}
	for _, c := range []struct {
		s         jobStates
		allFailed bool
	}{
		{jobStates{done: []*job{failed, made}}, false},
		{jobStates{done: []*job{failed}, needsUser: []*job{made}}, false},
		{jobStates{done: []*job{failed}, unknown: []*job{made}}, true},
		{jobStates{unknown: []*job{made}}, true},
	} {
		if c.s.allFailed() != c.allFailed {
			t.Errorf("%+v all failed: %v", c.s, !c.allFailed)
		}
	}
}
