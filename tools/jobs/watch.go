package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"heygen-mcp/internal/panics"
	"heygen-mcp/internal/poller"
	"heygen-mcp/tools/engine"
)

// watch is what one wait sees of its jobs. All who wait for jobs of one kind with one credential share the calls by
// which these are asked for.
type watch struct {
	refs  []jobRef
	waits map[*Kind]*poller.Wait[jobStatus]
	bell  poller.Bell
}

// watch begins to watch jobs. leave must be called.
func (j *Jobs) watch(ctx context.Context, e *engine.Engine, refs []jobRef) *watch {
	w := &watch{refs: refs, waits: map[*Kind]*poller.Wait[jobStatus]{}}
	ids := map[*Kind][]string{}
	for _, r := range refs {
		if r.kind != nil { // one of no kind is known to none
			ids[r.kind] = append(ids[r.kind], r.id)
		}
	}
	for k, of := range ids {
		w.waits[k] = j.poller.Join(groupOf(ctx, e, k), j.source(e, k), of, &w.bell)
	}
	return w
}

// groupOf names what is asked for together: what two credentials of one account may see can differ.
func groupOf(ctx context.Context, e *engine.Engine, k *Kind) string {
	return groupsOf(e.Account(ctx), k.Name) + e.Credential(ctx)
}

// groupsOf is what the names of the groups of an account begin with that are of one kind.
func groupsOf(account, kind string) string { return account + "\x00" + kind + "\x00" }

// Poke has a job of an account looked at soon if somebody waits for it: it is said to have ended.
func (j *Jobs) Poke(account, kind, id string) {
	groups := groupsOf(account, kind)
	j.poller.Poke(func(key string) bool { return strings.HasPrefix(key, groups) }, id)
}

// source asks HeyGen for jobs of a kind.
func (j *Jobs) source(e *engine.Engine, k *Kind) poller.Source[jobStatus] {
	ask, batch := j.statuses, maxStatuses
	if k.Statuses.Path == "" {
		ask, batch = j.statesSingly, 1
	}
	return poller.Source[jobStatus]{
		Batch: batch,
		Ask: func(ctx context.Context, ids []string) (looks map[string]jobStatus, err error) {
			if j.polled != nil {
				j.polled(k.Name)
			}
			// No request's goroutine is there to catch this.
			if p := panics.Catch(func() { looks, err = ask(ctx, e, ids, k) }); p != nil {
				err = errors.New("asking how far jobs are has failed")
				e.Trouble(ctx, fmt.Errorf("%w: %s\n%s", err, p.Text(), p.Stack))
			}
			return looks, err
		},
		Ended: func(l jobStatus) bool { return stateOf(l.state).Ended() },
		Same: func(a, b jobStatus) bool {
			return !slices.ContainsFunc([]string{"state", "status", "progress"}, func(name string) bool {
				return !reflect.DeepEqual(a.state[name], b.state[name]) // HeyGen may send anything for a status
			})
		},
	}
}

// look asks for what is due, and sorts what is known by then. It gives nil where nothing is known of any job. The
// error is of the polls that it has seen; jobs may be known all the same.
func (w *watch) look(ctx context.Context) (*jobStates, error) {
	trouble := w.lookAll(ctx)
	w.bell.Quiet()
	return w.sorted(), trouble
}

// sorted is what is known of the jobs, nil where nothing is known of any.
func (w *watch) sorted() *jobStates {
	s, known := &jobStates{}, len(w.waits) == 0
	answers := map[*Kind]map[string]poller.Answer[jobStatus]{}
	for k, one := range w.waits {
		answers[k] = one.Answers()
	}
	for _, r := range w.refs {
		if r.kind == nil {
			s.add(r, jobStatus{}, 0)
			continue
		}
		a := answers[r.kind][r.id]
		if a.Looks == 0 {
			s.pending = append(s.pending, unseenJob(r))
			continue
		}
		known = true
		s.add(r, a.Told, a.Looks)
	}
	if !known {
		return nil
	}
	return s
}

// lookAll is the Look of each wait. An error that will not pass goes before others.
func (w *watch) lookAll(ctx context.Context) (trouble error) {
	var mu sync.Mutex
	note := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if trouble == nil || err != nil && isTransient(trouble) && !isTransient(err) {
			trouble = err
		}
	}
	if len(w.waits) == 1 {
		for _, one := range w.waits {
			note(one.Look(ctx))
		}
		return trouble
	}
	var all sync.WaitGroup
	for _, one := range w.waits {
		all.Go(func() { note(one.Look(ctx)) })
	}
	all.Wait()
	return trouble
}

// sleep sleeps until there is something to look at, or news, for so long at the most. It says whether there is any:
// waits are many, and most of the time there is not.
func (w *watch) sleep(ctx context.Context, e *engine.Engine, most time.Duration) (news bool) {
	if at, ok := w.next(); ok {
		if left := at.Sub(e.Now()); left <= most {
			most, news = left, true
		}
	}
	if most > 0 && w.bell.Sleep(ctx, e.Sleep, most) {
		return true
	}
	return news
}

// next is when there is something to look at for this wait, by the clock; ok is false where others see to it.
func (w *watch) next() (at time.Time, ok bool) {
	for _, one := range w.waits {
		if when, drives := one.Next(); drives && (!ok || when.Before(at)) {
			at, ok = when, true
		}
	}
	return at, ok
}

// leave ends the watch. It may be called again.
func (w *watch) leave() {
	for k := range maps.Clone(w.waits) {
		w.waits[k].Leave()
		delete(w.waits, k)
	}
}
