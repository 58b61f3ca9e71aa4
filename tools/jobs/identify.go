package jobs

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/engine"
)

const (
	// maxTries bounds how often HeyGen is asked of which kind ids are and does not know: one id of any kind is found
	// with it. maxHints bounds it for ids that the kind given does not know, at the end of a wait. An answer that finds
	// some is free, so that a hundred ids can be found.
	maxTries, maxHints = 28, 8
	// triesAtOnce is how many kinds are tried at a time.
	triesAtOnce = 4
	// manyIDs is of how many ids the lists of what was made are read: of fewer, each is asked for.
	manyIDs = 4
)

// kindSearch is the search for the kinds of one list of ids.
type kindSearch struct {
	*Jobs
	e      *engine.Engine
	except *Kind // that is not tried, nil for none
	calls  int   // that are left

	found   map[string]*Kind
	rest    []string // in the order asked for
	recent  []*Kind  // of those that were asked for one by one, the last first
	trouble error    // what one of the calls met
}

// identify finds out of which kinds ids are: by the record of what was made, by calls that tell of many, those that
// their form suggests first, and one by one, until so many calls have found nothing. It gives the jobs that were
// found; an id that is not among them may still be one. except is a kind that is not tried, nil for none.
func (j *Jobs) identify(
	ctx context.Context, e *engine.Engine, ids []string, calls int, except *Kind,
) (map[string]*Kind, error) {
	f := &kindSearch{Jobs: j, e: e, except: except, calls: calls, found: map[string]*Kind{}, rest: slices.Clone(ids)}
	f.byRecord(ctx)
	for _, ask := range []func(context.Context) error{f.byStatuses, f.byLists, f.oneByOne} {
		if err := ask(ctx); err != nil {
			return nil, err
		}
	}
	if len(f.found) == 0 && isTransient(f.trouble) {
		return nil, f.trouble
	}
	return f.found, nil
}

// note records of which kind ids are.
func (f *kindSearch) note(k *Kind, ids ...string) {
	for _, id := range ids {
		f.found[id] = k
	}
	f.rest = slices.DeleteFunc(f.rest, func(id string) bool { return f.found[id] != nil })
}

// keepTrouble keeps the error of a call; it gives the error where no other call can do better.
func (f *kindSearch) keepTrouble(ctx context.Context, err error) error {
	if isSignedOut(err) || ctx.Err() != nil {
		return cmp.Or(err, ctx.Err())
	}
	if err != nil && !isNotFound(err) {
		f.trouble = err
	}
	return nil
}

// byRecord looks the ids up among what the account has made through this server.
func (f *kindSearch) byRecord(ctx context.Context) {
	book := f.e.Ledger()
	if book == nil {
		return
	}
	kinds, err := book.Kinds(ctx, f.e.Account(ctx), f.rest)
	if err != nil {
		return // HeyGen tells as well
	}
	for id, name := range kinds {
		if k, ok := f.kindNamed(name); ok && k != f.except && f.offered(k) {
			f.note(k, id)
		}
	}
}

// byStatuses asks for the kinds of which one call tells many.
func (f *kindSearch) byStatuses(ctx context.Context) error {
	for _, k := range f.tried(f.except) {
		asked := slices.DeleteFunc(slices.Clone(f.rest), func(id string) bool { return f.isOther(id, k) })
		if k.Statuses.Path == "" || len(asked) == 0 || f.calls == 0 {
			continue
		}
		f.calls--
		looks, err := f.statuses(ctx, f.e, asked, k)
		if err := f.keepTrouble(ctx, err); err != nil {
			return err
		}
		for id, l := range looks {
			if l.state["status"] != notFound && slices.Contains(asked, id) {
				f.note(k, id)
			}
		}
	}
	return nil
}

// byLists reads the newest of each kind that can be listed, where many ids are left.
func (f *kindSearch) byLists(ctx context.Context) error {
	for _, k := range f.tried(f.except) {
		lister, ok := f.choice.Find(k.ListTool)
		if len(f.rest) < manyIDs || f.calls == 0 || k.Statuses.Path != "" || !ok || !listsAll(lister) {
			continue
		}
		f.calls--
		page, err := f.e.Do(ctx, lister.Op, &listPage{Limit: pageSize})
		if err := f.keepTrouble(ctx, err); err != nil {
			return err
		}
		items, _ := page["items"].([]any)
		for _, it := range items {
			item, _ := it.(map[string]any)
			if id, _ := item[k.idParam()].(string); slices.Contains(f.rest, id) {
				f.note(k, id)
			}
		}
	}
	return nil
}

// listsAll reports whether a tool lists things of which nothing else need be known, many at once.
func listsAll(t *engine.BoundTool) bool {
	limit, ok := t.Input().Lookup("limit")
	return ok && limit.Max != nil && *limit.Max >= pageSize &&
		!slices.ContainsFunc(t.Input().Fields, func(f inputs.Field) bool { return f.Required })
}

// oneByOne asks for ids one by one, of the other kinds: first of those that others were of, since what is asked for
// together is often of one kind.
func (f *kindSearch) oneByOne(ctx context.Context) error {
	for _, id := range slices.Clone(f.rest) {
		if f.calls == 0 {
			return nil
		}
		kinds := f.singleKinds(id)
		known := len(f.recent)
		k, err := f.kindOf(ctx, id, kinds[:known])
		if k == nil && err == nil {
			k, err = f.kindOf(ctx, id, kinds[known:])
		}
		if err != nil {
			return err
		}
		if k != nil {
			f.note(k, id)
			f.recent = slices.DeleteFunc(f.recent, func(one *Kind) bool { return one == k })
			f.recent = slices.Insert(f.recent, 0, k)
		}
	}
	return nil
}

// tried are the kinds that ids may be of here.
func (j *Jobs) tried(except *Kind) []*Kind {
	var kinds []*Kind
	for i := range j.kinds {
		if k := &j.kinds[i]; k != except && j.offered(k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// singleKinds are the kinds that are asked for id by id: those that others were of, then those whose ids look like
// this one. What looks like another kind's is asked for last.
func (f *kindSearch) singleKinds(id string) []*Kind {
	kinds := slices.DeleteFunc(f.tried(f.except), func(k *Kind) bool {
		return k.Statuses.Path != "" || slices.Contains(f.recent, k)
	})
	slices.SortStableFunc(kinds, func(a, b *Kind) int {
		return cmp.Compare(btoi(b.looksLike(id)), btoi(a.looksLike(id)))
	})
	return slices.Concat(f.recent, kinds)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// looksLike reports whether an id has a form that HeyGen gives to ids of the kind, and not to all.
func (k *Kind) looksLike(id string) bool {
	return slices.ContainsFunc(k.IDForms, func(form string) bool { return strings.HasPrefix(id, form) })
}

// isOther reports whether an id looks like one of another kind.
func (j *Jobs) isOther(id string, than *Kind) bool {
	return !than.looksLike(id) && slices.ContainsFunc(j.kinds, func(k Kind) bool { return k.looksLike(id) })
}

// kindOf is the first of the kinds that has the id, nil for none, or where calls are used up. One that finds it costs
// no call.
func (f *kindSearch) kindOf(ctx context.Context, id string, kinds []*Kind) (*Kind, error) {
	for some := range slices.Chunk(kinds, triesAtOnce) {
		some = some[:min(len(some), f.calls)]
		errs := make([]error, len(some))
		atOnce(len(some), func(i int) { _, errs[i] = f.e.Do(ctx, some[i].Get, some[i].Ref(id)) })
		for i, err := range errs {
			if err == nil {
				return some[i], nil
			}
		}
		f.calls -= len(some)
		for _, err := range errs {
			if err := f.keepTrouble(ctx, err); err != nil {
				return nil, err
			}
		}
	}
	return nil, nil //nolint:nilnil // none has it
}

// isSignedOut reports whether HeyGen no longer knows the caller: it would say so of every kind.
func isSignedOut(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && e.Status == http.StatusUnauthorized
}

// kindsOf are the jobs of ids whose kind was not given. It refuses where none can be told.
func (j *Jobs) kindsOf(ctx context.Context, e *engine.Engine, ids []string) ([]jobRef, error) {
	found, err := j.identify(ctx, e, ids, maxTries, nil)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		names := []string{}
		for _, k := range j.tried(nil) {
			names = append(names, k.Name)
		}
		return nil, faults.Invalid("kind", "HeyGen knows no job of this account by these ids.",
			"Check the ids; of what was made just now, give kind as the create's wait_with has it. It is one of: "+strings.Join(names, ", ")+".")
	}
	refs := make([]jobRef, len(ids))
	for i, id := range ids {
		refs[i] = jobRef{found[id], id}
	}
	return refs, nil
}

// hint says of ids that are not known whether they are of another kind, where few calls can tell.
func (j *Jobs) hint(ctx context.Context, e *engine.Engine, s *jobStates) {
	ctx, cancel := context.WithTimeout(ctx, detailTime)
	defer cancel()
	var ids []string
	for _, one := range s.unknown {
		if one.kind != nil && one.told["error"] == nil {
			ids = append(ids, one.id)
		}
	}
	var found map[string]*Kind
	if len(ids) > 0 {
		found, _ = j.identify(ctx, e, ids, maxHints, s.unknown[0].kind) // a hint that fails is none
	}
	for _, one := range s.unknown {
		one.told["state"] = stateUnknown
		switch k := found[one.id]; {
		case one.told["next_step"] != nil: // it cannot be read
		case k != nil:
			one.told["kind"], one.told["next_step"] = k.Name, "It is of the kind "+k.Name+": wait for it with that."
		case one.kind.lister() != "":
			one.told["next_step"] = one.kind.lister() + " shows the ids that there are."
		default:
			one.told["next_step"] = "Take the id from the answer of the create."
		}
	}
}

// lister is the tool that lists such jobs, "" for none.
func (k *Kind) lister() string {
	if k == nil {
		return ""
	}
	return k.ListTool
}
