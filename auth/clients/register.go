package clients

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

const (
	// mostRegistered bounds the redirect URIs of a registration. VS Code has the most that is known, six, of which two
	// are loopback addresses with and without a port, which count as one.
	mostRegistered = 5
	// mostURIs bounds those of a document, in which a hosted client lists all its builds, and mostAllowed those of
	// them that are kept; what stands behind is passed over.
	mostURIs    = 20
	mostAllowed = 10
	// longestRegistered bounds a redirect URI, and a scope, that a stranger has stored here, in bytes.
	longestRegistered = 500
)

// RegistrationError says why a registration is refused, with a code of RFC 7591.
type RegistrationError struct{ Code, Why string }

// Error implements error.
func (e *RegistrationError) Error() string { return e.Why }

// metadata is what a client says of itself, in a registration and in a document alike. What is not here is not ours to
// judge: unknown members, further grants and logos are passed over.
type metadata struct {
	ID        string   `json:"client_id"`
	Name      string   `json:"client_name"`
	Redirects []string `json:"redirect_uris"`
	Method    string   `json:"token_endpoint_auth_method"`
	Methods   []string `json:"token_endpoint_auth_methods_supported"`
	Grants    []string `json:"grant_types"`
	Responses []string `json:"response_types"`
	Scope     string   `json:"scope"`
	// Secret is looked for in documents alone, which may not have one.
	Secret any `json:"client_secret"`
}

// Register reads a registration (RFC 7591). The id is for the caller to give.
func (p Policy) Register(body []byte) (Client, error) {
	var m metadata
	if err := json.Unmarshal(body, &m); err != nil {
		return Client{}, &RegistrationError{"invalid_client_metadata", "the body must be a JSON object of client metadata with members of the types that RFC 7591 gives them"}
	}
	if err := p.checkRedirects(m); err != nil {
		return Client{}, err
	}
	refuse := func(why string) (Client, error) {
		return Client{}, &RegistrationError{"invalid_client_metadata", why}
	}
	if len(m.Grants) > 0 && !slices.Contains(m.Grants, GrantCode) && !slices.Contains(m.Grants, GrantDevice) {
		return refuse("grant_types must hold authorization_code or the device code grant")
	}
	if len(m.Responses) > 0 && !slices.Contains(m.Responses, "code") {
		return refuse("response_types must hold code")
	}
	switch m.Method {
	case "":
		m.Method = MethodNone
	case MethodNone, MethodBasic, MethodPost:
	default:
		return refuse("token_endpoint_auth_method must be none, client_secret_basic or client_secret_post")
	}
	if len(m.Scope) > longestRegistered {
		return refuse(fmt.Sprintf("scope is longer than %d bytes", longestRegistered))
	}
	return Client{Name: cleanName(m.Name), Redirects: m.Redirects, Method: m.Method, Scope: m.Scope, Source: Registered}, nil
}

// checkRedirects says which URI is refused, and why: a client's author has nothing else to go by.
func (p Policy) checkRedirects(m metadata) error {
	deviceOnly := len(m.Grants) > 0 && !slices.Contains(m.Grants, GrantCode)
	if len(m.Redirects) == 0 && !deviceOnly {
		return &RegistrationError{"invalid_redirect_uri", "redirect_uris is missing"}
	}
	if counted(m.Redirects) > mostRegistered {
		return &RegistrationError{"invalid_redirect_uri", fmt.Sprintf("redirect_uris holds more than %d; a loopback address without a port stands for all ports, and others can be registered as another client", mostRegistered)}
	}
	for _, uri := range m.Redirects {
		if len(uri) > longestRegistered {
			return &RegistrationError{"invalid_redirect_uri", fmt.Sprintf("redirect URI %q: it must have 1 to %d characters", shorten(printable(uri), 200), longestRegistered)}
		}
		if err := p.Check(uri, ""); err != nil {
			return &RegistrationError{"invalid_redirect_uri", fmt.Sprintf("redirect URI %q: %v", shorten(printable(uri), 200), err)}
		}
	}
	return nil
}

// counted is how many redirect URIs there are. Those of a loopback address with a port do not count
// where the same is there without one, which stands for all ports.
func counted(uris []string) int {
	n := 0
	for _, uri := range uris {
		if portless, ok := withoutPort(uri); !ok || portless == uri || !slices.Contains(uris, portless) {
			n++
		}
	}
	return n
}

// printable drops what cannot be shown, or turns the direction of writing around.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

func shorten(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
