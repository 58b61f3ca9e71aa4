package languages

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// fromWords reads a spelling as the name of a language among other words: Spanish (Mexico), UK
// English, português do Brasil. The longest name is the language.
func fromWords(words []string) []meaning {
	for size := len(words); size > 0; size-- {
		for at := 0; at+size <= len(words); at++ {
			name := strings.Join(words[at:at+size], " ")
			heads := known().languages[name]
			if len(heads) == 0 || size == len(words) {
				continue
			}
			var found []meaning
			for _, m := range heads {
				found = append(found, m.qualified(words[:at], words[at+size:]))
			}
			return several(found)
		}
	}
	return nil
}

// qualified adds what the words before and behind a language's name say.
func (m meaning) qualified(before, behind []string) meaning {
	for _, words := range [][]string{before, behind} {
		for len(words) > 0 {
			words = words[m.take(words):]
		}
	}
	return m
}

// take reads the longest run of words that says something, and tells how many those are.
func (m *meaning) take(words []string) int {
	for size := len(words); size > 0; size-- {
		if m.takeRun(strings.Join(words[:size], " ")) {
			return size
		}
	}
	if !isFiller(words[0]) {
		m.rest = append(m.rest, words[0])
	}
	return 1
}

// takeRun reads words as a script, a region, or a language that the first one is the whole of.
func (m *meaning) takeRun(run string) bool {
	x := known()
	if slices.ContainsFunc(x.languages[run], m.narrow) {
		return true
	}
	if script, ok := x.scripts[run]; ok && (m.script == "" || m.script == script) {
		m.script = script
		return true
	}
	if m.region != "" {
		return false
	}
	region := m.regionOf(run)
	if region != "" {
		m.region = region
	}
	return region != ""
}

// narrow takes a second name for the language that is meant, such as Mandarin and Cantonese of
// Chinese.
func (m *meaning) narrow(inner meaning) bool {
	// What the locale data calls Chinese of a kind.
	chinese := []string{"zh", "cmn", "yue", "wuu", "nan", "hak", "hsn", "gan"}
	switch {
	case inner.key() == m.key() && (inner.region == "" || m.region == ""):
		m.region = inner.region + m.region
	case !contains(chinese, m.base) || !contains(chinese, inner.base):
		return false
	}
	if m.base == "zh" {
		m.base = inner.base
	}
	return true
}

// regionOf is the region that words name, "" for none or several: in English, by a code, in the
// language itself, or as a demonym.
func (m *meaning) regionOf(run string) string {
	x := known()
	of := x.regions[run]
	if len(of) == 1 || contains(of, m.usual().region) {
		return cmp.Or(oneOf(of), m.usual().region) // Korean of Korea is the usual one
	}
	if len(run) == 2 || len(run) == 3 {
		if r, err := language.ParseRegion(run); err == nil && r.IsCountry() && !isFiller(run) {
			return r.Canonicalize().String()
		}
	}
	for _, d := range x.demonyms[run] {
		if d.key() == m.key() {
			return d.region
		}
	}
	if own := display.Regions(language.Make(m.base)); own != nil {
		for _, r := range display.Values.Regions() {
			if name := fold(own.Name(r)); name == run && name != "" {
				return r.Canonicalize().String()
			}
		}
	}
	if of := byDemonym(run); len(of) == 1 {
		return of[0]
	}
	return m.byOwnDemonym(run)
}

// byOwnDemonym is the region that a word of the language itself is made of: mexicano of México, brasileiro of Brasil.
// Regions in which the language is not usual do not count, and of several there is none.
func (m *meaning) byOwnDemonym(word string) string {
	const least = 4
	own := display.Regions(language.Make(m.base))
	if own == nil {
		return ""
	}
	endings := []string{"ano", "ana", "eno", "ena", "ino", "ina", "eiro", "eira", "iano", "iana", "ien", "ienne", "ain", "aine", "isch", "ische", "es", "ais", "aise", "no", "na", "o"}
	found := ""
	for _, r := range display.Values.Regions() {
		name, same := fold(own.Name(r)), 0
		for same < len(name) && same < len(word) && name[same] == word[same] {
			same++
		}
		region := r.Canonicalize().String()
		if same < least || len(name)-same > 2 || !contains(endings, word[same:]) || !isSpokenIn(m.key(), region) {
			continue
		}
		if found != "" && found != region {
			return ""
		}
		found = region
	}
	return found
}

// isSpokenIn reports whether a language is the usual one of a region, or has a name of its own there.
func isSpokenIn(key, region string) bool {
	base, _ := compose("und", "", region).Base()
	if base.String() == key {
		return true
	}
	for _, tag := range display.Values.Tags() {
		if other := meaningOf(tag); other.key() == key && other.region == region {
			return true
		}
	}
	return false
}

// oneOf is the only one of words, "" where there are more.
func oneOf(words []string) string {
	if len(words) != 1 {
		return ""
	}
	return words[0]
}

// byDemonym are the regions whose names a word is made of: Argentinian of Argentina, Saudi of Saudi
// Arabia. Of several the one with most letters in common is meant.
func byDemonym(word string) (found []string) {
	const least = 4
	endings := []string{"", "n", "an", "ian", "ean", "ese", "i", "ish", "ine", "inian", "nian", "vian"}
	longest := 0
	for name, regions := range known().regions {
		same := 0
		for same < len(name) && same < len(word) && name[same] == word[same] {
			same++
		}
		whole := same == len(word) && strings.HasPrefix(name[same:], " ")
		made := contains(endings, word[same:]) && len(name)-same <= 2
		if same < least || same < longest || !whole && !made {
			continue
		}
		if same > longest {
			longest, found = same, nil
		}
		for _, r := range regions {
			if !contains(found, r) {
				found = append(found, r)
			}
		}
	}
	slices.Sort(found)
	return found
}

// regionsAlone are the regions that a spelling names without a language.
func regionsAlone(folded string) []meaning {
	regions := known().regions[folded]
	if r, err := language.ParseRegion(folded); err == nil && r.IsCountry() && len(regions) == 0 {
		regions = []string{r.Canonicalize().String()}
	}
	if of := byDemonym(folded); len(regions) == 0 && len(of) > 0 && !isMisspelt(folded) {
		regions = of
	}
	var found []meaning
	for _, region := range regions {
		for _, of := range known().demonyms {
			for _, m := range of {
				known := func(other meaning) bool { return other.base == m.base }
				if m.region == region && !slices.ContainsFunc(found, known) {
					found = append(found, meaning{base: m.base, region: region})
				}
			}
		}
		found = append(found, meaning{region: region})
	}
	slices.SortFunc(found, func(a, b meaning) int { return strings.Compare(b.base, a.base) })
	return alone(found)
}

// isMisspelt reports whether a word is nearly the name of a language: with a letter left out,
// Portuguese is not of Portugal.
func isMisspelt(folded string) bool {
	for name := range known().languages {
		if len(name) > 5 && strings.HasPrefix(folded, name[:1]) && distance(name, folded) == 1 {
			return true
		}
	}
	return false
}

// isFiller reports whether a word beside the name of a language says nothing of it.
func isFiller(word string) bool {
	return contains([]string{
		"language", "accent", "dialect", "speech", "script", "standard", "spoken", "the", "from", "of", "into", "to",
		"in", "as", "with", "and", "de", "do", "da", "del", "des", "du", "di", "della", "von", "aus",
		"der", "el", "la", "le", "en", "modern", "lang", "locale", "idioma", "lengua", "langue", "lingua", "língua", "lingua", "sprache", "taal", "språk",
		"sprak", "sprog", "kieli", "jezyk", "jazyk", "dil", "dili", "язык", "языке", "мова", "idiom", "in het", "het", "im", "auf", "po", "version", "voice",
	}, word)
}

// IsOf reports whether a spelling is the name of a region, or of a script, in which a language is spoken or written:
// Mexico of Spanish, Simplified of Chinese. The name of another language is none, whatever region has the same.
func IsOf(qualifier, spelling string) bool {
	x, folded := known(), fold(qualifier)
	if len(x.languages[folded]) > 0 || len(x.demonyms[folded]) > 0 || len(qualifier) > maxSpelling || len(spelling) > maxSpelling {
		return false
	}
	of := meanings(spelling)
	if len(of) == 0 || of[0].base == "" || of[0].region != "" || of[0].script != "" || len(of[0].rest) > 0 {
		return false
	}
	if script, ok := x.scripts[folded]; ok {
		return slices.Contains(scriptsOf(of[0].key()), script)
	}
	m := of[0]
	region := ""
	if len(folded) > 2 || qualifier == strings.ToUpper(qualifier) && !isLanguageCode(folded) {
		region = m.regionOf(folded)
	}
	if region == "" {
		return false
	}
	return isSpokenIn(m.key(), region)
}

// isLanguageCode reports whether two letters are the code of a language.
func isLanguageCode(folded string) bool {
	_, err := language.ParseBase(folded)
	return err == nil
}

// scriptsOf are the scripts of which locale data has names with a language.
func scriptsOf(base string) (scripts []string) {
	for _, tag := range display.Values.Tags() {
		if m := meaningOf(tag); m.key() == base && m.script != "" {
			scripts = append(scripts, m.script)
		}
	}
	return scripts
}
