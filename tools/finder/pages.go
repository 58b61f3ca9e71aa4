package finder

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/tools/engine"
)

const (
	// firstSlow is how long to leave between two pages once HeyGen has asked to slow down; it doubles
	// with each further time up to mostSlow.
	firstSlow, mostSlow = 500 * time.Millisecond, 8 * time.Second
	// maxPages bounds a list whose tokens lead in a circle.
	maxPages = 2000
	// maxRefusals is how often in a row HeyGen may ask to slow down: the waits for more come to nearly
	// as long as a credential is used.
	maxRefusals = 10
)

// mark is where a list is read on.
type mark struct {
	pass  int
	token string
}

// text is the mark as it is kept.
func (m mark) text() string {
	if m == (mark{}) {
		return ""
	}
	return strconv.Itoa(m.pass) + ":" + m.token
}

// markOf reads a mark.
func markOf(text string) mark {
	pass, token, _ := strings.Cut(text, ":")
	n, err := strconv.Atoi(pass)
	if err != nil {
		return mark{}
	}
	return mark{n, token}
}

// pages reads page after page.
func (f *Finder) pages(ctx context.Context, e *engine.Engine, l listKey, one *fill) error {
	passes := l.passes()
	slow := time.Duration(0)
	at := one.mark
	resumed := at.token != ""
	refusals := 0 // in a row
	for range maxPages {
		if at.pass >= len(passes) {
			at = mark{}
		}
		in := passes[at.pass]
		if at.token != "" {
			in.Token = &at.token
		}
		if err := f.pause(ctx, e, slow); err != nil {
			return err
		}
		object, err := e.Do(heygen.Paced(ctx), opOf(l.kind), &in)
		if err != nil {
			refused, _ := errors.AsType[*heygen.Error](err)
			switch {
			case refused != nil && refused.Status == http.StatusTooManyRequests:
				if refusals++; refusals == maxRefusals {
					return err
				}
				slow = min(max(2*slow, firstSlow), mostSlow)
				if err := f.pause(ctx, e, refused.RetryAfter); err != nil {
					return err
				}
				continue
			case refused != nil && refused.Status == http.StatusBadRequest && resumed:
				at, resumed = mark{}, false // the mark was another caller's, or too old
				continue
			}
			return err
		}
		next, done := f.take(ctx, e, l, one, object, at)
		if done {
			return nil
		}
		at, resumed, refusals = next, false, 0
	}
	return errors.New("a list of HeyGen's does not end")
}

// pause waits, if at all.
func (f *Finder) pause(ctx context.Context, e *engine.Engine, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	return e.Sleep(ctx, d)
}

// pageOf is what is read of a page.
type pageOf struct {
	Items []any  `json:"items"`
	Next  string `json:"next_token"`
}

// take puts a page into the index, and says where the next one is, or that there is none.
func (f *Finder) take(
	ctx context.Context, e *engine.Engine, l listKey, one *fill, object map[string]any, at mark,
) (next mark, done bool) {
	p := engine.View[pageOf](object)
	by := l.passes()[at.pass]
	var rows []catalogue.Row
	for _, it := range p.Items {
		if object, ok := it.(map[string]any); ok {
			rows = append(rows, rowOf(l.kind, object, by))
		}
	}
	next = mark{at.pass, p.Next}
	if p.Next == "" {
		next.pass++
		done = next.pass == len(l.passes())
	}
	now := e.Now()
	if one.anew {
		for _, r := range rows {
			if _, there := one.fresh[r.ID]; !there {
				one.order = append(one.order, r.ID)
			}
			one.fresh[r.ID] = r
		}
		one.mark = next
		if done {
			all := make([]catalogue.Row, len(one.order))
			for i, id := range one.order {
				all[i] = one.fresh[id]
			}
			e.Trouble(ctx, f.index.Replace(ctx, l.owner, l.kind, all, now))
			one.mark, one.fresh, one.order = mark{}, nil, nil
		}
		return next, done
	}
	state := catalogue.State{Complete: done, Read: now, Next: next.text()}
	if done {
		state.Next = ""
	}
	e.Trouble(ctx, f.index.Put(ctx, l.owner, l.kind, rows, state))
	return next, done
}
