package args

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// foldChoice is the choice that a word means: in another case or punctuation, or by a plain synonym.
// A word that means none of them, or more than one, stays as it is.
func foldChoice(word string, choices []string) string {
	if slices.Contains(choices, word) {
		return word
	}
	folded := foldWord(word)
	if folded == "" {
		return word
	}
	if c, ok := oneOf(choices, func(c string) bool { return foldWord(c) == folded }); ok {
		return c
	}
	if c, ok := oneOf(choices, func(c string) bool { return foldWord(c)+"s" == folded }); ok {
		return c
	}
	if c, ok := oneOf(choices, func(c string) bool { return partOf(word, c) || partOf(c, word) }); ok {
		return c
	}
	if ratio := ratioOf(word); slices.Contains(choices, ratio) {
		return ratio
	}
	for _, group := range synonyms() {
		if !slices.Contains(group, folded) {
			continue
		}
		if c, ok := oneOf(choices, func(c string) bool { return slices.Contains(group, foldWord(c)) }); ok {
			return c
		}
	}
	return word
}

// ratioOf is the ratio of a width and a height in pixels, "" for what is none: 9:16 of 1080x1920.
func ratioOf(word string) string {
	sides := strings.FieldsFunc(strings.ToLower(word), func(c rune) bool { return c < '0' || c > '9' })
	if len(sides) != 2 {
		return ""
	}
	width, err := strconv.Atoi(sides[0])
	height, err2 := strconv.Atoi(sides[1])
	const least = 100 // pixels
	if err != nil || err2 != nil || width < least || height < least {
		return ""
	}
	a, b := width, height
	for b != 0 {
		a, b = b, a%b
	}
	return strconv.Itoa(width/a) + ":" + strconv.Itoa(height/a)
}

// partOf reports whether a word is one of those that another is made of: photo of photo_avatar, mp4 of video/mp4.
func partOf(word, whole string) bool {
	const least = 2 // letters; less is part of much by chance
	word = foldWord(word)
	parts := strings.FieldsFunc(strings.ToLower(whole), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	return len(word) >= least && len(parts) > 1 && slices.ContainsFunc(parts, func(part string) bool { return foldWord(part) == word })
}

// isAnything reports whether a word says that a filter is to let everything through.
func isAnything(word string) bool {
	return slices.Contains([]string{"any", "all", "both", "either", "anything", "everything", "*"}, strings.ToLower(word))
}

// oneOf is the only choice of which is says yes.
func oneOf(choices []string, is func(string) bool) (found string, ok bool) {
	for _, c := range choices {
		if !is(c) {
			continue
		}
		if ok {
			return "", false
		}
		found, ok = c, true
	}
	return found, ok
}

// foldWord folds case, punctuation and the two ways to write a height and a ratio: 1080p and 1080,
// 9:16, 9x16 and 9/16.
func foldWord(s string) string {
	var b strings.Builder
	digit := false
	rest := []rune(strings.ToLower(s))
	for i, c := range rest {
		switch {
		case (c == 'x' || c == '×') && digit && i+1 < len(rest) && unicode.IsDigit(rest[i+1]):
			continue
		case !unicode.IsLetter(c) && !unicode.IsDigit(c):
			continue
		}
		digit = unicode.IsDigit(c)
		b.WriteRune(c)
	}
	folded := b.String()
	if height, ok := strings.CutSuffix(folded, "p"); ok && height != "" && strings.Trim(height, "0123456789") == "" {
		return height
	}
	return folded
}

// synonyms are words for the same choice, as foldWord spells them. A word counts for a choice only
// where exactly one of the choices is in its group, so that the groups hold for all arguments.
func synonyms() [][]string {
	return [][]string{
		{"916", "portrait", "vertical", "tall", "upright"},
		{"169", "landscape", "horizontal", "widescreen", "wide"},
		{"11", "square"},
		{"720", "hd", "1280720", "7201280"},
		{"1080", "fullhd", "fhd", "hd1080", "19201080", "10801920"},
		{"4k", "2160", "uhd", "ultrahd", "38402160", "21603840"},
		{"2k", "1440", "qhd", "25601440", "14402560"},
		{"female", "females", "woman", "women", "womens", "f", "w", "feminine", "lady", "ladies", "girl", "girls", "she", "femalevoice", "weiblich", "frau", "mujer", "femenino", "femenina", "femme", "féminin", "feminino", "feminina", "mulher", "donna", "femminile", "女性", "女"},
		{"male", "males", "man", "men", "mens", "m", "masculine", "gentleman", "boy", "boys", "guy", "he", "malevoice", "männlich", "mann", "hombre", "masculino", "masculina", "homme", "masculin", "homem", "uomo", "maschile", "男性", "男"},
		{"avatariii", "avatar3", "iii", "3"},
		{"avatariv", "avatar4", "iv", "4"},
		{"avatarv", "avatar5", "v", "5"},
		{"url", "link", "uri", "href"},
		{"assetid", "asset"},
		{"base64", "inline", "data"},
		{"color", "colour", "solid"},
		{"image", "photo", "picture"},
		{"speed", "fast", "quick"},
		{"precision", "precise", "quality", "accurate"},
		{"private", "own", "mine", "custom", "personal"},
		{"public", "stock"},
		{"vfr", "variable"},
		{"cfr", "constant"},
		{"jpeg", "jpg"},
		{"canceled", "cancelled", "aborted", "stopped"},
		{"done", "completed", "complete", "finished", "succeeded", "success", "successful", "ready"},
		{"running", "processing", "pending", "inprogress", "active", "started", "rendering", "queued", "waiting", "ongoing"},
		{"failed", "failure", "error", "errored", "unsuccessful"},
		{"videotranslation", "translation", "translations", "translate", "dub", "dubbing"},
		{"video", "videos", "avatarvideo", "avatarvideos"},
		{"lipsync", "lipsyncs"},
		{"videoagent", "videoagents", "agent", "agents", "videoagentsession"},
		{"hyperframesrender", "hyperframes", "render", "renders"},
		{"proofread", "proofreads", "proofreading"},
		{"voiceclone", "voiceclones", "clone"},
		{"avatarlook", "avatarlooks", "avatar", "avatars", "look", "looks"},
	}
}
