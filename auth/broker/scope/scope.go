// Package scope owns what access tokens may do: the three scopes, which of them a client may ask
// for and gets, and the levels that a person chooses from. It knows nothing of grants or tokens.
package scope

import (
	"net/url"
	"slices"
	"strings"
)

// The scopes. Each Includes those before it.
const (
	Read   = "heygen:read"
	Write  = "heygen:write"
	Delete = "heygen:delete"
)

// All are the three scopes, from narrow to broad.
func All() []string { return []string{Read, Write, Delete} }

// ignored are scopes that clients ask for by habit. They are accepted and grant nothing.
func ignored() []string { return []string{"offline_access", "openid", "profile", "email"} }

// Includes says whether scopes hold one, or a broader one.
func Includes(scopes []string, one string) bool {
	at := slices.Index(All(), one)
	return at >= 0 &&
		slices.ContainsFunc(scopes, func(s string) bool { return slices.Index(All(), s) >= at })
}

// ordered is a set of scopes in the order of All, without what is not among them.
func ordered(scopes []string) []string {
	return slices.DeleteFunc(All(), func(s string) bool { return !slices.Contains(scopes, s) })
}

// Parse reads a scope parameter: what it asks for within what is allowed. Nothing asked is what
// otherwise says; a scope that nobody knows is refused, one that is known and not allowed too.
func Parse(param string, allowed, otherwise []string) (scopes []string, ok bool) {
	for s := range strings.FieldsSeq(param) {
		switch {
		case slices.Contains(ignored(), s):
		case Includes(allowed, s):
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

// Usual are the scopes of a sign-in that asks for none, and of the challenge: those that a client
// registered, or reading and writing, and in neither case deleting. A client that comes to need
// that is told so, and asks its user again.
func Usual(param string) []string {
	scopes := slices.DeleteFunc(ordered(strings.Fields(param)), func(s string) bool { return s == Delete })
	if len(scopes) > 0 {
		return scopes
	}
	return []string{Read, Write}
}

// Allowed are the scopes that a client may ask for. One that registered for reading alone stays
// with that. Clients register for what the challenge or the metadata named, where deleting is left
// out on purpose, so that whoever may write may come back for deleting.
func Allowed(param string) []string {
	scopes := ordered(strings.Fields(param))
	if len(scopes) == 0 || Includes(scopes, Write) {
		return All()
	}
	return scopes
}

// Registered are the scopes that a registration is answered with.
func Registered(param string) []string {
	if scopes := ordered(strings.Fields(param)); len(scopes) > 0 {
		return scopes
	}
	return Usual("")
}

// readOnlyEnd ends the path of a resource at which nothing can be changed.
const readOnlyEnd = "/readonly"

// UsualBelow are what the resource at a path below the endpoint's, with a slash at its end or
// without, asks clients for: reading where nothing else can be done, else reading and writing.
func UsualBelow(below string) []string {
	if strings.HasSuffix(strings.TrimRight(below, "/"), readOnlyEnd) {
		return []string{Read}
	}
	return Usual("")
}

// ForResource narrows scopes to what the resources of a request can use: a token for those at which
// nothing can be changed is for reading.
func ForResource(form url.Values, scopes []string) []string {
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
		return []string{Read}
	}
	return scopes
}

// Join writes scopes as a parameter has them.
func Join(scopes []string) string { return strings.Join(scopes, " ") }

// Within reports whether all of scopes are in allowed, or included in a broader one there.
func Within(scopes, allowed []string) bool {
	return !slices.ContainsFunc(scopes, func(s string) bool { return !Includes(allowed, s) })
}
