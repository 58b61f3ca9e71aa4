package engine

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/languages"
)

// NameSource is where HeyGen's names of languages come from.
type NameSource struct {
	Tool string // that shows them
	// Ask asks HeyGen for them; none is the same as an error.
	Ask func(ctx context.Context, e *Engine) []string
}

const (
	// listLifetime is how long a list is used before it is asked for again, less up to a tenth, so
	// that lists that were read together are not asked for together.
	listLifetime = 24 * time.Hour
	// listPause is how long HeyGen is not asked again for a list that it did not give.
	listPause = time.Minute
	// listPatience is how long a call waits for a list that helps to read its arguments.
	listPatience = 5 * time.Second
	// maxLists bounds what a process keeps, in entries of some 100 bytes; equal lists are kept
	// once.
	maxLists = 1 << 12
)

// nameLists keeps the lists, for each caller its own: an account may have languages that others
// have not.
type nameLists struct {
	loading singleflight.Group
	mu      sync.Mutex
	kept    map[string]keptList
	order   []string // of the keys, as they were first kept
}

// keptList is a list of one caller; names is nil where it could not be had yet.
type keptList struct {
	names *languages.List
	until time.Time // when it is asked for again
}

// listsFor is how arguments of a call find the lists that their tags name.
func (e *Engine) listsFor(ctx context.Context) args.Lists {
	return func(name string) *args.NameList {
		source, ok := e.cfg.Names[name]
		if !ok {
			return nil
		}
		names := e.namesOf(ctx, name, source)
		if names == nil {
			return nil
		}
		return &args.NameList{List: names, Tool: source.Tool}
	}
}

// namesOf is a list, asked of HeyGen where it is not kept or too old; nil where it cannot be had.
// One that cannot be had anew stays as it is.
func (e *Engine) namesOf(ctx context.Context, name string, from NameSource) *languages.List {
	key := name + "\x00" + e.cfg.Caller(ctx)
	if kept, ok := e.lists.get(key); ok && e.Now().Before(kept.until) {
		return kept.names
	}
	loaded := e.lists.loading.DoChan(key, func() (any, error) {
		// Others may wait for it, so it does not end with this call.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), listPatience)
		defer cancel()
		kept, _ := e.lists.get(key)
		if names := from.Ask(ctx, e); len(names) > 0 {
			kept.names = e.lists.parsed(names)
			early := rand.N(listLifetime / 10) //nolint:gosec // G404: no secret
			kept.until = e.Now().Add(listLifetime - early)
		} else {
			kept.until = e.Now().Add(listPause)
		}
		e.lists.put(key, kept)
		return kept.names, nil
	})
	select {
	case res := <-loaded:
		names, _ := res.Val.(*languages.List)
		return names
	case <-ctx.Done():
		return nil
	}
}

// Names is a list of HeyGen's names of languages, nil where it cannot be had.
func (c *Call) Names(ctx context.Context, name string) *languages.List {
	return c.engine.namesOf(ctx, name, c.engine.cfg.Names[name])
}

func (l *nameLists) get(key string) (keptList, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept, ok := l.kept[key]
	return kept, ok
}

// put keeps a list, and forgets the oldest where there are too many.
func (l *nameLists) put(key string, list keptList) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept == nil {
		l.kept = map[string]keptList{}
	}
	if _, there := l.kept[key]; !there {
		if len(l.order) == maxLists {
			delete(l.kept, l.order[0])
			l.order = l.order[1:]
		}
		l.order = append(l.order, key)
	}
	l.kept[key] = list
}

// parsed is the list of these names, one for all callers who have the same.
func (l *nameLists) parsed(names []string) *languages.List {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, kept := range l.kept {
		if kept.names != nil && slices.Equal(kept.names.Given(), names) {
			return kept.names
		}
	}
	return languages.NewList(names)
}
