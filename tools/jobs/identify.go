package jobs

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/engine"
)

const (
	// maxTries bounds how often HeyGen is asked of which kind ids are: one id of any kind is found with
	// it. maxHints bounds it for ids that the kind given does not know, at the end of a wait.
	maxTries, maxHints = 28, 8
	// triesAtOnce is how many kinds are tried at a time.
	triesAtOnce = 4
)

// identify finds out of which kinds ids are, by their form and by asking HeyGen with at most so many
// calls: first the kinds of which one call tells many, those of the catalog's order. It gives the jobs
// that were found; an id that is not among them may still be one. but is a kind that is not tried,
// nil for none.
func (j *Jobs) identify(ctx context.Context, e *engine.Engine, ids []string, calls int, but *Kind) (map[string]*Kind, error) {
	found := map[string]*Kind{}
	rest := slices.Clone(ids)
	left := func() []string {
		rest = slices.DeleteFunc(rest, func(id string) bool { return found[id] != nil })
		return rest
	}
	var trouble error
	for _, k := range j.tried(but) {
		asked := slices.DeleteFunc(slices.Clone(left()), func(id string) bool { return j.isOther(id, k) })
		if k.Statuses.Path == "" || len(asked) == 0 || calls == 0 {
			continue
		}
		calls--
		looks, err := j.statuses(ctx, e, asked, k)
		if isSignedOut(err) || ctx.Err() != nil {
			return nil, cmp.Or(err, ctx.Err())
		}
		if err != nil {
			trouble = err
		}
		for id, l := range looks {
			if l.state["status"] != notFound && slices.Contains(asked, id) {
				found[id] = k
			}
		}
	}
	var last *Kind
	for _, id := range slices.Clone(left()) {
		k, err := j.kindOf(ctx, e, id, j.singly(id, but, last), &calls)
		if isSignedOut(err) || ctx.Err() != nil {
			return nil, cmp.Or(err, ctx.Err())
		}
		if k != nil {
			found[id], last = k, k
		} else if err != nil {
			trouble = err
		}
	}
	if len(found) == 0 && isTransient(trouble) {
		return nil, trouble
	}
	return found, nil
}

// tried are the kinds that ids may be of here.
func (j *Jobs) tried(but *Kind) []*Kind {
	var kinds []*Kind
	for i := range j.kinds {
		if k := &j.kinds[i]; k != but && j.offered(k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// singly are the kinds that are asked for id by id: those first whose ids look like this one, then
// the one that another id was of.
func (j *Jobs) singly(id string, but, last *Kind) []*Kind {
	kinds := slices.DeleteFunc(j.tried(but), func(k *Kind) bool { return k.Statuses.Path != "" })
	place := func(k *Kind) int {
		switch {
		case k.looksLike(id):
			return 0
		case k == last:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(kinds, func(a, b *Kind) int { return cmp.Compare(place(a), place(b)) })
	return kinds
}

// looksLike reports whether an id has a form that HeyGen gives to ids of the kind, and not to all.
func (k *Kind) looksLike(id string) bool {
	return slices.ContainsFunc(k.IDForms, func(form string) bool { return strings.HasPrefix(id, form) })
}

// isOther reports whether an id looks like one of another kind.
func (j *Jobs) isOther(id string, than *Kind) bool {
	return !than.looksLike(id) && slices.ContainsFunc(j.kinds, func(k Kind) bool { return k.looksLike(id) })
}

// kindOf is the first of the kinds that has the id, nil for none, or where calls are used up.
func (j *Jobs) kindOf(ctx context.Context, e *engine.Engine, id string, kinds []*Kind, calls *int) (*Kind, error) {
	var trouble error
	for some := range slices.Chunk(kinds, triesAtOnce) {
		some = some[:min(len(some), *calls)]
		*calls -= len(some)
		errs := make([]error, len(some))
		atOnce(len(some), func(i int) { _, errs[i] = e.Do(ctx, some[i].Get, some[i].Ref(id)) })
		for i, err := range errs {
			if err == nil {
				return some[i], nil
			}
			if !isNotFound(err) {
				trouble = err
			}
		}
		if isSignedOut(trouble) || ctx.Err() != nil {
			return nil, trouble
		}
	}
	return nil, trouble
}

// isSignedOut reports whether HeyGen no longer knows the caller: it would say so of every kind.
func isSignedOut(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && e.Status == http.StatusUnauthorized
}

// recordedKinds are the kinds of those jobs that were begun through this server, for which HeyGen need not be asked.
func (j *Jobs) recordedKinds(ctx context.Context, e *engine.Engine, ids []string) map[string]*Kind {
	found := map[string]*Kind{}
	if e.Ledger() == nil {
		return found
	}
	kinds, err := e.Ledger().Kinds(ctx, e.Account(ctx), ids)
	if err != nil {
		return found // HeyGen knows as well
	}
	for id, name := range kinds {
		if k, ok := j.kindNamed(name); ok && j.offered(k) {
			found[id] = k
		}
	}
	return found
}

// kindsOf are the jobs of ids whose kind was not given. It refuses where none can be told.
func (j *Jobs) kindsOf(ctx context.Context, e *engine.Engine, ids []string) ([]ref, error) {
	found := j.recordedKinds(ctx, e, ids)
	if rest := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return found[id] != nil }); len(rest) > 0 {
		more, err := j.identify(ctx, e, rest, maxTries, nil)
		if err != nil {
			return nil, err
		}
		maps.Copy(found, more)
	}
	if len(found) == 0 {
		names := []string{}
		for _, k := range j.tried(nil) {
			names = append(names, k.Name)
		}
		return nil, args.Invalid("kind", "HeyGen knows no job of this account by these ids.",
			"Check the ids; of what was made just now, give kind as the create's wait_with has it. It is one of: "+strings.Join(names, ", ")+".")
	}
	refs := make([]ref, len(ids))
	for i, id := range ids {
		refs[i] = ref{found[id], id}
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
