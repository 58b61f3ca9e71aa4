package clients

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// longestURI bounds a redirect URI; those that are known have under two hundred characters.
const longestURI = 2000

// Policy says which redirect URIs a client may have.
type Policy struct {
	// Hosts are https hosts, schemes written as name://, and whole redirect URIs, that are allowed besides those that
	// are known. CheckAllowed says what each may be.
	Hosts []string
}

// CheckAllowed says why an entry of Policy.Hosts can be none: it is a host with its port if it has one, a scheme as
// name://, or a redirect URI, which is then allowed letter by letter.
func CheckAllowed(given string) error {
	errForm := errors.New("it is a host, as in n8n.example.com, a scheme, as in myapp://, or a whole redirect URI with " +
		"a path, as in myapp://host/callback")
	scheme, rest, isURI := strings.Cut(given, "://")
	switch {
	case !isURI && (given == "" || strings.ContainsAny(given, "/@?#*\\ ")):
		return errForm
	case !isURI:
		return nil
	case rest == "" && (scheme == "" || scheme == "http" || scheme == "https" || strings.ContainsAny(scheme, "/:@?#* ")):
		return errForm
	case rest == "" && scheme != strings.ToLower(scheme):
		return errors.New("write the scheme in lower case")
	case rest == "":
		return checkForm(given + "host/")
	}
	if err := checkForm(given); err != nil {
		return fmt.Errorf("as a redirect URI, %w", err)
	}
	u, err := url.Parse(given)
	switch {
	case err != nil || u.Path == "" || strings.Contains(given, "*"):
		return errForm
	case u.Scheme == "http":
		return errors.New("plain http is allowed for loopback addresses only, and those are allowed anyway")
	}
	return nil
}

// allows says whether the operator allowed a redirect URI.
func (p Policy) allows(uri string, u *url.URL) bool {
	return slices.ContainsFunc(p.Hosts, func(h string) bool {
		switch scheme, rest, isURI := strings.Cut(h, "://"); {
		case !isURI:
			return u.Scheme == "https" && strings.EqualFold(h, u.Host)
		case rest == "":
			return scheme == u.Scheme && scheme != "https" && scheme != "http"
		}
		return h == uri
	})
}

// Check says why a redirect URI is not allowed, in words for whoever registers it. home is the host that the client
// is known to be at, and may be empty.
func (p Policy) Check(uri, home string) error {
	if err := checkForm(uri); err != nil {
		return err
	}
	u, err := url.Parse(uri)
	if err != nil {
		return errors.New("it is not a URI")
	}
	switch {
	case isLoopback(u):
		return nil
	case u.Scheme == "http":
		return errors.New("plain http is allowed for loopback addresses only, since the code would cross the network " +
			"in the clear")
	case u.Scheme == "https":
		if isKnown(uri) || home != "" && strings.EqualFold(u.Host, home) || p.allows(uri, u) {
			return nil
		}
		return fmt.Errorf("the host %s is not on this server's list; its operator can add it", u.Host)
	case isKnown(uri) || p.allows(uri, u):
		return nil
	}
	return fmt.Errorf("the scheme %s is not on this server's list with this URI; use a loopback address, or ask its operator to add the URI, or %s://", u.Scheme, u.Scheme)
}

// checkForm refuses what must never be redirected to, whoever registered it.
func checkForm(uri string) error {
	if uri == "" || len(uri) > longestURI {
		return fmt.Errorf("it must have 1 to %d characters", longestURI)
	}
	for i := range len(uri) {
		// A backslash is a slash to browsers and none to us; a space or a control character ends a header.
		if uri[i] <= ' ' || uri[i] > '~' || uri[i] == '\\' {
			return errors.New("it holds a character that no URI may hold")
		}
	}
	u, err := url.Parse(uri)
	if err != nil || u.Scheme == "" {
		return errors.New("it must be an absolute URI")
	}
	query, err := url.ParseQuery(u.RawQuery)
	switch {
	case err != nil:
		// The answer is added to the query, which has to be read for that.
		return errors.New("it must have a query that can be read, or none")
	case slices.ContainsFunc(answers(), query.Has):
		// A client would find two, and could take its own for this server's.
		return errors.New("its query must have none of the parameters of an answer, such as code or state")
	case strings.Contains(uri, "#"):
		return errors.New("it must have no fragment")
	case u.User != nil:
		return errors.New("it must have no user name")
	case u.Opaque != "" || u.Host == "":
		return errors.New("it must have a host after its scheme")
	case slices.Contains([]string{"javascript", "data", "vbscript", "file", "blob", "about", "ws", "wss", "ftp"}, u.Scheme):
		return fmt.Errorf("the scheme %s is never redirected to", u.Scheme)
	}
	return nil
}

// answers are the parameters that the authorization server sends back.
func answers() []string { return []string{"code", "state", "iss", "error", "error_description"} }
