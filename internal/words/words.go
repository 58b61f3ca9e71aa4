// Package words owns every text of the pages that people see, in each language that they are shown in: a file of
// messages for each language, and the choice between them by what a browser asks for. It does not know which page says
// what. What programs read, such as answers in JSON and OAuth's error codes, is English and does not come from here.
//
// Reading order: words.go (languages), text.go (what code hands to a page), html.go (what a page's template writes),
// messages/.
package words

import (
	"cmp"
	"embed"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed messages/*.json
var files embed.FS

// tags are the languages, each with a file of its name. English is the first: it is shown to those who ask for none of
// them.
func tags() []string { return []string{"en", "de", "es", "fr", "pt", "ja", "zh-Hans", "zh-Hant"} }

// Speaker says texts in one language.
type Speaker struct {
	tag       string
	localizer func() *i18n.Localizer // reads the messages when somebody is spoken to first
}

// Lang is the language as HTML names it.
func (s *Speaker) Lang() string { return s.tag }

// speakerSet holds the speakers, with what chooses between them.
type speakerSet struct {
	speakers []*Speaker
	matcher  language.Matcher
}

var load = sync.OnceValue(func() speakerSet { //nolint:gochecknoglobals // made once, and never changed
	var known []language.Tag
	var speakers []*Speaker
	for _, tag := range tags() {
		known = append(known, language.MustParse(tag))
		speakers = append(speakers, &Speaker{tag, sync.OnceValue(func() *i18n.Localizer { return readMessages(tag) })})
	}
	return speakerSet{speakers, language.NewMatcher(known)}
})

// readMessages reads the messages of a language, and English ones for what it lacks. It panics where a file cannot be
// read: they are built in.
func readMessages(tag string) *i18n.Localizer {
	bundle := i18n.NewBundle(language.English)
	for _, name := range []string{tags()[0], tag} {
		if _, err := bundle.LoadMessageFileFS(files, "messages/"+name+".json"); err != nil {
			panic("words: " + name + ": " + err.Error())
		}
	}
	return i18n.NewLocalizer(bundle, tag)
}

// All are the speakers of all languages, English first.
func All() []*Speaker { return load().speakers }

// English is the speaker of the language that everybody else falls back to.
func English() *Speaker { return All()[0] }

// For is the speaker for the person whose browser sends a request.
func For(r *http.Request) *Speaker {
	tags := acceptedLanguages(r.Header.Get("Accept-Language"))
	if len(tags) == 0 {
		return English()
	}
	_, at, _ := load().matcher.Match(tags...)
	return All()[at]
}

// acceptedLanguages are the languages of a header, the most wanted first. What is wrong in one of them leaves the
// others.
func acceptedLanguages(header string) []language.Tag {
	if all, _, err := language.ParseAcceptLanguage(header); err == nil {
		return all
	}
	type wish struct {
		tag language.Tag
		q   float32
	}
	var wishes []wish
	for i, one := range strings.Split(header, ",") {
		const most = 50 // languages that anybody lists
		if i == most {
			break
		}
		if tag, q, err := language.ParseAcceptLanguage(one); err == nil && len(tag) == 1 {
			wishes = append(wishes, wish{tag[0], q[0]})
		}
	}
	slices.SortStableFunc(wishes, func(a, b wish) int { return cmp.Compare(b.q, a.q) })
	tags := make([]language.Tag, len(wishes))
	for i, w := range wishes {
		tags[i] = w.tag
	}
	return tags
}
