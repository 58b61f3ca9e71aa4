package spelling

import (
	"slices"
	"strings"
	"unicode"
)

// Choice is the choice that a word means: in another case or punctuation, or by a plain synonym.
// A word that means none of them, or more than one, stays as it is.
func Choice(word string, choices []string) string {
	if slices.Contains(choices, word) {
		return word
	}
	word = Narrow(word)
	folded := foldWord(word)
	if folded == "" {
		return word
	}
	if c, ok := OnlyOne(choices, func(c string) bool { return foldWord(c) == folded }); ok {
		return c
	}
	if c, ok := OnlyOne(choices, func(c string) bool { return foldWord(c)+"s" == folded }); ok {
		return c
	}
	if c, ok := OnlyOne(choices, func(c string) bool { return partOf(word, c) || partOf(c, word) }); ok {
		return c
	}
	for _, meant := range []func(string, []string) (string, bool){ofShape, ofHeight, ofLength, ofSynonym, ofPhrase} {
		if c, ok := meant(word, choices); ok {
			return c
		}
	}
	return word
}

// ofSynonym is the choice for which a word is another.
func ofSynonym(word string, choices []string) (string, bool) {
	folded := foldWord(word)
	for _, group := range synonyms() {
		if !slices.Contains(group, folded) {
			continue
		}
		if c, ok := OnlyOne(choices, func(c string) bool { return slices.Contains(group, foldWord(c)) }); ok {
			return c, true
		}
	}
	return "", false
}

// ofPhrase is the one choice that words name among others which say nothing: "HeyGen Avatar IV", "Landscape
// (16:9)". Words that take something back, and those that name several choices, name none.
func ofPhrase(phrase string, choices []string) (string, bool) {
	const most, least = 6, 2 // words, and letters of one that is a synonym
	words := strings.FieldsFunc(strings.ToLower(phrase), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	if len(words) < 2 || len(words) > most || strings.ContainsAny(phrase, "{}[]=") || slices.ContainsFunc(words, takesBack) {
		return "", false
	}
	found := ""
	for size := 1; size < len(words); size++ {
		for at := 0; at+size <= len(words); at++ {
			run := strings.Join(words[at:at+size], " ")
			c, ok := OnlyOne(choices, func(c string) bool { return foldWord(c) == foldWord(run) })
			if !ok && len(run) >= least {
				c, ok = ofSynonym(run, choices)
			}
			if ok && found != "" && c != found {
				return "", false
			}
			if ok {
				found = c
			}
		}
	}
	return found, found != ""
}

// takesBack reports whether a word makes what is named with it not the one that is meant.
func takesBack(word string) bool {
	return slices.Contains([]string{"not", "no", "non", "without", "except", "but", "or", "oder", "neither", "nor", "never", "un"}, word)
}

// partOf reports whether a word is one of those that another is made of: photo of photo_avatar, mp4 of video/mp4.
func partOf(word, whole string) bool {
	const least = 2 // letters; less is part of much by chance
	word = foldWord(word)
	parts := strings.FieldsFunc(strings.ToLower(whole), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	return len(word) >= least && len(parts) > 1 && slices.ContainsFunc(parts, func(part string) bool { return foldWord(part) == word })
}

// IsAnything reports whether a word says that a filter is to let everything through.
func IsAnything(word string) bool {
	return slices.Contains([]string{"any", "all", "both", "either", "anything", "everything", "*"}, strings.ToLower(word))
}

// OnlyOne is the only choice of which is says yes.
func OnlyOne(choices []string, is func(string) bool) (found string, ok bool) {
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
		{"916", "portrait", "vertical", "tall", "upright", "hochformat", "vertikal"},
		{"169", "landscape", "horizontal", "widescreen", "wide", "querformat"},
		{"11", "square", "quadratisch"},
		{"219", "ultrawide", "cinemascope"},
		{"480", "sd"},
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
		{"auto", "automatic", "automatically", "adaptive"},
		{"disabled", "off", "none", "false", "disable"},
		{"low", "lowest", "min", "minimum", "minimal"},
		{"medium", "med", "mid", "moderate", "middle"},
		{"high", "highest", "best", "max", "maximum"},
		{"standard", "normal", "regular"},
		{"draft", "preview", "rough"},
		{"text", "plain", "plaintext", "txt"},
		{"cover", "fill", "crop", "zoom"},
		{"contain", "letterbox", "pad"},
		{"mp4", "mpeg4", "m4v", "h264"},
		{"mov", "quicktime"},
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
