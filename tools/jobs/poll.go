package jobs

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/vocabulary"
)

// jobRef is a job by its kind and id; the kind is nil where it was not given and could not be told.
type jobRef struct {
	kind *Kind
	id   string
}

// job is what is known of one job.
type job struct {
	jobRef
	told map[string]any // what a poll told, with the id by the name that the get has for it
	full map[string]any // what its get answered, nil where nobody has asked; others have it as well
	// looks is how often HeyGen was asked for it.
	looks int
}

// state is how far it is, "" where that is not known.
func (o *job) state() vocabulary.State { return stateOf(o.told) }

// jobStates groups the jobs of one wait, each group in the order in which they were asked for: done,
// pending, needing a user, and not found.
type jobStates struct{ done, pending, needsUser, unknown []*job }

// settled reports whether waiting longer changes nothing. What is not found at first may just have
// been made, so one look is not enough to give it up.
func (s *jobStates) settled() bool {
	fresh := slices.ContainsFunc(s.unknown, func(one *job) bool { return one.kind != nil && one.looks < 2 })
	return len(s.pending) == 0 && !fresh
}

// allPending is what is known of jobs that nobody has looked at.
func allPending(refs []jobRef) *jobStates {
	s := &jobStates{}
	for _, r := range refs {
		if r.kind == nil {
			s.add(r, jobStatus{}, 0)
			continue
		}
		s.pending = append(s.pending, unseenJob(r))
	}
	return s
}

// unseenJob is a job of which nothing is known but its id.
func unseenJob(r jobRef) *job { return &job{jobRef: r, told: map[string]any{r.kind.idParam(): r.id}} }

// refsOf are jobs of one kind.
func refsOf(k *Kind, ids []string) []jobRef {
	refs := make([]jobRef, len(ids))
	for i, id := range ids {
		refs[i] = jobRef{k, id}
	}
	return refs
}

// toldMembers are the members of a job's state that a wait passes on.
func toldMembers() []string {
	return []string{
		"status", "error", "failure_code", "failure_message", "heygen_message", "progress",
		"question", "resource_ids", "group_id",
	}
}

// poll sorts jobs by how far they are, by one look that may be shared with others who want to know.
func (j *Jobs) poll(ctx context.Context, e *engine.Engine, refs []jobRef) (*jobStates, error) {
	ctx, cancel := context.WithTimeout(ctx, maxPollTime)
	defer cancel()
	w := j.watch(ctx, e, refs)
	defer w.leave()
	for {
		known, trouble := w.look(ctx)
		if known != nil || trouble != nil {
			return known, trouble
		}
		w.sleep(ctx, e, maxPollTime)
	}
}

// jobStatus is what HeyGen says of a job: whole is whether its get said it.
type jobStatus struct {
	state map[string]any
	whole bool
}

// add puts a job into its group, after so many looks. A status that is not known yet counts as pending, so
// that a new one of HeyGen's is never taken for the end.
func (s *jobStates) add(r jobRef, l jobStatus, looks int) {
	one := unseenJob(r)
	one.looks = looks
	for _, name := range append(toldMembers(), "state") {
		if v, there := l.state[name]; there {
			one.told[name] = ownCopy(v)
		}
	}
	if l.whole {
		one.full, _ = ownCopy(l.state).(map[string]any)
	}
	switch now := stateOf(l.state); {
	case l.state == nil || l.state["status"] == notFound:
		one.told["status"], one.full = notFound, nil
		copyMembers(one.told, l.state, "next_step")
		s.unknown = append(s.unknown, one)
	case now.Ended():
		s.done = append(s.done, one)
	case now == vocabulary.NeedsInput:
		one.told["asks"] = r.kind.asks(l.state["status"])
		s.needsUser = append(s.needsUser, one)
	default:
		s.pending = append(s.pending, one)
	}
}

// ownCopy is a copy of decoded JSON, for a wait that changes what it answers: other waits have the same look.
func ownCopy(v any) any {
	switch v := v.(type) {
	case map[string]any:
		own := make(map[string]any, len(v))
		for name, member := range v {
			own[name] = ownCopy(member)
		}
		return own
	case []any:
		own := make([]any, len(v))
		for i, item := range v {
			own[i] = ownCopy(item)
		}
		return own
	}
	return v
}

// notFound is HeyGen's status of an id that it does not know, in answers about several.
const notFound = "not_found"

// stateOf is the state of a job as an answer tells it, "" where it does not.
func stateOf(job map[string]any) vocabulary.State {
	state, _ := job["state"].(string)
	return vocabulary.State(state)
}

// looks asks for the jobs, kind by kind, and all of a kind at once where v3 can.
func (j *Jobs) looks(ctx context.Context, e *engine.Engine, refs []jobRef) (map[jobRef]jobStatus, error) {
	looks := map[jobRef]jobStatus{}
	var kinds []*Kind
	for _, r := range refs { // one of no kind is known to none
		if r.kind != nil && !slices.Contains(kinds, r.kind) {
			kinds = append(kinds, r.kind)
		}
	}
	for _, k := range kinds {
		var ids []string
		for _, r := range refs {
			if r.kind == k {
				ids = append(ids, r.id)
			}
		}
		ask := j.statuses
		if k.Statuses.Path == "" {
			ask = j.statesSingly
		}
		if j.polled != nil {
			j.polled(k.Name)
		}
		of, err := ask(ctx, e, ids, k)
		if err != nil {
			return nil, err
		}
		for id, l := range of {
			looks[jobRef{k, id}] = l
		}
	}
	return looks, nil
}

// maxStatuses is how many ids v3 takes where it tells of many by one call.
const maxStatuses = 100

// statuses asks for jobs of a kind, for as many by one call as v3 takes.
func (j *Jobs) statuses(ctx context.Context, e *engine.Engine, ids []string, k *Kind) (map[string]jobStatus, error) {
	looks := map[string]jobStatus{}
	for some := range slices.Chunk(ids, maxStatuses) {
		page, err := e.Do(ctx, k.Statuses, k.IDs(some))
		if err != nil {
			return nil, err
		}
		items, _ := page["items"].([]any)
		for _, it := range items {
			if item, ok := it.(map[string]any); ok {
				if id, ok := item[k.idParam()].(string); ok {
					looks[id] = jobStatus{state: item}
				}
			}
		}
	}
	return looks, nil
}

// statesSingly asks for the jobs one by one, some at the same time. One that cannot be read does not
// hide the others: it stays pending if that may pass, and says why it cannot be read if not.
func (j *Jobs) statesSingly(
	ctx context.Context, e *engine.Engine, ids []string, k *Kind,
) (map[string]jobStatus, error) {
	got, errs := make([]map[string]any, len(ids)), make([]error, len(ids))
	atOnce(len(ids), func(i int) { got[i], errs[i] = e.Do(ctx, k.Get, k.Ref(ids[i])) })
	looks, read := map[string]jobStatus{}, 0
	var trouble error
	for i, id := range ids {
		switch err := errs[i]; {
		case isNotFound(err):
			read++
		case err != nil:
			trouble = err
			state := map[string]any{"status": "unreadable"}
			if !isTransient(err) {
				refusal := refusals.From(err, refusals.Attempt{})
				state["status"], state["error"], state["next_step"] = notFound, refusal.Message, refusal.NextStep
				if refusal.HeyGenMessage != "" {
					state["heygen_message"] = refusal.HeyGenMessage
				}
			}
			looks[id] = jobStatus{state: state}
		default:
			read++
			if k.Summarize != nil {
				k.Summarize(got[i])
			}
			looks[id] = jobStatus{got[i], true}
		}
	}
	if read == 0 && trouble != nil {
		return nil, trouble
	}
	return looks, nil
}

// isNotFound reports whether HeyGen knows no such thing.
func isNotFound(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && e.Status == http.StatusNotFound
}

// isTransient reports whether the fault of one poll may be gone at the next.
func isTransient(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && e.Retryable
}
