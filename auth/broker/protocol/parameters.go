package protocol

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// longestForm bounds a form in bytes; the largest honest one holds a code, a verifier and a few
	// URLs.
	longestForm  = 32 << 10
	longestQuery = 8 << 10
)

// ReadForm reads a form of a client's, and says what is wrong with it. What is sent without a value
// counts as left out.
func ReadForm(w http.ResponseWriter, r *http.Request) (why string) {
	if why := ReadPageForm(w, r); why != "" {
		return why
	}
	maps.DeleteFunc(r.PostForm, blank)
	maps.DeleteFunc(r.Form, blank)
	return ""
}

// ReadPageForm reads a form of a page, in which a field that a person has emptied is another thing
// than one that is not there, and says what is wrong with it.
func ReadPageForm(w http.ResponseWriter, r *http.Request) (why string) {
	r.Body = http.MaxBytesReader(w, r.Body, longestForm)
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); !strings.EqualFold(
		strings.TrimSpace(kind), "application/x-www-form-urlencoded") {
		return "send the parameters as application/x-www-form-urlencoded"
	}
	if err := r.ParseForm(); err != nil {
		return "the form cannot be read, or is too long"
	}
	return unclear(r.PostForm)
}

// unclear says why parameters cannot be taken: one is given more than once, which RFC 8707 allows
// resource alone, or is no text. A database may refuse to look for what is no text, and JSON would
// change it on its way.
func unclear(form url.Values) string {
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if len(form[name]) > 1 && name != "resource" {
			return "a parameter is given more than once"
		}
		if slices.ContainsFunc(form[name], func(value string) bool { return !IsText(value) }) {
			return "a parameter is not text in UTF-8"
		}
	}
	return ""
}

// IsText says whether a value is UTF-8 without a zero byte.
func IsText(value string) bool { return utf8.ValidString(value) && !strings.ContainsRune(value, 0) }

// blank says whether a parameter has no value, which RFC 6749 has count as left out.
func blank(_ string, values []string) bool {
	return !slices.ContainsFunc(values, func(value string) bool { return value != "" })
}

// knownParams are the parameters of an authorization request that mean something here. The others
// are passed over, as RFC 6749 has it: the library would refuse what it cannot read in those of
// OpenID's.
func knownParams() []string {
	return []string{
		"response_type", "response_mode", "client_id", "redirect_uri", "scope", "state", "prompt",
		"resource", "code_challenge", "code_challenge_method", "request", "request_uri",
	}
}

// ReadQuery reads an authorization request, and says what is wrong with it.
func ReadQuery(raw string) (q url.Values, why string) {
	if len(raw) > longestQuery {
		return nil, "The request is too long."
	}
	q, err := url.ParseQuery(raw)
	if err != nil {
		return nil, "The address cannot be read."
	}
	if why := unclear(q); why != "" {
		return nil, "In the address, " + why + "."
	}
	maps.DeleteFunc(q, func(name string, values []string) bool {
		return blank(name, values) || !slices.Contains(knownParams(), name)
	})
	return q, ""
}
