package engine

import (
	"context"
	"sync"
)

// maxRemembered bounds what is remembered of all accounts, some 200 bytes each.
const maxRemembered = 1 << 13

// memo remembers what does not change, by account. The zero value is empty.
type memo struct {
	mu    sync.Mutex
	known map[string]string
}

// Remember is what find has found once for the caller in ctx, or finds now. It is for what does not change; what cannot
// be found is asked for again. Where there is too much, all is forgotten.
func (e *Engine) Remember(ctx context.Context, what string, find func() (string, bool)) (string, bool) {
	of := e.cfg.Caller(ctx) + "\x00" + what
	e.memo.mu.Lock()
	value, ok := e.memo.known[of]
	e.memo.mu.Unlock()
	if ok {
		return value, true
	}
	if value, ok = find(); !ok {
		return "", false
	}
	e.memo.mu.Lock()
	defer e.memo.mu.Unlock()
	if e.memo.known == nil || len(e.memo.known) >= maxRemembered {
		e.memo.known = map[string]string{}
	}
	e.memo.known[of] = value
	return value, true
}
