package vocabulary

import (
	"reflect"
	"testing"

	"heygen-mcp/heygen"
)

// TestStates holds that the spelling of a status does not count, and that one nobody knows goes on.
func TestStates(t *testing.T) {
	t.Parallel()
	states := States{Pending: {"PENDING"}, Done: {"complete", ""}, Failed: {"error"}, Canceled: {"cancelled"}}
	for status, want := range map[string]State{
		"PENDING": Pending, "pending": Pending, "Complete": Done, "": Done, "ERROR": Failed,
		"cancelled": Canceled, "canceled": Canceled, "CANCELED": Canceled, "archiving": Running, "completed": Running,
	} {
		if got := states.Of(status); got != want {
			t.Errorf("%q: got %s, want %s", status, got, want)
		}
	}
	if err := states.Check(); err != nil {
		t.Errorf("got %v, want no fault", err)
	}
}

// TestTell holds how an answer is put into the words of the vocabulary.
func TestTell(t *testing.T) {
	t.Parallel()
	dub := &Thing{
		ID: "dub_id", OtherIDs: []string{"video_id"}, Member: "dub_item",
		States: States{Running: {"working"}, Done: {"ready", ""}, Failed: {"FAILED"}},
	}
	batch := &Thing{ID: "batch_id", States: States{Running: {"working"}, Done: {"ready"}}}
	v := &Vocabulary{}
	v.AddMember(dub)
	const path = "/dubs/{dub_id}"
	v.AddPath([]string{"GET", "DELETE"}, path, dub, nil)
	v.Add("POST", "/dubs", Answered{Of: dub, Begins: true})
	v.Add("GET", "/dubs", Answered{Rows: dub})
	v.Add("GET", "/batches/{batch_id}", Answered{Of: batch, Rows: dub, Whole: true})
	type object = map[string]any
	get, create := heygen.Op{Method: "GET", Path: path}, heygen.Op{Method: "POST", Path: "/dubs"}
	for name, c := range map[string]struct {
		op         heygen.Op
		sent, want object
	}{
		"a get": {get, object{"id": "a", "status": "ready"},
			object{"dub_id": "a", "id": "a", "status": "ready", "state": "done"}},
		"a get without a status": {get, object{"id": "a"}, object{"dub_id": "a", "id": "a", "state": "done"}},
		"an unknown status": {get, object{"id": "a", "status": "new"},
			object{"dub_id": "a", "id": "a", "status": "new", "state": "running"}},
		"a state of HeyGen's own": {get, object{"id": "a", "status": "new", "state": "done"},
			object{"dub_id": "a", "id": "a", "status": "new", "state": "running"}},
		"another's id stays": {get, object{"id": "a", "video_id": "v", "status": "FAILED"},
			object{"dub_id": "a", "id": "a", "video_id": "v", "status": "FAILED", "state": "failed"}},
		"a deletion": {heygen.Op{Method: "DELETE", Path: path}, object{"id": "a", "status": "ok"},
			object{"dub_id": "a", "id": "a", "status": "ok"}},
		"a create": {create, object{"dub_id": "a"}, object{"dub_id": "a", "state": "pending"}},
		"a create that holds it": {create, object{"dub_item": object{"id": "a", "status": "working"}}, object{
			"dub_id": "a", "state": "running",
			"dub_item": object{"dub_id": "a", "id": "a", "status": "working", "state": "running"}}},
		"a create of another kind": {heygen.Op{Method: "POST", Path: "/others"},
			object{"id": "a", "status": "ready"}, object{"id": "a", "status": "ready"}},
		"a list": {heygen.Op{Method: "GET", Path: "/dubs"},
			object{"items": []any{object{"video_id": "a", "status": "ready"}, object{"id": "b"},
				object{"video_id": "c", "status": "not_found"}}},
			object{"items": []any{object{"dub_id": "a", "status": "ready", "state": "done"}, object{"dub_id": "b", "id": "b"},
				object{"dub_id": "c", "status": "not_found"}}}},
		"a batch": {heygen.Op{Method: "GET", Path: "/batches/{batch_id}"},
			object{"batch_id": "b", "status": "working", "items": []any{object{"video_id": "a", "status": "working"}}},
			object{"batch_id": "b", "status": "working", "state": "running",
				"items": []any{object{"dub_id": "a", "status": "working", "state": "running"}}}},
	} {
		v.Tell(c.op, c.sent)
		if !reflect.DeepEqual(c.sent, c.want) {
			t.Errorf("%s: got %v, want %v", name, c.sent, c.want)
		}
	}
}

// TestAddPages holds which things are told with the page on which a person sees them: those that are there or will be.
func TestAddPages(t *testing.T) {
	t.Parallel()
	film, note := &Thing{Kind: "film", ID: "film_id"}, &Thing{ID: "note_id"}
	v := &Vocabulary{}
	v.Add("GET", "/films/{film_id}", Answered{Of: film, Paged: true})
	v.Add("GET", "/films", Answered{Rows: film, Paged: true})
	v.Add("GET", "/notes/{note_id}", Answered{Of: note, Paged: true})
	v.Add("DELETE", "/films/{film_id}", Answered{Of: film})
	page := func(kind, id string) string {
		if id == "hidden" {
			return ""
		}
		return "/" + kind + "/" + id
	}
	type object = map[string]any
	get := heygen.Op{Method: "GET", Path: "/films/{film_id}"}
	for name, c := range map[string]struct {
		op   heygen.Op
		sent object
		want any // of the object, or of its first row
	}{
		"one that is done":     {get, object{"film_id": "a", "state": "done"}, "/film/a"},
		"one that is running":  {get, object{"film_id": "a", "state": "running"}, "/film/a"},
		"one without a state":  {get, object{"film_id": "a"}, "/film/a"},
		"one that failed":      {get, object{"film_id": "a", "state": "failed"}, nil},
		"one that was stopped": {get, object{"film_id": "a", "state": "canceled"}, nil},
		"one without an id":    {get, object{"state": "done"}, nil},
		"one without a page":   {get, object{"film_id": "hidden", "state": "done"}, nil},
		"a row":                {heygen.Op{Method: "GET", Path: "/films"}, object{"items": []any{object{"film_id": "b", "state": "done"}, "no object"}}, "/film/b"},
		"nothing to watch":     {heygen.Op{Method: "GET", Path: "/notes/{note_id}"}, object{"note_id": "a"}, nil},
		"what is deleted":      {heygen.Op{Method: "DELETE", Path: "/films/{film_id}"}, object{"film_id": "a"}, nil},
	} {
		v.AddPages(c.op, c.sent, page)
		shown := c.sent
		if rows, ok := c.sent["items"].([]any); ok {
			shown = rows[0].(object)
		}
		if got := shown[PageMember]; got != c.want {
			t.Errorf("%s: the page is %v, want %v", name, got, c.want)
		}
	}
	alone := object{"film_id": "a"}
	if v.AddPages(get, alone, nil); alone[PageMember] != nil {
		t.Errorf("where nobody could open a page there is %v", alone)
	}
}
