package auth

import (
	"errors"
	"net/http"
	"strings"

	"heygen-mcp/auth/credential"
)

// Why a request's headers name no credential, besides a *formError.
var (
	errMissing   = errors.New("no credential")
	errAmbiguous = errors.New("more than one credential")
)

// presented reads the request's credential from its headers, and from nowhere
// else: a query string ends up in logs and histories. The same credential in
// both headers is one; of two that differ, which one counts is not for us to
// guess, since they may bill two accounts.
func presented(r *http.Request) (credential.Credential, error) {
	var c credential.Credential
	var wrong error
	for _, value := range r.Header["Authorization"] {
		secret, err := inAuthorization(value)
		if err != nil {
			wrong = err
		} else if secret != "" && c.Secret != "" && c.Secret != secret {
			return credential.Credential{}, differ(c.Secret, secret)
		} else if secret != "" {
			c = credential.Credential{Kind: kindOfBearer(secret), Secret: secret}
		}
	}
	for _, value := range r.Header[apiKeyHeader] {
		secret, _ := withoutBearer(unquoted(strings.TrimSpace(value)))
		if secret != "" && c.Secret != "" && c.Secret != secret {
			return credential.Credential{}, differ(c.Secret, secret)
		}
		if secret != "" {
			c = credential.Credential{Kind: credential.Key, Secret: secret}
		}
	}
	scheme, ok := errors.AsType[*formError](wrong)
	if ok && c.Secret != "" && scheme.why == whyScheme {
		wrong = nil // a proxy's own sign-in, as with Basic, is none of ours
	}
	switch {
	case wrong != nil:
		return credential.Credential{}, wrong
	case c.Secret == "":
		return credential.Credential{}, errMissing
	}
	return c, wellFormed(c.Secret)
}

// differ says what is wrong with two secrets: one that was not filled in is told as that.
func differ(one, other string) error {
	if unfilled(one) || unfilled(other) {
		return &formError{whyUnfilled, true}
	}
	return errAmbiguous
}

// kindOfBearer says what a bearer token is. Many clients can only set a bearer, so an API key is
// expected there too, and recognized by its beginning.
func kindOfBearer(secret string) credential.Kind {
	if strings.HasPrefix(secret, keyPrefix) {
		return credential.Key
	}
	return credential.Token
}

// inAuthorization reads the value of an Authorization header. What can only mean one thing is
// taken: the word Bearer twice, quotation marks around the token, and an API key without a scheme,
// which no scheme is called like. Everything else is refused in words. A blank header, which a
// client sends whose variable is not set, is none.
func inAuthorization(value string) (secret string, err error) {
	value = unquoted(strings.TrimSpace(value))
	if value == "" {
		return "", nil
	}
	rest, bearer := withoutBearer(value)
	switch {
	case bearer && rest == "":
		return "", &formError{whyEmpty, false}
	case bearer || strings.HasPrefix(value, keyPrefix):
		return rest, nil
	case isScheme(value):
		return "", &formError{whyScheme, false}
	case unfilled(value):
		return "", &formError{whyUnfilled, true}
	case strings.ContainsAny(value, " \t"):
		return "", &formError{whyScheme, false}
	}
	return "", &formError{whyNoScheme, true}
}

// withoutBearer takes the scheme off, as often as it stands there, with a colon after it or not,
// and then the quotation marks around the token.
func withoutBearer(value string) (rest string, found bool) {
	const scheme = "Bearer"
	for len(value) >= len(scheme) && strings.EqualFold(value[:len(scheme)], scheme) {
		after := value[len(scheme):]
		if after != "" && after[0] != ' ' && after[0] != ':' {
			break // the beginning of another word
		}
		value, found = strings.TrimSpace(strings.TrimPrefix(after, ":")), true
	}
	return unquoted(value), found
}

// unquoted takes off the quotation marks around a value, which settings files and shells leave
// there.
func unquoted(value string) string {
	const marks = "\"'`"
	for len(value) >= 2 && value[0] == value[len(value)-1] && strings.IndexByte(marks, value[0]) >= 0 {
		value = strings.TrimSpace(value[1 : len(value)-1])
	}
	return value
}

// isScheme says whether a word is the name of a way to authenticate, or what people take for one,
// and so no secret.
func isScheme(word string) bool {
	for _, name := range [...]string{
		"Basic", "Digest", "Negotiate", "NTLM", "Token", "ApiKey", "Api-Key", "Key", "X-Api-Key", "DPoP", "JWT", "OAuth",
	} {
		if strings.EqualFold(word, name) {
			return true
		}
	}
	return false
}
