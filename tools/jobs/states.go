package jobs

import (
	"context"
	"errors"
	"slices"

	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/vocabulary"
)

// States is how far jobs of a kind are, by their ids; those that HeyGen does not know are missing.
func (j *Jobs) States(
	ctx context.Context, e *engine.Engine, kind string, ids []string,
) (map[string]vocabulary.State, error) {
	k, ok := j.kindNamed(kind)
	if !ok {
		return nil, errors.New("no kind of job is called " + kind)
	}
	s, err := j.poll(ctx, e, refsOf(k, ids))
	if err != nil {
		return nil, err
	}
	states := map[string]vocabulary.State{}
	for _, one := range slices.Concat(s.done, s.pending, s.needsUser) {
		state := one.state()
		if state == "" {
			state = vocabulary.Running // it is there, and says no more
		}
		states[one.id] = state
	}
	return states, nil
}
