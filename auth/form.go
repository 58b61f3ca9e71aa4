package auth

import (
	"net/http"
	"strings"
)

// formError is a credential that cannot be one by its form alone. HeyGen is not asked about it, and
// nobody who sends one learns anything, so that it does not count among those that are not valid.
type formError struct {
	// why is for whoever set the client up. It has the characters that RFC 6750 3 allows in an
	// error_description, and none of the sender's.
	why string
	// token says that there was a token, if a broken one: then the challenge has an error, which
	// RFC 6750 3.1 wants left out where another scheme was tried.
	token bool
}

// Error implements error.
func (e *formError) Error() string { return e.why }

// What can be wrong with a credential's form.
const (
	whyEmpty = "Authorization says Bearer and has nothing after it, as when the variable that " +
		"should hold the key is not set."
	// whyScheme names no scheme of the sender's: what stands in its place can be the secret.
	whyScheme = "Authorization has a scheme that this server does not take, such as Basic, " +
		"Token or ApiKey. " +
		"Write it as Authorization: Bearer KEY, or send X-Api-Key: KEY."
	whyNoScheme = "Authorization has no scheme before the credential. Write it as " +
		"Authorization: Bearer KEY, or send X-Api-Key: KEY."
	// whyUnfilled gives no example, which could be what was sent.
	whyUnfilled = "The credential is a placeholder that was not filled in: a variable in " +
		"dollar signs or brackets, " +
		"words that say where the key goes, or a word for nothing. " +
		"Set the variable where the client is started, or write the key itself."
	whyShortened = "The credential is a shortened one, with dots or asterisks, as pages show a " +
		"key to recognize it by. Copy the whole key."
	whyBlank = "The credential has a space, a tab or a line break in it. Copy it as one " +
		"word, without what stands around it."
	whyStrange = "The credential has a character in it that no key has, such as a curly " +
		"quote, an ellipsis or an accent. Copy it anew."
	whyQuote = "The credential has a quotation mark or a backslash in it. Send the key " +
		"without what a settings file has around it."
	whyLong  = "The credential is longer than 8192 bytes, which no key is."
	whyInURL = "What the URL has after the ? is not read for a key, because URLs end up in " +
		"logs."
)

// wellFormed says why a secret cannot be one, whoever its server is; nil where it can.
func wellFormed(secret string) error {
	switch blank := strings.ContainsAny(secret, " \t\r\n"); {
	case blank && unfilled(secret):
		return &formError{whyUnfilled, true}
	case blank:
		return &formError{whyBlank, true}
	case !visible(secret):
		return &formError{whyStrange, true}
	case len(secret) > maxCredential:
		return &formError{whyLong, true}
	}
	return nil
}

// plausible says why a secret cannot be a key of HeyGen's or a token; nil where it can. It makes
// nothing, since it is asked at every request. A token of the operator's own choice can be
// anything, so it is compared first.
func plausible(secret string) error {
	switch {
	case unfilled(secret):
		return &formError{whyUnfilled, true}
	case strings.Contains(secret, "..."), strings.Contains(secret, "***"):
		return &formError{whyShortened, true}
	case strings.ContainsAny(secret, "\"'`\\"):
		return &formError{whyQuote, true}
	}
	return nil
}

// unfilled says whether a secret is what a template has in its place: the syntax of a variable, the
// name of one, or a word for nothing. None of it can be in a bearer token (RFC 6750 2.1), or is a
// key.
func unfilled(secret string) bool {
	whole := secret
	if secret = strings.TrimPrefix(secret, keyPrefix); secret == "" {
		return true
	}
	first, last := secret[0], secret[len(secret)-1]
	switch {
	case first == '$', strings.Contains(secret, "${"), strings.Contains(secret, "{{"):
		return true
	case first == '<' && last == '>', first == '{' && last == '}', first == '[' && last == ']',
		first == '%' && last == '%' && len(secret) > 1:
		return true
	}
	const longest = 64 // bytes of a placeholder that is a word
	if len(secret) > longest {
		return false
	}
	const longestWord = len("access-token")
	for _, word := range [...]string{
		"undefined", "null", "none", "nil", "NaN", "placeholder", "changeme", "change-me", "change_me",
		"replaceme", "replace-me", "replace_me", "key", "api-key", "api_key", "apikey", "token", "access-token", "access_token",
	} {
		if len(whole) <= longestWord && strings.EqualFold(whole, word) {
			return true
		}
	}
	for _, begin := range [...]string{"process.env", "os.environ", "env.", "env:", "input:", "secrets."} {
		if hasPrefixFold(secret, begin) {
			return true
		}
	}
	if repeats(secret) || namesVariable(secret) {
		return true
	}
	asks := containsFold(secret, "your") || hasPrefixFold(secret, "insert") || hasPrefixFold(secret, "paste")
	return asks && (containsFold(secret, "key") || containsFold(secret, "token"))
}

// repeats says whether a word is one of the characters that stand for any others: xxxxxxxx.
func repeats(word string) bool {
	const least = 3
	return len(word) >= least && strings.Trim(word, word[:1]) == "" && strings.Contains("xX*._-", word[:1])
}

// namesVariable says whether a word is written as variables are, and called like one for a key.
func namesVariable(word string) bool {
	for i := range len(word) {
		if c := word[i]; c != '_' && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return strings.Contains(word, "_KEY") || strings.Contains(word, "_TOKEN")
}

// keyInURL says whether a query has what could be a key, by its name.
func keyInURL(r *http.Request) bool {
	if r.URL.RawQuery == "" {
		return false
	}
	q := r.URL.Query()
	for _, name := range [...]string{
		"api_key", "apikey", "apiKey", "api-key", "key", "token", "access_token", "authorization", "x-api-key",
	} {
		if q.Has(name) {
			return true
		}
	}
	return false
}

// visible says whether s is one word of printable ASCII. Anything else could
// smuggle a line into a header or a log.
func visible(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func containsFold(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(part)], part) {
			return true
		}
	}
	return false
}
