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
	// Hosts are https hosts, and schemes written as name://, that are allowed besides those that are known.
	Hosts []string
}

// known are the redirect URIs of hosted clients. A slash at the end stands for one more element.
func known() []string {
	return []string{
		"https://claude.ai/api/mcp/auth_callback",
		"https://claude.com/api/mcp/auth_callback",
		"https://chatgpt.com/connector/oauth/",
		"https://chatgpt.com/connector_platform_oauth_redirect",
		"https://vscode.dev/redirect",
		"https://insiders.vscode.dev/redirect",
		"https://www.cursor.com/agents/mcp/oauth/callback", // which Cursor registers together with its own scheme's
	}
}

// knownSchemes are the schemes of programs that are allowed. A scheme is whoever's claims it last, so there are few.
func knownSchemes() []string { return []string{"cursor"} }

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
		return errors.New("plain http is allowed for loopback addresses only, since the code would cross the network in the clear")
	case u.Scheme == "https":
		if isKnown(uri) || home != "" && strings.EqualFold(u.Host, home) || slices.ContainsFunc(p.Hosts, func(h string) bool { return strings.EqualFold(h, u.Host) }) {
			return nil
		}
		return fmt.Errorf("the host %s is not on this server's list; its operator can add it", u.Host)
	case slices.Contains(knownSchemes(), u.Scheme) || slices.Contains(p.Hosts, u.Scheme+"://"):
		return nil
	}
	return fmt.Errorf("the scheme %s is not on this server's list; use a loopback address, or ask its operator to add %s://", u.Scheme, u.Scheme)
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

func isKnown(uri string) bool {
	return slices.ContainsFunc(known(), func(k string) bool {
		rest, ok := strings.CutPrefix(uri, k)
		if !strings.HasSuffix(k, "/") {
			return ok && rest == ""
		}
		return ok && rest != "" && rest != "." && rest != ".." && !strings.ContainsAny(rest, "/?%")
	})
}
