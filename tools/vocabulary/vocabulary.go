package vocabulary

import (
	"net/http"
	"slices"

	"heygen-mcp/heygen"
)

// HeyGen calls one thing by several names: a clipping job is id in one answer and ai_clipping_id in
// another, the translation of a batch is a video_id. Its statuses are spelled by kind: completed,
// complete, ACTIVE, succeeded. The catalog declares both once for each kind of thing, and every
// answer is put into these words where it arrives, in Engine.do. Lists, waits, tasks and resources
// are made of such answers, so that all of them agree.

// falseID is how HeyGen calls the ids of all kinds in answers about several.
const falseID = "video_id"

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
	// Kind is the kind of job that it is, "" for none, and Seconds the member that tells how long what it has made is,
	// "" for what has no length.
	Kind, Seconds string
	// DoneAsking says that it is made and paid for where it needs input: what is asked is what becomes of it.
	DoneAsking bool
}

// Answered says which things the answer of an operation has.
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

// operation is one of HeyGen's, whatever its variant.
type operation struct{ method, path string }

// Vocabulary knows the things in HeyGen's answers, and respells them.
type Vocabulary struct {
	answers map[operation]Answered
	members []*Thing // those that have a Member
}

// AddPath says that the operations on the path of a thing's get, of these methods, answer with the thing: also its
// changes, and its deletion, of which only the id is known: a status there is that of the deletion. rows is what its
// items are, nil for what has none.
func (v *Vocabulary) AddPath(methods []string, path string, thing, rows *Thing) {
	for _, method := range methods {
		get := method == http.MethodGet
		a := Answered{Of: thing, Rows: rows, Whole: get, Paged: get && rows == nil}
		if method == http.MethodDelete {
			a = Answered{Of: &Thing{ID: thing.ID, OtherIDs: thing.OtherIDs}}
		}
		v.Add(method, path, a)
	}
}

// Add says what an operation answers with.
func (v *Vocabulary) Add(method, path string, a Answered) {
	if v.answers == nil {
		v.answers = map[operation]Answered{}
	}
	v.answers[operation{method, path}] = a
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
	return v.answers[operation{op.Method, op.Path}]
}

// Tell puts the answer of an operation into the words of the vocabulary.
func (v *Vocabulary) Tell(op heygen.Op, object map[string]any) {
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

// AddPages adds to what an operation answered with where a person sees it, if it is or will be there: page gives the
// address for a kind and an id, "" for none.
func (v *Vocabulary) AddPages(op heygen.Op, object map[string]any, page func(kind, id string) string) {
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
			object[PageMember] = address
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

// PageMember is where a person sees a thing.
const PageMember = "page_url"

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
