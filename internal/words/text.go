package words

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Text is something that a page will say, in the language of whoever sees it. nil is nothing.
type Text interface {
	// Stringer gives it in English, for logs, records and programs.
	fmt.Stringer
	in(s *Speaker) string
}

// Say is a text in the speaker's language, "" for nil.
func (s *Speaker) Say(t Text) string {
	if t == nil {
		return ""
	}
	return t.in(s)
}

// message is a text by its key in the files.
type message struct {
	key  string
	data map[string]any
}

// count is the member of a message's data that chooses between its plural forms.
const count = "Count"

// Of is the message of a key. pairs are the names of its placeholders, each with its value: a string or a number, or a
// Text.
func Of(key string, pairs ...any) Text { return of(key, pairs) }

func of(key string, pairs []any) message {
	m := message{key, map[string]any{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		m.data[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

func (m message) in(s *Speaker) string { return s.render(m, func(v string) string { return v }) }

// String implements fmt.Stringer.
func (m message) String() string { return English().Say(m) }

// render fills a message in. clean is put over each value that is a text.
func (s *Speaker) render(m message, clean func(string) string) string {
	data := make(map[string]any, len(m.data))
	for name, value := range m.data {
		switch v := value.(type) {
		case nil:
			data[name] = ""
		case Text:
			data[name] = clean(v.in(s))
		case string:
			data[name] = clean(shown(v))
		default:
			data[name] = v
		}
	}
	said, err := s.localizer().Localize(&i18n.LocalizeConfig{MessageID: m.key, TemplateData: data, PluralCount: m.data[count]})
	if said == "" && err != nil {
		return m.key // which the tests of this package keep from happening
	}
	return said
}

// Unicode's signs around a text that has a direction of its own: isolate is the first of them, firstStrong has the
// text's first letter decide, and isolateEnd ends each.
const (
	isolate     = '\u2066'
	firstStrong = '\u2068'
	isolateEnd  = '\u2069'
)

// leftward says whether a letter is written from right to left.
func leftward(c rune) bool {
	return unicode.In(c, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Mandaic, unicode.Samaritan, unicode.Adlam)
}

// Verbatim is a text that is nobody's to translate, such as a name.
type Verbatim string

func (v Verbatim) in(*Speaker) string { return shown(string(v)) }

// shown is a text of others as it can stand among ours: without the signs that turn around which way what comes after
// them is written, and without control characters. One that is written from right to left stands alone in that: without
// the isolate, 11 s and 0.73 USD after it would change places.
func shown(text string) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case c >= '\u202a' && c <= '\u202e', c >= isolate && c <= isolateEnd:
			return -1
		case unicode.IsControl(c), unicode.In(c, unicode.Zl, unicode.Zp):
			return ' '
		}
		return c
	}, text)
	if strings.ContainsFunc(text, leftward) {
		return string(firstStrong) + text + string(isolateEnd)
	}
	return text
}

// String implements fmt.Stringer.
func (v Verbatim) String() string { return string(v) }

// Figure is an amount in digits, written as in English: others have another mark before the decimals.
type Figure string

func (f Figure) in(s *Speaker) string {
	return strings.ReplaceAll(string(f), ".", s.Say(Of("figure.mark")))
}

// String implements fmt.Stringer.
func (f Figure) String() string { return string(f) }

// Day is a date in UTC.
type Day time.Time

func (d Day) in(s *Speaker) string {
	t := time.Time(d).UTC()
	month := Of("month." + strings.ToLower(t.Month().String()))
	return s.Say(Of("date.day", "Day", t.Day(), "Month", month, "Year", t.Year()))
}

// String implements fmt.Stringer.
func (d Day) String() string { return d.in(English()) }

// Moment is a date in UTC with the time of the day.
type Moment time.Time

func (m Moment) in(s *Speaker) string {
	return s.Say(Of("date.moment", "Day", Day(m), "Time", time.Time(m).UTC().Format("15:04")))
}

// String implements fmt.Stringer.
func (m Moment) String() string { return m.in(English()) }

// Sentences are texts one after the other.
type Sentences []Text

func (all Sentences) in(s *Speaker) string {
	if len(all) == 0 {
		return ""
	}
	said := s.Say(all[0])
	for _, next := range all[1:] {
		said = s.Say(Of("list.sentences", "First", said, "Next", next))
	}
	return said
}

// String implements fmt.Stringer.
func (all Sentences) String() string { return all.in(English()) }

// Parts make one text. Each brings the marks before it along.
type Parts []Text

func (all Parts) in(s *Speaker) string {
	var said strings.Builder
	for _, part := range all {
		said.WriteString(s.Say(part))
	}
	return said.String()
}

// String implements fmt.Stringer.
func (all Parts) String() string { return all.in(English()) }
