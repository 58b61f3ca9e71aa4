// Package languagelists keeps HeyGen's lists of what it calls languages, by which the arguments of calls are read: for
// each caller its own, asked for when they are first needed and again when they are old. It does not know where they
// come from or which arguments are read by them; how a name is found in one, package languages knows.
package languagelists

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

// Source is where the names of a list come from.
type Source struct {
	Tool string // that shows them
	// Ask asks HeyGen for them; none is the same as an error.
	Ask func(ctx context.Context) []string
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

// Lists keeps the lists, for each caller its own: an account may have languages that others
// have not.
type Lists struct {
	sources map[string]Source
	caller  func(context.Context) string
	now     func() time.Time

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

// New keeps lists of some sources, by the names that tags of arguments give them. caller names the caller of a request
// opaquely and stably.
func New(sources map[string]Source, caller func(context.Context) string, now func() time.Time) *Lists {
	return &Lists{sources: sources, caller: caller, now: now}
}

// For is how arguments of a call find the lists that their tags name.
func (l *Lists) For(ctx context.Context) args.Lists {
	return func(name string) *args.LanguageList {
		names := l.Of(ctx, name)
		if names == nil {
			return nil
		}
		return &args.LanguageList{List: names, Tool: l.sources[name].Tool}
	}
}

// Of is a list, asked of HeyGen where it is not kept or too old; nil where it cannot be had, or there is none of that
// name. One that cannot be had anew stays as it is.
func (l *Lists) Of(ctx context.Context, name string) *languages.List {
	from, ok := l.sources[name]
	if !ok {
		return nil
	}
	key := name + "\x00" + l.caller(ctx)
	if kept, ok := l.get(key); ok && l.now().Before(kept.until) {
		return kept.names
	}
	loaded := l.loading.DoChan(key, func() (any, error) {
		// Others may wait for it, so it does not end with this call.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), listPatience)
		defer cancel()
		kept, _ := l.get(key)
		if names := from.Ask(ctx); len(names) > 0 {
			kept.names = l.parsed(names)
			early := rand.N(listLifetime / 10) //nolint:gosec // G404: no secret
			kept.until = l.now().Add(listLifetime - early)
		} else {
			kept.until = l.now().Add(listPause)
		}
		l.put(key, kept)
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

func (l *Lists) get(key string) (keptList, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept, ok := l.kept[key]
	return kept, ok
}

// put keeps a list, and forgets the oldest where there are too many.
func (l *Lists) put(key string, list keptList) {
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
func (l *Lists) parsed(names []string) *languages.List {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, kept := range l.kept {
		if kept.names != nil && slices.Equal(kept.names.Given(), names) {
			return kept.names
		}
	}
	return languages.NewList(names)
}
