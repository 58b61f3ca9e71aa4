package finder

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/tools/engine"
)

const (
	// credentialLife is how long a call's credential is used after the call: no longer than an answer
	// about it would be remembered.
	credentialLife = time.Minute
	// pauseAfterFailure is how long a list is left alone that HeyGen did not give.
	pauseAfterFailure = 30 * time.Second
)

// fill is how far a list is read. The finder's lock guards it.
type fill struct {
	running chan struct{} // closed when the run has ended; nil where none is
	err     error         // of the last run
	changed bool          // by a call since the last run began, so that it is to be read anew
	forced  bool          // that is why it is read now
	until   time.Time     // it is not tried again before
	// Of a list that is read anew, and replaces the one that is known only once all of it is there.
	anew  bool
	mark  mark
	fresh map[string]catalogue.Row
	order []string
}

// read has lists read that are not known, or too old, and waits for that a little.
func (f *Finder) read(ctx context.Context, e *engine.Engine, lists []listKey) error {
	patience := time.Duration(0)
	var running []<-chan struct{}
	for _, l := range lists {
		state := f.index.StateOf(ctx, l.owner, l.kind)
		if state.Complete && e.Now().Sub(state.Read) < l.lifetime() && !f.isChanged(l) {
			continue
		}
		run := f.start(ctx, e, l)
		switch {
		case run == nil, state.Complete && l.owner == catalogue.Public: // it is searched as it is while it is read anew
		case state.Rows == 0:
			patience, running = firstPatience, append(running, run)
		default:
			patience, running = max(patience, nextPatience), append(running, run)
		}
	}
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, run := range running {
		select {
		case <-run:
		case <-wait.Done():
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, l := range lists {
		err := f.failed(l)
		if err != nil && (refusedCaller(err) || f.index.StateOf(ctx, l.owner, l.kind).Rows == 0) {
			return err
		}
	}
	return nil
}

// refusedCaller says that HeyGen will not show a list to whoever asked.
func refusedCaller(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && (e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden)
}

// failed is why the last run of a list ended early, nil where it did not.
func (f *Finder) failed(l listKey) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if one := f.fills[l]; one != nil {
		return one.err
	}
	return nil
}

// isChanged says whether a call has changed a list since it was read.
func (f *Finder) isChanged(l listKey) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	one := f.fills[l]
	return one != nil && one.changed
}

// Wrote notes what a call may have made, changed or deleted of what the caller in ctx has.
func (f *Finder) Wrote(ctx context.Context, e *engine.Engine, op heygen.Op) {
	kinds := []catalogue.Kind{catalogue.Looks, catalogue.Groups}
	if strings.HasPrefix(op.Path, "/v3/voices") {
		kinds = []catalogue.Kind{catalogue.Voices}
	} else if !strings.HasPrefix(op.Path, "/v3/avatars") {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, kind := range kinds {
		l := listKey{ownerOf(ctx, e), kind}
		if f.fills[l] == nil {
			f.makeRoom()
			f.fills[l] = &fill{}
		}
		f.fills[l].changed = true
	}
}

// start has a list read in the background, and after it those beside it. The channel is closed when the
// list's own run ends; nil where it was refused just now.
func (f *Finder) start(ctx context.Context, e *engine.Engine, l listKey) <-chan struct{} {
	state := f.index.StateOf(ctx, l.owner, l.kind)
	one, running := f.begin(e, l, state)
	if one == nil {
		return running
	}
	// The run goes on after its call, with the credential of that and for as long as it may be kept.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), credentialLife)
	ctx, stop := e.UntilStop(ctx)
	go func() {
		defer cancel()
		defer stop()
		f.run(ctx, e, l, one)
		for _, kind := range beside(l.kind) {
			next := listKey{l.owner, kind}
			if state := f.index.StateOf(ctx, next.owner, kind); state.Complete || ctx.Err() != nil {
				continue
			} else if one, _ := f.begin(e, next, state); one != nil {
				f.run(ctx, e, next, one)
			}
		}
	}()
	return running
}

// begin notes that a list is read. The fill is nil where it is read already, or was refused just now;
// the channel is nil in the second case.
func (f *Finder) begin(e *engine.Engine, l listKey, state catalogue.State) (*fill, <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	one := f.fills[l]
	if one == nil {
		f.makeRoom()
		one = &fill{}
		f.fills[l] = one
	}
	if one.running != nil {
		return nil, one.running
	}
	if e.Now().Before(one.until) {
		return nil, nil
	}
	one.err = nil
	one.forced, one.changed = one.changed, false
	if one.forced {
		one.fresh = nil // what was read of it is from before
	}
	if one.anew = state.Complete; !one.anew {
		one.mark, one.fresh, one.order = markOf(state.Next), nil, nil
	} else if one.fresh == nil {
		one.mark, one.fresh, one.order = mark{}, map[string]catalogue.Row{}, nil
	}
	one.running = make(chan struct{})
	return one, one.running
}

// makeRoom forgets the state of lists that nobody is reading once there are maxFills of them. The
// lock is held.
func (f *Finder) makeRoom() {
	if len(f.fills) < maxFills {
		return
	}
	for l, one := range f.fills {
		if one.running == nil {
			delete(f.fills, l)
		}
	}
}

// run reads a list on from where it is, and ends with it, with ctx, or with what HeyGen refuses.
func (f *Finder) run(ctx context.Context, e *engine.Engine, l listKey, one *fill) {
	err := f.index.Reread(ctx, l.owner, l.kind)
	if state := f.index.StateOf(ctx, l.owner, l.kind); err != nil || !state.Complete || one.forced || e.Now().Sub(state.Read) >= l.lifetime() {
		err = f.pages(ctx, e, l, one)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil && ctx.Err() == nil {
		one.err = err
		if !refusedCaller(err) { // somebody else may be shown it
			one.until = e.Now().Add(pauseAfterFailure)
		}
	}
	close(one.running)
	one.running = nil
}
