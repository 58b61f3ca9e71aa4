package engine

import "context"

// Remember is what find has found once for the caller in ctx, or finds now. It is for what does not change; what cannot
// be found is asked for again.
func (e *Engine) Remember(ctx context.Context, what string, find func() (string, bool)) (string, bool) {
	of := e.cfg.Caller(ctx) + "\x00" + what
	if value, ok := e.found.Get(of); ok {
		return value, true
	}
	value, ok := find()
	if ok {
		e.found.Put(of, value)
	}
	return value, ok
}
