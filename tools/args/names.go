package args

import (
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// resolve finds the field that a name means: in snake_case or camelCase, or in any case and with any
// separator where that means one field only.
func (p *InputSpec) resolve(name string) (at int, known bool) {
	if at, known = p.bySpelling[name]; known || len(name) > maxName {
		return at, known
	}
	plain := plainName(name)
	if at, known = p.byPlainName[plain]; known {
		return at, at >= 0
	}
	for _, of := range fileNames(plain) {
		if at, known = p.byPlainName[of]; known && at >= 0 && p.Fields[at].TakesFile() {
			return at, true
		}
	}
	if bare := strings.TrimFunc(name, decorates); bare != name {
		return p.resolve(bare)
	}
	return -1, false
}

// decorates reports whether a character is around names where they are written for people, as quotes and the star
// of what must be given are, or cannot be seen.
func decorates(c rune) bool { return strings.ContainsRune("\"'`“”*:$?@<>", c) || invisible(c) }

// fileNames are the arguments that a name may stand for which says in what form a file comes: video_url, for
// one. It and they are without case and separators.
func fileNames(plain string) []string {
	var names []string
	if of, ok := strings.CutPrefix(plain, plainName(Attached)); ok {
		names = append(names, of)
	}
	for _, form := range []string{"url", "file", "assetid"} {
		if of, ok := strings.CutSuffix(plain, form); ok {
			names = append(names, of)
		}
	}
	return names
}

// Attached begins the name under which a client hands over a file of its conversation in the place of an
// argument that takes one.
const Attached = "attached_"

// TakesFile reports whether an argument is a file, or a list of files, in several forms.
func (f *Field) TakesFile() bool {
	return f.Nested != nil && f.Type.Kind() != reflect.Map && f.Nested.bare.translate != nil && f.Nested.Has("url") && f.Nested.Has("asset_id") && !f.Nested.Has("value")
}

// maxName is longer than every name of an argument; what is longer is not looked at closely.
const maxName = 64

// indexPlainNames lists the fields by their folded names; -1 is for those of several fields.
func (p *InputSpec) indexPlainNames() {
	p.byPlainName = make(map[string]int, len(p.Fields))
	for i, f := range p.Fields {
		plain := plainName(f.Name)
		if _, twice := p.byPlainName[plain]; twice {
			i = -1
		}
		p.byPlainName[plain] = i
	}
	if at, takes := p.byPlainName["token"]; takes && !p.Has("next_token") {
		p.byPlainName["nexttoken"] = at // as the page before calls it
	}
}

// addedByClients reports whether a name is one that a client puts among the arguments of its own
// accord: n8n's agents name the call, the session and the chat, Cursor and others fill in something
// where a tool takes nothing, Gemini CLI says whether to wait for its previous call.
func addedByClients(name string) bool {
	return slices.Contains([]string{
		"toolcallid", "sessionid", "chatinput", "action", "tool", "toolname", "itemindex",
		"randomstring", "dummy", "placeholder", "noargs", "unused", "waitforprevious",
	}, plainName(name))
}

// camel spells a snake_case name in camelCase.
func camel(name string) string {
	parts := strings.Split(name, "_")
	for i, p := range parts[1:] {
		if p != "" {
			parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "")
}

// plainName folds the spellings of a name together.
func plainName(s string) string {
	const usual = 32 // bytes, which take no memory of their own
	plain := make([]byte, 0, usual)
	for i := range len(s) {
		switch c := s[i]; {
		case c == '_', c == '-', c == ' ', c == '.':
		case c >= utf8.RuneSelf:
			return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "", ".", "").Replace(s))
		case c >= 'A' && c <= 'Z':
			plain = append(plain, c+('a'-'A'))
		default:
			plain = append(plain, c)
		}
	}
	return string(plain)
}

// SameName reports whether two names are one but for case, separators and what is around names where they are
// written for people.
func SameName(a, b string) bool {
	const call = "()" // behind the name of a function
	plain := func(s string) string { return plainName(strings.TrimFunc(strings.TrimSuffix(s, call), decorates)) }
	return len(a) <= 2*maxName && len(b) <= 2*maxName && plain(a) != "" && plain(a) == plain(b)
}
