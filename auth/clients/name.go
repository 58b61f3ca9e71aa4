package clients

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/runenames"
)

const (
	// longestName bounds a client's name, in characters; the longest seen has 21.
	longestName = 40
	// longestRaw bounds what is looked at to find those.
	longestRaw = 400
)

// cleanName keeps of a name what can stand on a page without pretending to be more than one:
// letters and digits of one script, single spaces and -_.(), at most longestName. A name that mixes
// scripts, as one with a Cyrillic а among Latin letters does, is none, and so is one in a script
// that isInUse leaves out.
func cleanName(name string) string {
	var out strings.Builder
	script := ""
	for _, r := range norm.NFKC.String(beginning(name, longestRaw)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune("-_.()", r):
		case unicode.In(r, unicode.Mn, unicode.Mc) && !unicode.Is(unicode.Inherited, r):
		case unicode.IsSpace(r), unicode.IsPunct(r) && r != '\'' && r != '’', unicode.IsSymbol(r):
			r = ' '
		default:
			continue // a control, a format character, or a mark that belongs to no script
		}
		if s := scriptOf(r); s != "" {
			if script != "" && s != script || !isInUse(s) {
				return ""
			}
			script = s
		}
		out.WriteRune(r)
	}
	return strings.TrimSpace(beginning(strings.Join(strings.Fields(out.String()), " "), longestName))
}

// beginning is the first characters of a text.
func beginning(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i]
		}
		n++
	}
	return s
}

// scriptOf is the script that a character belongs to; "" where all scripts share it. The scripts
// that one language writes together count as one.
func scriptOf(r rune) string {
	switch {
	case r >= '٠' && r <= '٩', r >= '۰' && r <= '۹':
		return "Arabic" // which Unicode has as common
	case unicode.In(r, unicode.Common, unicode.Inherited):
		return ""
	case unicode.Is(unicode.Latin, r):
		return "Latin"
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Bopomofo):
		return "East Asian"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return "unknown"
}

// isInUse says whether a script is one that Unicode recommends for names (UAX 31, table 5). Among
// the others are some that can spell any Latin word, as Cherokee, Lisu, Coptic and the Canadian
// syllabics can.
func isInUse(script string) bool {
	switch script {
	case "Latin", "East Asian", "Arabic", "Armenian", "Bengali", "Cyrillic", "Devanagari", "Ethiopic",
		"Georgian", "Greek", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam",
		"Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai", "Tibetan":
		return true
	}
	return false
}

// famousNames are the names that a client could hope to be taken for.
func famousNames() []string {
	return []string{"Claude", "Anthropic", "ChatGPT", "OpenAI", "Codex", "Cursor", "VS Code",
		"Visual Studio Code", "HeyGen", "Gemini", "Google", "Copilot", "GitHub", "Microsoft"}
}

// resembles names the famous name that a name is or holds once letters that look alike are one; ""
// where there is none.
func resembles(name string) string {
	folded := fold(name)
	for _, f := range famousNames() {
		if strings.Contains(folded, fold(f)) {
			return f
		}
	}
	return ""
}

// fold makes names that look alike equal: without case, accents, spaces and signs, and with one
// letter for all that are drawn like it. The results are for comparing and for nothing else.
func fold(name string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(beginning(name, longestRaw)) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = lookalike(unicode.ToLower(r))
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out.WriteRune(r)
		}
	}
	return strings.NewReplacer("rn", "m", "vv", "w", "cl", "d").Replace(out.String())
}

// lookalikes are groups of lower-case characters that are drawn alike, the Latin letter first. They
// are those that can spell a famous name, of the alphabets that share shapes with Latin; what NFKD
// already makes Latin, such as fullwidth letters, and what baseOf finds is not here.
func lookalikes() []string {
	return []string{
		"aаɑαλʌ4", "bЬьЪъвβ8", "cсϲςҁ", "dԁð", "eеєҽεəɛԑэ3", "fғ", "gցǥԍ9", "hһհнħћђ",
		"o0оοσօѳө",
		"l1iіїιɩɪӏǀլ", "jјʝյ", "kкκқҝ", "mм", "nпηոռŋ", "pрρþքҏ", "qԛգ", "rгґѓяʀ", "sѕ5",
		"tт", "uυսцʋμџ", "vνѵ", "wԝωшщѡ", "xхχҳӽӿ", "yуүγұ",
	}
}

// lookalike is the first of a character's group, or else the letter that it is a variant of, or the
// character itself.
func lookalike(r rune) rune {
	for _, base := range []rune{r, baseOf(r)} {
		for _, group := range lookalikes() {
			if strings.ContainsRune(group, base) {
				return rune(group[0])
			}
		}
	}
	return baseOf(r)
}

// baseOf is the letter of the basic alphabet that a Latin letter is a variant of, as its name in
// Unicode says: LATIN SMALL LETTER L WITH STROKE, LATIN LETTER SMALL CAPITAL L, LATIN SMALL LETTER
// SCRIPT G. It is the letter itself where there is none.
func baseOf(r rune) rune {
	if r < unicode.MaxLatin1 && r != 'ø' || !unicode.Is(unicode.Latin, r) {
		return r
	}
	words, _, _ := strings.Cut(runenames.Name(r), " WITH ")
	for word := range strings.FieldsSeq(words) {
		if len(word) == 1 {
			return unicode.ToLower(rune(word[0]))
		}
	}
	return r
}
