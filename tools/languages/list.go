package languages

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// List is the names that an API has for languages.
type List struct {
	given   []string
	names   []string
	entries []entry
	exact   map[string]string // folded names
}

// entry is one name and what it means.
type entry struct {
	name string
	meaning
}

// NewList reads the names of a list. What is longer than the name of any language, or written in
// other characters than names of languages are, is left out: names are told to agents.
func NewList(names []string) *List {
	l := &List{given: names, exact: map[string]string{}}
	for _, name := range names {
		if len(name) > maxSpelling || fold(name) == "" || strings.ContainsFunc(name, isStrange) {
			continue
		}
		l.names = append(l.names, name)
		l.exact[fold(name)] = name
		m := meaning{rest: []string{fold(name)}}
		if all := meanings(name); len(all) > 0 {
			m = all[0]
		}
		l.entries = append(l.entries, entry{name, m})
	}
	return l
}

// isStrange reports whether a character has no place in the name of a language.
func isStrange(c rune) bool {
	return !unicode.In(c, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" ()-–,.'’&/", c)
}

// Given are the names that the list was made of, Names those of them that it has.
func (l *List) Given() []string { return l.given }

// Names are those of the list.
func (l *List) Names() []string { return l.names }

// Find finds what a spelling is called in the list.
func (l *List) Find(spelling string) Found {
	if slices.Contains(l.names, spelling) {
		return Found{Word: spelling}
	}
	if name, ok := l.exact[fold(spelling)]; ok && len(spelling) <= maxSpelling {
		return Found{Word: name}
	}
	var several []string
	sure, added := true, false
	for _, m := range meanings(spelling) {
		fit := l.fitting(m)
		if len(fit) == 0 {
			// Canadian need not be French where there is no English.
			sure = sure && (!m.alone || m.base == "")
			continue
		}
		fit = choose(m, fit)
		sure = sure && len(fit) == 1
		added = m.region == "" && (fit[0].region != "" || fit[0].script != "" && m.script == "")
		for _, e := range fit {
			if !contains(several, e.name) {
				several = append(several, e.name)
			}
		}
		if !m.doubtful {
			break
		}
	}
	switch {
	case len(several) == 1 && sure:
		return Found{Word: several[0], Added: added}
	case len(several) > 0:
		return Found{Several: several}
	}
	return Found{None: true, Near: l.near(spelling)}
}

// fitting are the entries that say nothing against a meaning.
func (l *List) fitting(m meaning) []entry {
	var fit []entry
	for _, e := range l.entries {
		if m.base != "" && e.key() != m.key() || m.base == "" && (m.region == "" || e.region != m.region) {
			continue
		}
		usual := e.usual()
		if m.region != "" && usual.region != m.region || m.script != "" && usual.script != m.script ||
			m.script == "" && m.region != "" && m.base != "" && usual.script != m.usual().script {
			continue
		}
		if slices.ContainsFunc(m.rest, func(w string) bool { return !contains(e.rest, w) }) {
			continue
		}
		fit = append(fit, e)
	}
	return fit
}

// choose leaves of fitting entries those that a meaning is most plainly: those that say no more, or
// that are of the usual region.
func choose(m meaning, fit []entry) []entry {
	usual := m.usual()
	for _, is := range []func(entry) bool{
		func(e entry) bool { return !strings.Contains(fold(e.name), " accent") }, // which is of another list of voices
		func(e entry) bool { return len(e.rest) == len(m.rest) },
		func(e entry) bool { return e.region == m.region && e.script == m.script },
		func(e entry) bool { return e.region == m.region && m.region != "" },
		func(e entry) bool {
			return m.base != "" && e.usual().region == usual.region && e.usual().script == usual.script
		},
		func(e entry) bool { return e.base == m.base },
		func(e entry) bool { return e.region == "" || e.script == "" },
	} {
		if len(fit) == 1 {
			break
		}
		some := slices.DeleteFunc(slices.Clone(fit), func(e entry) bool { return !is(e) })
		if len(some) > 0 {
			fit = some
		}
	}
	return fit
}

// near are names of the list that a spelling comes near to: of the same language, or of nearly the
// same letters.
func (l *List) near(spelling string) []string {
	const most = 6
	var found []string
	put := func(name string) {
		if len(found) < most && !contains(found, name) {
			found = append(found, name)
		}
	}
	if len(spelling) > maxSpelling {
		return nil
	}
	for _, m := range meanings(spelling) {
		if m.base == "" {
			continue
		}
		english := display.English.Languages().Name(language.Make(m.base))
		first, _, _ := strings.Cut(fold(english), " ")
		for _, e := range l.entries {
			if e.key() == m.key() || first != "" && strings.HasPrefix(fold(e.name), first+" ") {
				put(e.name)
			}
		}
	}
	folded := fold(spelling)
	word, _, more := strings.Cut(folded, " ")
	for _, e := range l.entries {
		head, _, _ := strings.Cut(e.name, " (")
		head = fold(head)
		if len(folded) > 3 && (nearly(folded, head) || nearly(folded, fold(e.name))) ||
			more && len(word) > 3 && strings.HasPrefix(head, word) {
			put(e.name)
		}
	}
	return found
}

// nearly reports whether a word is a name but for a few letters, or the one begins with the other.
func nearly(word, name string) bool {
	return distance(word, name) <= 1+len(word)/8 ||
		strings.HasPrefix(name, word+" ") || strings.HasPrefix(word, name+" ")
}
