package engine

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/heygen"
)

// HeyGen calls one thing by several names: a clipping job is id in one answer and ai_clipping_id in
// another, the translation of a batch is a video_id. Its statuses are spelled by kind: completed,
// complete, ACTIVE, succeeded. The catalog declares both once for each kind of thing, and every
// answer is put into these words where it arrives, in Engine.do. Lists, waits, tasks and resources
// are made of such answers, so that all of them agree.

// State is how far a job is, in words that are the same for every kind.
type State string

// The states. A job in one of the last three goes on no more.
const (
	Pending    State = "pending"     // it waits for its turn
	Running    State = "running"     // it is worked on
	NeedsInput State = "needs_input" // it waits for a user
	Done       State = "done"
	Failed     State = "failed"
	Canceled   State = "canceled" // somebody ended or deleted it
)

// Ended reports whether a job in this state goes on no more.
func (s State) Ended() bool { return s == Done || s == Failed || s == Canceled }

// States are the statuses of a kind, in HeyGen's spelling, by what they mean. The status "" stands
// for a get that tells of no status.
type States map[State][]string

// falseID is how HeyGen calls the ids of all kinds in answers about several.
const falseID = "video_id"

// notFound is HeyGen's status of an id that it does not know, in answers about several: it says
// nothing of a job, so that it is no state.
const notFound = "not_found"

// Of is what a status means; case and the two spellings of canceled do not count. A status that is
// not declared is Running: HeyGen adds statuses, and an unknown one must never be taken for the
// end.
func (s States) Of(status string) State {
	status = foldStatus(status)
	for state, statuses := range s {
		if slices.ContainsFunc(statuses, func(one string) bool { return foldStatus(one) == status }) {
			return state
		}
	}
	return Running
}

// Check finds what contradicts itself in the states of a kind of job.
func (s States) Check() error {
	seen, ends := map[string]bool{}, false
	for state, statuses := range s {
		if !slices.Contains([]State{Pending, Running, NeedsInput, Done, Failed, Canceled}, state) {
			return fmt.Errorf("the state %q is none", state)
		}
		ends = ends || state.Ended()
		for _, status := range statuses {
			if status = foldStatus(status); seen[status] {
				return fmt.Errorf("the status %q stands twice", status)
			}
			seen[status] = true
		}
	}
	if !ends {
		return errors.New("no state ends it")
	}
	return nil
}

// foldStatus is the one spelling under which statuses are compared.
func foldStatus(status string) string {
	return strings.ReplaceAll(strings.ToLower(status), "cancelled", "canceled")
}

// Thing is a kind of thing that HeyGen answers with.
type Thing struct {
	// ID is the one name of its id: the name by which its get tool takes it.
	ID string
	// OtherIDs are HeyGen's other names of the id, besides "id", which always is one.
	OtherIDs []string
	// Member is the member that holds such a thing in answers about other things, "" for none.
	Member string
	// States are its statuses, nil for a thing that is no job.
	States States
	// Kind is the kind of job that it is, "" for none, and Seconds the member that tells how long what it has made is, "" for
	// what has no length.
	Kind, Seconds string
}

// Answered is what an operation answers with.
type Answered struct {
	// Of is what the object is, and Rows what each item of a list or a batch is; nil for what has one
	// name everywhere.
	Of, Rows *Thing
	// Whole says that the object tells all of the thing: a status that it lacks is the status "".
	Whole bool
	// Paged says that a person can see each thing on a page, whose address is told with it.
	Paged bool
	// Begins says that a job begins: it is pending where HeyGen does not say how far it is.
	Begins bool
}

// Vocabulary is how answers are told.
type Vocabulary struct {
	answers map[Operation]Answered // by the operation without its variant
	members []*Thing               // those that have a Member
}

// AddPath says that the operations of tools on the path of a thing's get answer with the thing:
// also its changes, and its deletion, of which only the id is known: a status there is that of the
// deletion. rows is what its items are, nil for what has none.
func (v *Vocabulary) AddPath(tools []BoundTool, path string, thing, rows *Thing) {
	for _, t := range tools {
		for _, op := range t.Operations {
			if op.Path != path {
				continue
			}
			get := op.Method == http.MethodGet
			a := Answered{Of: thing, Rows: rows, Whole: get, Paged: get && rows == nil}
			if op.Method == http.MethodDelete {
				a = Answered{Of: &Thing{ID: thing.ID, OtherIDs: thing.OtherIDs}}
			}
			v.Add(op.Method, path, a)
		}
	}
}

// Add says what an operation answers with.
func (v *Vocabulary) Add(method, path string, a Answered) {
	if v.answers == nil {
		v.answers = map[Operation]Answered{}
	}
	v.answers[Operation{Method: method, Path: path}] = a
}

// AddMember says that answers about other things may hold the thing in its member, if it has one.
func (v *Vocabulary) AddMember(t *Thing) {
	if t.Member != "" {
		v.members = append(v.members, t)
	}
}

// Of is what an operation answers with.
func (v *Vocabulary) Of(op heygen.Op) Answered {
	if v == nil {
		return Answered{}
	}
	return v.answers[Operation{Method: op.Method, Path: op.Path}]
}

// tell puts the answer of an operation into the words of the vocabulary.
func (v *Vocabulary) tell(op heygen.Op, object map[string]any) {
	if v == nil {
		return
	}
	a := v.Of(op)
	v.tellThing(a.Of, object)
	if a.Of != nil && a.Of.States != nil && object["state"] == nil {
		_, told := object["status"]
		switch {
		case a.Begins:
			object["state"] = string(Pending)
		case a.Whole && !told && slices.Contains(a.Of.States[Done], ""):
			object["state"] = string(Done)
		}
	}
	rows, _ := object["items"].([]any)
	for _, r := range rows {
		if row, ok := r.(map[string]any); ok {
			v.tellThing(a.Rows, row)
		}
	}
}

// addPages adds to what an operation answered with where a person sees it, if it is or will be there: page gives the
// address for a kind and an id, "" for none.
func (v *Vocabulary) addPages(op heygen.Op, object map[string]any, page func(kind, id string) string) {
	a := v.Of(op)
	if !a.Paged || page == nil {
		return
	}
	add := func(t *Thing, object map[string]any) {
		state, _ := object["state"].(string)
		if t == nil || t.Kind == "" || state == string(Failed) || state == string(Canceled) {
			return
		}
		id, _ := object[t.ID].(string)
		if address := page(t.Kind, id); id != "" && address != "" {
			object[pageMember] = address
		}
	}
	add(a.Of, object)
	rows, _ := object["items"].([]any)
	for _, r := range rows {
		if row, ok := r.(map[string]any); ok {
			add(a.Rows, row)
		}
	}
}

// pageMember is where a person sees a thing.
const pageMember = "page_url"

// tellThing names the id and the state of one thing, which may be nil, and of those that it holds.
func (v *Vocabulary) tellThing(t *Thing, object map[string]any) {
	for _, inner := range v.members {
		if held, ok := object[inner.Member].(map[string]any); ok {
			inner.tell(held)
		}
	}
	if t == nil {
		return
	}
	t.tell(object)
	if held, ok := object[t.Member].(map[string]any); ok && object[t.ID] == nil {
		for _, name := range []string{t.ID, "state"} { // of a create that answers with what it made
			if known, ok := held[name]; ok {
				object[name] = known
			}
		}
	}
}

// tell names the id and the state of one thing. A member state of HeyGen's own would be dropped: it
// is this server's word, by which waits tell the end.
func (t *Thing) tell(object map[string]any) {
	if t.States != nil {
		delete(object, "state")
	}
	if _, named := object[t.ID]; !named {
		for _, other := range append([]string{"id"}, t.OtherIDs...) {
			if id, ok := object[other]; ok {
				object[t.ID] = id
				if other == falseID { // the others are right, if not what arguments are called
					delete(object, other)
				}
				break
			}
		}
	}
	if status, ok := object["status"].(string); ok && t.States != nil && status != notFound {
		object["state"] = string(t.States.Of(status))
	}
}
