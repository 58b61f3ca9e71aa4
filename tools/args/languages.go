package args

import (
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/languages"
)

// LanguageList is a list of the names that HeyGen has for languages, and the tool that shows it.
type LanguageList struct {
	*languages.List
	Tool string
}

// Lists gives the list that a tag lang names, nil where it cannot be had: what is said is then
// HeyGen's to judge.
type Lists func(name string) *LanguageList

// maxNotes is how many notes there are about one call: what is told of a hundred items need not be
// told of each.
const maxNotes = 8

// note tells the caller what was taken for what.
func (r *reader) note(text string) {
	if len(r.notes) < maxNotes && !slices.Contains(r.notes, text) {
		r.notes = append(r.notes, text)
	}
}

// languageWord is HeyGen's word for what a person calls a language or a locale.
func (r *reader) languageWord(f *inputs.Field, given, path string) (string, *faults.Fault) {
	if given == "" {
		return given, nil
	}
	var found languages.Found
	step := ""
	switch {
	case languages.IsForm(f.Lang):
		found = languages.In(f.Lang, given)
		if list := r.list(f.LangsOf); list != nil && found.Word != "" {
			if among := list.Find(languages.In(languages.ISO639, found.Word).Word); among.None {
				found, step = languages.Found{None: true, Near: list.Find(given).Near}, list.Tool+" has all names."
			}
		}
	default:
		list := r.list(f.Lang)
		if list == nil {
			return given, nil
		}
		found = list.Find(given)
		step = list.Tool + " has all names."
	}
	switch {
	case found.None:
		if len(found.Near) > 0 {
			step = "Near it: " + firstNames(found.Near) + ". " + step
		}
		return "", faults.Invalid(path, path+" is no language that HeyGen has here.", step)
	case len(found.Several) > 0:
		return "", faults.Invalid(path, path+" does not say plainly which is meant.",
			"Choose one: "+firstNames(found.Several)+".")
	case found.Added:
		r.note(fmt.Sprintf("%s was taken as %s.", faults.Clip(given), found.Word))
	case found.Dropped:
		r.note(fmt.Sprintf("%s was taken as %s: %s has no regions.", faults.Clip(given), found.Word, f.Name))
	}
	return found.Word, nil
}

// firstNames are the first of some names, which are enough to choose from.
func firstNames(names []string) string {
	const most = 12
	if more := len(names) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), more)
	}
	return strings.Join(names, ", ")
}

// list is the list of a name, nil where it cannot be had.
func (r *reader) list(name string) *LanguageList {
	if r.lists == nil || name == "" {
		return nil
	}
	return r.lists(name)
}

// distinctLanguages keeps the first of equal languages, once they are in HeyGen's words: a language that is named twice
// is not made twice.
func (r *reader) distinctLanguages(list []any, path string) []any {
	times, kept := map[any]int{}, list[:0:0]
	for _, m := range list {
		word, ok := m.(string)
		if times[word]++; !ok || times[word] == 1 {
			kept = append(kept, m)
		}
	}
	for _, m := range kept {
		if n := times[m]; n > 1 {
			r.note(fmt.Sprintf("%s names %s %d times; it is made once.", path, m, n))
		}
	}
	return kept
}
