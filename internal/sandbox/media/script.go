package media

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"
	"unicode"
)

const (
	wordsPerSecond = 2.5  // a calm speaker
	lettersAWord   = 5.5  // of a long word, which takes as long as several
	wordsPerDigit  = 1.25 // "2026" is said in five
	wordsPerName   = 0.7  // of a letter that is said by its name
	shortBreak     = 0.5  // seconds of a break that does not say how long it is
	minSeconds     = 1.0
	// FrameRate is how many pictures a second has. Durations are whole frames, as those of real
	// files.
	FrameRate = 25
	cueWords  = 8 // of a subtitle, about a line
)

// wordsPerLetter is how many words a letter counts for where words do not tell how long a text is: they are not
// written apart, or their vowels are marks or not written at all. 0 is a letter that counts within its word.
func wordsPerLetter(c rune) float64 {
	switch {
	case c <= unicode.MaxLatin1:
		return 0
	case unicode.In(c, unicode.Han, unicode.Hangul, unicode.Ethiopic): // a syllable
		return 0.6
	case unicode.In(c, unicode.Hiragana, unicode.Katakana): // a mora
		return 0.4
	case unicode.In(c, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan): // a part of a syllable
		return 0.32
	case unicode.In(c, unicode.Devanagari, unicode.Bengali, unicode.Tamil, unicode.Telugu, unicode.Gujarati,
		unicode.Kannada, unicode.Malayalam, unicode.Gurmukhi, unicode.Sinhala): // a consonant with its vowel
		return 0.42
	case unicode.In(c, unicode.Arabic, unicode.Hebrew): // a consonant
		return 0.3
	}
	return 0
}

// A tag of a script, and how long it pauses if it is a break that says so.
var (
	scriptTag   = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	scriptBreak = regexp.MustCompile(`^<break(?:\s[^<>]*)?/?>`)
	breakTime   = regexp.MustCompile(`\stime=["']([0-9.]+(?:ms|s))["']`)
)

// SpeechSeconds is how long a script takes to say; speed 1 is normal. Its breaks last as long as they say.
func SpeechSeconds(script string, speed float64) float64 {
	pauses := 0.0
	script = scriptTag.ReplaceAllStringFunc(script, func(tag string) string {
		if !scriptBreak.MatchString(tag) {
			return " "
		}
		pause := shortBreak
		if found := breakTime.FindStringSubmatch(tag); found != nil {
			if d, err := time.ParseDuration(found[1]); err == nil {
				pause = d.Seconds()
			}
		}
		pauses += pause
		return " "
	})
	words, small := 0.0, strings.ContainsFunc(script, unicode.IsLower)
	for field := range strings.FieldsSeq(script) {
		words += wordsIn(field, small)
	}
	length := max(words/wordsPerSecond/speed+pauses, minSeconds)
	return math.Round(length*FrameRate) / FrameRate
}

// wordsIn is for how many words a written one counts. What lies between its letters is not said, but for signs that
// have names and the points of addresses; pictures are not said either. small says that the script has small letters,
// so that capitals are letters.
func wordsIn(field string, small bool) (words float64) {
	run, of := "", []rune(field)
	for i, c := range of {
		per := wordsPerLetter(c)
		switch {
		case unicode.IsMark(c), strings.ContainsRune("'’", c):
			continue
		case unicode.IsNumber(c):
			words += wordsPerDigit
		case unicode.IsLetter(c) && per > 0:
			words += per
		case unicode.IsLetter(c):
			run += string(c)
			continue
		case strings.ContainsRune("%$€£&@#+=<>", c):
			words++
		case strings.ContainsRune("./_", c) && len(run) > 1 && i < len(of)-1 && unicode.IsLetter(of[i+1]):
			words++
		}
		words += wordsOf(run, small)
		run = ""
	}
	return words + wordsOf(run, small)
}

// wordsOf is for how many words some letters count that stand together. Without a vowel, or as capitals, they are said
// by their names.
func wordsOf(run string, small bool) float64 {
	const longest = 5 // letters that are
	n := float64(len([]rune(run)))
	capitals := small && n <= longest && !strings.ContainsFunc(run, func(c rune) bool { return !unicode.IsUpper(c) })
	switch {
	case n == 0:
		return 0
	case n > 1 && (capitals || isLatin(run) && !strings.ContainsAny(run, "aeiouyAEIOUY")):
		return n * wordsPerName
	}
	return max(1, n/lettersAWord)
}

// isLatin reports whether a word has letters of English alone.
func isLatin(run string) bool {
	return !strings.ContainsFunc(run, func(c rune) bool { return c > unicode.MaxASCII })
}

// Word is a word, and when it is said, in seconds.
type Word struct {
	Text       string
	Start, End float64
}

// SpreadWords spreads the words of a text evenly over a time.
func SpreadWords(text string, seconds float64) []Word {
	words := strings.Fields(text)
	out := make([]Word, len(words))
	for i, word := range words {
		out[i] = Word{word, seconds * float64(i) / float64(len(words)), seconds * float64(i+1) / float64(len(words))}
	}
	return out
}

// SRT makes subtitles of a text that is spread evenly over a time.
func SRT(text string, seconds float64) string { return cues(text, seconds, "", ",") }

// VTT is SRT in the format WebVTT.
func VTT(text string, seconds float64) string { return cues(text, seconds, "WEBVTT\n\n", ".") }

func cues(text string, seconds float64, head, point string) string {
	words := SpreadWords(text, seconds)
	var out strings.Builder
	out.WriteString(head)
	for from := 0; from < len(words); from += cueWords {
		line := words[from:min(from+cueWords, len(words))]
		fmt.Fprintf(&out, "%d\n%s --> %s\n", from/cueWords+1, cueTime(line[0].Start, point), cueTime(line[len(line)-1].End, point))
		for i, one := range line {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(one.Text)
		}
		out.WriteString("\n\n")
	}
	return out.String()
}

func cueTime(at float64, point string) string {
	ms := int64(at * 1000)
	return fmt.Sprintf("%02d:%02d:%02d%s%03d", ms/3600000, ms/60000%60, ms/1000%60, point, ms%1000)
}
