package broker

import (
	"net/url"
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

// ignoredScopes are scopes that clients ask for by habit. They are taken without a word and give nothing.
func ignoredScopes() []string { return []string{"offline_access", "openid", "profile", "email"} }

// includes says whether scopes hold one, or a broader one.
func includes(scopes []string, one string) bool {
	at := slices.Index(Scopes(), one)
	return at >= 0 && slices.ContainsFunc(scopes, func(s string) bool { return slices.Index(Scopes(), s) >= at })
}

// ordered is a set of scopes in the order of Scopes, without what is not among them.
func ordered(scopes []string) []string {
	return slices.DeleteFunc(Scopes(), func(s string) bool { return !slices.Contains(scopes, s) })
}

// parseScopes reads a scope parameter: what it asks for within what is allowed. Nothing asked is what
// otherwise says; a scope that nobody knows is refused, one that is known and not allowed too.
func parseScopes(param string, allowed, otherwise []string) (scopes []string, ok bool) {
	for s := range strings.FieldsSeq(param) {
		switch {
		case slices.Contains(ignoredScopes(), s):
		case includes(allowed, s):
			scopes = append(scopes, s)
		default:
			return nil, false
		}
	}
	if len(scopes) == 0 {
		return ordered(otherwise), true
	}
	return ordered(scopes), true
}

// usual are the scopes of a sign-in that asks for none, and of the challenge: those that a client
// registered, or reading and writing, and in neither case deleting. A client that comes to need
// that is told so, and asks its person again.
func usual(param string) []string {
	if scopes := ordered(strings.Fields(param)); len(scopes) > 0 {
		scopes = slices.DeleteFunc(scopes, func(s string) bool { return s == ScopeDelete })
		if len(scopes) > 0 {
			return scopes
		}
	}
	return []string{ScopeRead, ScopeWrite}
}

// allowed are the scopes that a client may ask for. One that registered for reading alone stays
// with that. Clients register for what the challenge or the metadata named, where deleting is left
// out on purpose, so that whoever may write may come back for deleting.
func allowed(param string) []string {
	scopes := ordered(strings.Fields(param))
	if len(scopes) == 0 || includes(scopes, ScopeWrite) {
		return Scopes()
	}
	return scopes
}

// registered are the scopes that a registration is answered with.
func registered(param string) []string {
	if scopes := ordered(strings.Fields(param)); len(scopes) > 0 {
		return scopes
	}
	return usual("")
}

// readOnlyEnd ends the path of a resource at which nothing can be changed.
const readOnlyEnd = "/readonly"

// UsualScopes are what the resource at a path below the endpoint's asks clients for: reading where
// nothing else can be done, else reading and writing.
func UsualScopes(below string) []string {
	if strings.HasSuffix(below, readOnlyEnd) {
		return []string{ScopeRead}
	}
	return usual("")
}

// forResource narrows scopes to what the resources of a request can use: a token for those at which
// nothing can be changed is for reading.
func forResource(form url.Values, scopes []string) []string {
	named := false
	for _, resource := range form["resource"] {
		if resource == "" {
			continue
		}
		path, err := url.PathUnescape(resource)
		if err != nil || !strings.HasSuffix(strings.TrimRight(path, "/"), readOnlyEnd) {
			return scopes
		}
		named = true
	}
	if named {
		return []string{ScopeRead}
	}
	return scopes
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
