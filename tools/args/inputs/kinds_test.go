package inputs_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// TestReferences holds which texts name something, so that what is invisible around them is no part of them.
func TestReferences(t *testing.T) {
	t.Parallel()
	type texts struct {
		ID      *string  `json:"voice_id" doc:"x"`
		IDs     *string  `json:"ids" doc:"x"`
		Key     *string  `json:"key" doc:"x"`
		Path    *string  `json:"name" in:"path" doc:"x"`
		Query   *string  `json:"search" in:"query" doc:"x"`
		Strict  *string  `json:"strict" pattern:"^[a-z]+$" doc:"x"`
		Lenient *string  `json:"lenient" pattern:"^[a-z ]*$" doc:"x"`
		Title   *string  `json:"title" doc:"x"`
		Reread  *capital `json:"reread" doc:"x"`
	}
	p := inputs.SpecOf(reflect.TypeFor[texts]())
	for name, want := range map[string]bool{
		"voice_id": true, "key": true, "name": true, "search": true, "strict": true, "lenient": false, "title": false, "reread": true,
	} {
		f, _ := p.Lookup(name)
		if f.Reference != want || f.MayBeEmpty() == want {
			t.Errorf("%s: got %t for whether it names something and %t for whether it may be empty", name, f.Reference, f.MayBeEmpty())
		}
	}
	const page = "https://app.heygen.com/videos/0123456789abcdef0123456789abcdef"
	if got, fault := args.Check(p, map[string]any{"voice_id": page, "ids": page, "key": page}, ""); fault != nil ||
		got["voice_id"] != page[len(page)-32:] || got["ids"] != page[len(page)-32:] || got["key"] != page {
		t.Errorf("got %v, %v; want the ids of the page, and the key as it was", got, fault)
	}
	got, fault := args.Check(p, argstest.Object(t, `{"reread":" a ","name":"https://app.heygen.com/videos/0123456789abcdef0123456789abcdef"}`), "")
	if fault != nil || got["reread"] != "A" || got["name"] != "0123456789abcdef0123456789abcdef" {
		t.Errorf("got %v, %v; want the text as its type reads it, and the id of a page", got, fault)
	}
	if _, fault := args.Check(p, argstest.Object(t, `{"reread":"1"}`), ""); fault == nil || fault.Message != "reread has no letters" {
		t.Errorf("got %v, want the words of the type", fault)
	}
	if p.Has("other") || !p.Has("voiceId") || !slices.Equal(p.InPath(), []string{"name"}) {
		t.Errorf("got %v in the path", p.InPath())
	}
	p.SetChoices("title", []string{"one", "two"})
	if got, fault := args.Check(p, argstest.Object(t, `{"title":" Two "}`), ""); fault != nil || got["title"] != "two" {
		t.Errorf("got %v, %v; want the choice", got, fault)
	}
	argstest.MustPanic(t, "choices of nothing", func() { p.SetChoices("other", nil) })
}

// capital is a text that is sent in capitals.
type capital string

func (capital) ReadText(s, path string) (string, *faults.Fault) {
	if s == "1" {
		return "", faults.Invalid(path, path+" has no letters", "send letters")
	}
	return strings.ToUpper(s), nil
}
