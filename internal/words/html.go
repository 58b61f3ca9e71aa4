package words

import (
	"html/template"
	"strings"
)

// Funcs are what the templates of pages write texts by:
//
//	{{t "consent.title"}}                  a message, which may have markup in it
//	{{t "who.back" "Place" .Place}}        one with a placeholder, whose value is escaped
//	{{say .Problem}}                       a Text that code handed over, which is escaped as a whole
//	{{strong .Asks}}                       a list of Texts, each of which stands out
//	{{gap}}                                what stands between two sentences: a space, or nothing in Japanese and Chinese
//	{{lang}}                               the language, for the attribute of that name
func (s *Speaker) Funcs() template.FuncMap {
	return template.FuncMap{"t": s.markup, "say": s.Say, "strong": s.strong, "gap": s.gap, "lang": s.Lang}
}

// gap is what stands between two sentences.
func (s *Speaker) gap() string { return s.Say(Of("list.sentences", "First", "", "Next", "")) }

// markup is a message as HTML. The message is ours; what is put into it is not.
func (s *Speaker) markup(key string, pairs ...any) template.HTML {
	return template.HTML(s.render(of(key, pairs), template.HTMLEscapeString)) //nolint:gosec // G203: every value is escaped
}

// strong is a list in which each text stands out.
func (s *Speaker) strong(list []Text) template.HTML {
	var out []string
	for _, t := range list {
		out = append(out, "<strong>"+template.HTMLEscapeString(s.Say(t))+"</strong>")
	}
	return template.HTML(strings.Join(out, template.HTMLEscapeString(s.Say(Of("list.mark"))))) //nolint:gosec // G203: every text is escaped
}
