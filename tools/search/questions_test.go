package search

import (
	"slices"
	"testing"
)

// TestLearned holds what known questions make likely: what is meant by words that are in no name or text, and a way to
// ask that is known of another document with the same action or of the same object.
func TestLearned(t *testing.T) {
	t.Parallel()
	docs := []Doc{
		{Name: "delete_widget", Title: "Delete a widget", Questions: []string{"throw my widget away", "chuck the doodah"}},
		{Name: "delete_gadget", Title: "Delete a gadget", Questions: []string{"the gadget must vanish"}},
		{Name: "get_widget", Title: "Get a widget", Questions: []string{"where is my doodah", "look at the widget"}},
		{Name: "get_gadget", Title: "Get a gadget", Questions: []string{"what about the gadget"}},
	}
	x := New(docs)
	for query, want := range map[string]string{
		"the doodah is where":     "get_widget",
		"chuck it":                "delete_widget",
		"chuck the gadget":        "delete_gadget", // as delete_widget does
		"my doodah should vanish": "delete_widget", // as delete_gadget does
		"umbrella":                "",
	} {
		got, odds := "", x.learned.meant(terms(query))
		if odds != nil {
			got = docs[slices.Index(odds, slices.Max(odds))].Name
		}
		if got != want {
			t.Errorf("%q means %q, want %q: %v", query, got, want, odds)
		}
	}
	for words, known := range map[string]bool{"delete the gadget": true, "delete a widget, chuck it": false, "delete the umbrella": false, "is it": false, "": false} {
		if x.learned.knows(terms(words)) != known {
			t.Errorf("%q is known: %v", words, !known)
		}
	}
}

// TestNothingIsLearned holds that a document without questions is as likely as its name and texts say.
func TestNothingIsLearned(t *testing.T) {
	t.Parallel()
	x := New([]Doc{
		{Name: "create_widget", Title: "Make a widget", Questions: []string{"make me one", "I need a widget", "build one"}},
		{Name: "create_gizmo", Title: "Make a gizmo", Asked: "contraption"},
	})
	for _, query := range []string{"make a gizmo", "build me a contraption", "I need a gizmo"} {
		if hits := x.Find(query, func(int) bool { return true }); len(hits) == 0 || hits[0].At != 1 {
			t.Errorf("%q finds %v", query, hits)
		}
	}
	if odds := x.learned.meant(nil); odds != nil {
		t.Errorf("no words mean %v", odds)
	}
}
