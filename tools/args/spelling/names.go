package spelling

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Decorates reports whether a character is around names where they are written for people, as quotes and the star
// of what must be given are, or cannot be seen.
func Decorates(c rune) bool { return strings.ContainsRune("\"'`“”*:$?@<>", c) || IsInvisible(c) }

// MaxName is longer than every name of an argument; what is longer is not looked at closely.
const MaxName = 64

// AddedByClients reports whether a name is one that a client puts among the arguments of its own
// accord: n8n's agents name the call, the session and the chat, Cursor and others fill in something
// where a tool takes nothing, Gemini CLI says whether to wait for its previous call.
func AddedByClients(name string) bool {
	return slices.Contains([]string{
		"toolcallid", "sessionid", "chatinput", "action", "tool", "toolname", "itemindex",
		"randomstring", "dummy", "placeholder", "noargs", "unused", "waitforprevious",
	}, Plain(name))
}

// Camel spells a snake_case name in camelCase.
func Camel(name string) string {
	parts := strings.Split(name, "_")
	for i, p := range parts[1:] {
		if p != "" {
			parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "")
}

// Plain folds the spellings of a name together.
func Plain(s string) string {
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
	plain := func(s string) string { return Plain(strings.TrimFunc(strings.TrimSuffix(s, call), Decorates)) }
	return len(a) <= 2*MaxName && len(b) <= 2*MaxName && plain(a) != "" && plain(a) == plain(b)
}
