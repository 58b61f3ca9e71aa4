package search

import (
	"slices"
	"testing"
)

// TestPhrases holds that phrases are found as whole words, and never inside others.
func TestPhrases(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"The best clips":            " the best clips ",
		"Match her lips!":           " match her lipsync ",
		"lip-sync, in real-time":    " lipsync in realtime ",
		"Did I get rid of it?":      " list delete it ",
		"Which videos are there":    " which videos list ",
		"a voice over of the sound": " a voiceover of the sound ",
		"Tell Bo when it ends":      " create webhook ",
		"when does it end":          " when does it end ",
	} {
		if got := joinPhrases(query); got != want {
			t.Errorf("%q became %q, want %q", query, got, want)
		}
	}
}

// TestFind holds the ranking: whole words before parts and misspellings, names before texts, and
// nothing where only a verb or nothing fits.
func TestFind(t *testing.T) {
	t.Parallel()
	x := New([]Doc{
		{Name: "create_widget", Title: "Make a widget", Description: "Makes one of the gadgets."},
		{Name: "create_gadget", Title: "Make a gadget", Description: "Makes one."},
		{Name: "create_gadgetry", Title: "Make gadgetry", Description: "Makes more."},
		{Name: "get_widget", Title: "Get a widget", Description: "One widget."},
	})
	all := func(int) bool { return true }
	for query, want := range map[string][]int{
		"gadgets":          {1},
		"make a new widgt": {0, 3},
		"create":           nil,
		"order a pizza":    nil,
	} {
		var got []int
		for _, h := range x.Find(query, all) {
			got = append(got, h.At)
		}
		if len(got) > len(want) {
			got = got[:max(1, len(want))]
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
	if hits := x.Find("widget", func(at int) bool { return at != 3 }); len(hits) != 1 || hits[0].At != 0 {
		t.Errorf("what is not allowed is found: %v", hits)
	}
	for range 20 {
		first, again := x.Find("make a new widgt", all), x.Find("make a new widgt", all)
		if !slices.Equal(first, again) {
			t.Fatalf("two searches differ: %v and %v", first, again)
		}
	}
}

// TestForeign holds that a query in another language is written in English words, and an English one is left
// alone, also where words of it are words of others.
func TestForeign(t *testing.T) {
	t.Parallel()
	english := func(word string) bool {
		return slices.Contains([]string{"the", "video", "avatar", "of", "die", "market", "double", "custom"}, word)
	}
	for query, want := range map[string]string{
		"Übersetze mein Video ins Englische": "translate video english language",
		"¿Qué cuesta un vídeo?":              "estimate cost video",
		"lösch den Avatar":                   "delete avatar",
		"supprimer l'avatar":                 "delete avatar",
		"double the market of the video":     "double the market of the video",
		"a custom pasta video":               "a custom pasta video",
	} {
		if got := inEnglish(query, english); got != want {
			t.Errorf("%q became %q, want %q", query, got, want)
		}
	}
}
