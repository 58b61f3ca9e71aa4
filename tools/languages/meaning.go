package languages

import (
	"strings"

	"golang.org/x/text/language"
)

// meaning is what a spelling may mean.
type meaning struct {
	base   string   // the code of the language, "" where only a region was said
	script string   // "" where none was said
	region string   // "" where none was said
	rest   []string // words that nothing is known of
	// doubtful says that what is meant may also be one of the meanings behind this one, alone that
	// no language was named, and capitals that only two capitals named a region.
	doubtful, alone, capitals bool
}

// meaningOf is what a tag means.
func meaningOf(tag language.Tag) meaning {
	base, script, region := tag.Raw()
	m := meaning{base: base.String()}
	if script.String() != "Zzzz" {
		m.script = script.String()
	}
	if region.String() != "ZZ" {
		m.region = region.Canonicalize().String()
	}
	return m
}

func baseOf(tag language.Tag) string {
	base, _, _ := tag.Raw()
	return base.String()
}

// code is the language's own code: that of a whole for the usual one of its kind, such as zh for
// Mandarin, where the other has a code of three letters.
func (m meaning) code() string {
	if len(m.base) == 3 {
		return m.key()
	}
	return m.base
}

// key is the code under which languages are compared: no for Bokmål too.
func (m meaning) key() string {
	if tag, err := language.Macro.Parse(m.base); err == nil {
		return baseOf(tag)
	}
	return m.base
}

// tag is the meaning as a tag.
func (m meaning) tag() language.Tag { return compose(m.code(), m.script, m.region) }

// compose makes a tag of its parts, of which those that are "" are left out.
func compose(base, script, region string) language.Tag {
	text := base
	if script != "" {
		text += "-" + script
	}
	if region != "" {
		text += "-" + region
	}
	tag, err := language.Raw.Parse(text)
	if err != nil {
		return language.Und
	}
	return tag
}

// usual completes a meaning by the script and the region that its language usually has.
func (m meaning) usual() meaning {
	tag := compose(m.key(), m.script, m.region)
	if m.script == "" {
		if script, c := tag.Script(); c != language.No {
			m.script = script.String()
		}
	}
	if m.region == "" {
		if region, c := tag.Region(); c != language.No {
			m.region = region.String()
		}
	}
	return m
}

// meanings are what a spelling may mean, the plainest first. All before the first that is not
// doubtful are meant alike.
func meanings(spelling string) []meaning {
	if len(spelling) > maxSpelling {
		return nil
	}
	var found []meaning
	if m, ok := fromTag(spelling, "-_"); ok {
		found = append(found, fromUpperCase(spelling, m)...)
		found = append(found, m)
	}
	folded := fold(spelling)
	whole, parts := several(known().languages[folded]), fromWords(strings.Fields(folded))
	regional := len(parts) > 0 && parts[0].region != "" && len(parts[0].rest) == 0
	if regional && len(whole) > 0 && len(whole[0].base) == 3 {
		whole, parts = parts, whole // Egyptian Arabic has a code of its own, and is spoken of as Arabic
	}
	found = append(found, whole...)
	found = append(found, alone(known().demonyms[folded])...)
	if m, ok := fromTag(strings.ReplaceAll(folded, " ", "-"), "-"); ok && len(found) == 0 {
		found = append(found, m)
	}
	found = append(found, parts...)
	found = append(found, regionsAlone(folded)...)
	return append(found, wider(found)...)
}

// wider is what is meant where a list has no name for a meaning as it is: a language of the world without a region, and
// Chinese in Hong Kong and Macao as it is spoken there.
func wider(found []meaning) (more []meaning) {
	for _, m := range found {
		switch {
		case m.region == "001":
			m.region = ""
			more = append(more, m)
		case m.base == "zh" && (m.region == "HK" || m.region == "MO"):
			m.base = "yue"
			more = append(more, m)
		}
	}
	return more
}

// several marks those of equal weight.
func several(of []meaning) []meaning {
	out := make([]meaning, len(of))
	for i, m := range of {
		m.doubtful = i < len(of)-1
		out[i] = m
	}
	return out
}

// alone marks what was meant without the name of a language.
func alone(of []meaning) []meaning {
	of = several(of)
	for i := range of {
		of[i].alone = true
	}
	return of
}

// fromTag reads a tag of BCP 47 or the name of a locale, such as pt_BR.UTF-8.
func fromTag(spelling, separators string) (meaning, bool) {
	spelling, _, _ = strings.Cut(spelling, ".")
	spelling, _, _ = strings.Cut(spelling, "@")
	part := func(c rune) bool { return strings.ContainsRune(separators, c) }
	stranger := func(c rune) bool { return !part(c) && !isASCII(c) }
	first, _, _ := strings.Cut(strings.ReplaceAll(spelling, "_", "-"), "-")
	if len(first) < 2 || len(first) > 3 || strings.ContainsFunc(spelling, stranger) {
		return meaning{}, false
	}
	tag, err := language.Parse(strings.ReplaceAll(spelling, "_", "-"))
	if err != nil || baseOf(tag) == "und" {
		return meaning{}, false
	}
	m := meaningOf(tag)
	if len(tag.Variants()) > 0 {
		m.rest = []string{"variant"}
	}
	return m, true
}

func isASCII(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// fromUpperCase is the region that two capitals name, where it usually speaks another language than
// the one of that code: UK is not Ukrainian to everybody.
func fromUpperCase(spelling string, as meaning) []meaning {
	if len(spelling) != 2 || strings.ToUpper(spelling) != spelling {
		return nil
	}
	region, err := language.ParseRegion(spelling)
	if err != nil {
		return nil
	}
	m := meaning{region: region.Canonicalize().String(), doubtful: true, capitals: true}
	base, c := compose("und", "", m.region).Base()
	if c == language.No || base.String() == as.key() {
		return nil
	}
	of := m
	of.base = base.String()
	return []meaning{m, of}
}
