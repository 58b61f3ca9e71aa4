package languages

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// index is what names mean, by their folded spelling.
type index struct {
	languages map[string][]meaning // names in English, in the language itself, and in some others
	demonyms  map[string][]meaning // what stands before a language's name: british, latin american
	regions   map[string][]string  // English names of regions
	scripts   map[string]string    // English names of scripts
}

// known is the index of all names, made at first need: it takes some milliseconds.
var known = sync.OnceValue(newIndex) //nolint:gochecknoglobals // it is constant

func newIndex() *index {
	x := &index{
		languages: map[string][]meaning{}, demonyms: map[string][]meaning{},
		regions: map[string][]string{}, scripts: map[string]string{},
	}
	for name, code := range otherNames() {
		x.name(name, meaningOf(language.Make(code)))
	}
	english := display.English.Languages()
	for _, base := range display.Values.BaseLanguages() {
		tag := language.Make(base.String())
		if base.String() == "und" || base.String() == "mul" || base.String() == "zxx" {
			continue
		}
		x.name(english.Name(base), meaningOf(tag))
		x.name(display.Self.Name(tag), meaningOf(tag))
	}
	for _, tag := range display.Values.Tags() {
		x.addTag(tag)
	}
	x.addRegions()
	for _, script := range display.Values.Scripts() {
		name := fold(display.English.Scripts().Name(script))
		x.scripts[name] = script.String()
		if first, ok := strings.CutSuffix(name, " han"); ok {
			x.scripts[first] = script.String() // simplified, traditional
		}
	}
	x.addForeign()
	return x
}

// addForeign adds what languages with a code of two letters are called in others that many users write, such as
// portugiesisch. A name that means something already keeps its meaning.
func (x *index) addForeign() {
	for _, in := range []language.Tag{
		language.German, language.French, language.Spanish, language.Portuguese, language.Italian, language.Dutch, language.Polish,
		language.Russian, language.Turkish, language.Japanese, language.Korean, language.Chinese,
	} {
		names := display.Languages(in)
		for _, base := range display.Values.BaseLanguages() {
			name := fold(names.Name(base))
			if len(base.String()) != 2 || len(x.languages[name]) > 0 || len(x.demonyms[name]) > 0 || len(x.regions[name]) > 0 {
				continue
			}
			x.name(name, meaningOf(language.Make(base.String())))
		}
	}
}

// name adds a name of a language, unless it has been given already: what comes first is more usual.
func (x *index) name(name string, m meaning) {
	add(x.languages, fold(name), m)
}

func add(to map[string][]meaning, name string, m meaning) {
	same := func(other meaning) bool {
		return other.key() == m.key() && other.script == m.script && other.region == m.region
	}
	if name == "" || slices.ContainsFunc(to[name], same) {
		return
	}
	to[name] = append(to[name], m)
}

// addTag adds what has a name of its own, as British English has, and the word that makes it one.
func (x *index) addTag(tag language.Tag) {
	m := meaningOf(tag)
	if m.region == "" && m.script == "" {
		return
	}
	english := display.English.Languages()
	name, whole := fold(english.Name(tag)), fold(english.Name(language.Make(m.base)))
	if name == whole || name == "" {
		return // it is called by its language alone
	}
	add(x.languages, name, m)
	if own := display.Self.Name(tag); own != display.Self.Name(language.Make(m.base)) {
		add(x.languages, fold(own), m)
	}
	if word, ok := strings.CutSuffix(name, " "+whole); ok && m.region != "" {
		add(x.demonyms, word, m)
		if first, _, more := strings.Cut(word, " "); more && m.region != "419" && m.region != "001" {
			add(x.demonyms, first, m) // swiss, of Swiss High German
		}
	}
}

// addRegions adds the names of regions, also without what stands in parentheses or behind SAR, and
// by their first letters.
func (x *index) addRegions() {
	put := func(name, region string) {
		name = fold(name)
		if name != "" && !contains(x.regions[name], region) {
			x.regions[name] = append(x.regions[name], region)
		}
	}
	for name, region := range otherRegions() {
		put(name, region)
	}
	for _, r := range display.Values.Regions() {
		region := r.Canonicalize().String()
		name := display.English.Regions().Name(r)
		put(name, region)
		before, inside, two := strings.Cut(name, " (")
		put(before, region)
		if two {
			put(inside, region)
		}
		before, _, _ = strings.Cut(name, " SAR ")
		put(before, region)
		words := strings.Fields(fold(name))
		if len(words) == 2 && contains([]string{"north", "south"}, words[0]) {
			put(words[1], region)
		}
		if len(words) > 2 {
			var letters strings.Builder
			for _, w := range words {
				first, _ := utf8.DecodeRuneInString(w)
				letters.WriteRune(first)
			}
			put(letters.String(), region)
		}
	}
}
