package broker

import (
	"slices"
	"strings"
)

// The scopes. Each includes those before it.
const (
	ScopeRead   = "heygen:read"
	ScopeWrite  = "heygen:write"
	ScopeDelete = "heygen:delete"
)

// Scopes are all of them, from narrow to broad.
func Scopes() []string { return []string{ScopeRead, ScopeWrite, ScopeDelete} }

// polite are scopes that clients ask for by habit. They are taken without a word and give nothing.
func polite() []string { return []string{"offline_access", "openid", "profile", "email"} }

// includes says whether scopes hold one, or a broader one.
func includes(scopes []string, one string) bool {
	at := slices.Index(Scopes(), one)
	return at >= 0 && slices.ContainsFunc(scopes, func(s string) bool { return slices.Index(Scopes(), s) >= at })
}

// ordered is a set of scopes in the order of Scopes, without what is not among them.
func ordered(scopes []string) []string {
	return slices.DeleteFunc(Scopes(), func(s string) bool { return !slices.Contains(scopes, s) })
}

// asked reads a scope parameter: what it asks for within what is allowed. Nothing asked is all that is allowed; a scope
// that nobody knows is refused, one that is known and not allowed too.
func asked(param string, allowed []string) (scopes []string, ok bool) {
	for s := range strings.FieldsSeq(param) {
		switch {
		case slices.Contains(polite(), s):
		case includes(allowed, s):
			scopes = append(scopes, s)
		default:
			return nil, false
		}
	}
	if len(scopes) == 0 {
		return ordered(allowed), true
	}
	return ordered(scopes), true
}

// registered are the scopes that a client may ask for: those it registered, or all.
func registered(param string) []string {
	if scopes := ordered(strings.Fields(param)); len(scopes) > 0 {
		return scopes
	}
	return Scopes()
}

// inWords says what scopes allow, for a person.
func inWords(scopes []string) []string {
	words := []string{"See your avatars, voices and videos, your account and its balance"}
	if includes(scopes, ScopeWrite) {
		words = append(words, "Make and change videos, avatars and voices, which spends your credits or balance")
	}
	if includes(scopes, ScopeDelete) {
		words = append(words, "Delete what is in your account, for good")
	}
	return words
}
