package refusals

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
)

// codeUnspeakable is HeyGen's one code for every text that it cannot speak, and codeTooShort that of
// one with too little in it.
const (
	codeUnspeakable = "tts_text_invalid"
	codeTooShort    = "script_too_short"
)

// maxBreak is the longest pause that HeyGen's speech takes.
const maxBreak = 10 * time.Second

// fewSigns is how many letters and digits a text has that is likely to be refused as too short.
const fewSigns = 3

// unspeakable says why a text cannot be spoken, which HeyGen's code does not tell, by a look at it.
func (r *Refusal) unspeakable(e *heygen.Error, a Attempt) {
	if e.Code != codeUnspeakable && e.Code != codeTooShort {
		return
	}
	name, text := a.spokenText(r.Param)
	if name == "" {
		return
	}
	ssml := a.Given["input_type"] == "ssml" || strings.Contains(text, "<break") || strings.Contains(text, "<speak")
	if why, step := whyUnspeakable(name, text, ssml); why != "" {
		r.Param, r.Message, r.NextStep = name, why, step
		return
	}
	r.Param = name
	r.NextStep = "Nothing is plainly wrong with " + name + ". Leave markup and unusual signs out, give " +
		"more words, and call again."
}

// spokenText is the text that is to be spoken, and where it is: the one that HeyGen named, or the one
// there is.
func (a Attempt) spokenText(param string) (name, text string) {
	if a.Input != nil && param != "" {
		if at, ok := args.Locate(a.Input, param, a.Given); ok {
			last := lastArgument(at.Path)
			if text, isText := at.Given.(string); isText && slices.Contains(spokenNames(), last) {
				return at.Path, text
			}
		}
	}
	for _, name := range spokenNames() {
		if text, isText := a.Given[name].(string); isText {
			return name, text
		}
	}
	return "", ""
}

// spokenNames are what arguments are called that are spoken.
func spokenNames() []string { return []string{"text", "script", "content", "delta"} }

// whyUnspeakable is the first cause that a text shows, and what to do; "" for none.
func whyUnspeakable(name, text string, ssml bool) (why, step string) {
	if ssml {
		if bare := bareAmpersand(text); bare != "" {
			return fmt.Sprintf("%s has a bare & in %q, which SSML does not take.", name, bare),
				"Write &amp; for each & in " + name + ", and &lt; for a <, and call again."
		}
		if pause := longBreak(text); pause != "" {
			return fmt.Sprintf("%s has a break of %s; one lasts %d s at the most.", name, pause, int(maxBreak.Seconds())),
				"Write breaks as <break time=\"2s\"/>, each of at most 10 s; several may follow each other."
		}
		if !wellFormed(text) {
			return name + " is no well-formed SSML: a tag is not closed, or a < or a quote stands alone.",
				"Close every tag, as in <break time=\"1s\"/>, write &lt; for a <, or leave the markup out."
		}
		text = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " ")
	}
	signs := 0
	for _, c := range text {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			signs++
		}
	}
	switch {
	case signs == 0: // as package args says before HeyGen is asked
		return name + " has no letter and no digit, so there is nothing to speak.",
			"Send words in " + name + "; punctuation and pictures are not spoken."
	case signs <= fewSigns:
		return name + " is too short to be spoken.",
			"Send a longer text in " + name + ": some words at the least."
	}
	return "", ""
}

// bareAmpersand is the word with an & that begins no entity, "" for none.
func bareAmpersand(text string) string {
	entity := regexp.MustCompile(`^&(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);`)
	for i := range len(text) {
		if text[i] != '&' || entity.MatchString(text[i:]) {
			continue
		}
		from := strings.LastIndexAny(text[:i], " \n\t>") + 1
		word, _, _ := strings.Cut(text[from:], " ")
		return string([]rune(word)[:min(len([]rune(word)), 30)])
	}
	return ""
}

// longBreak is the time of the first break that is too long or none, "" where all can be.
func longBreak(text string) string {
	for _, b := range regexp.MustCompile(`<break[^>]*\btime\s*=\s*["']([^"']*)["']`).FindAllStringSubmatch(text, -1) {
		if pause, err := time.ParseDuration(strings.TrimSpace(b[1])); err != nil || pause < 0 || pause > maxBreak {
			return fmt.Sprintf("%.20q", b[1])
		}
	}
	return ""
}

// wellFormed reports whether a text is the inside of an XML element.
func wellFormed(text string) bool {
	d := xml.NewDecoder(strings.NewReader("<x>" + text + "</x>"))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return true
		} else if err != nil {
			return false
		}
	}
}
