package oauth

import (
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// register is open dynamic registration (RFC 7591). Whatever a client says of itself, it becomes a
// public one with the grants that there are; what it asked for and did not get, it sees in the
// answer.
func (o *Server) register(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Name      string   `json:"client_name"`
		Redirects []string `json:"redirect_uris"`
		Grants    []string `json:"grant_types"`
		Responses []string `json:"response_types"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&in); err != nil {
		writeError(w, http.StatusBadRequest, "invalid_client_metadata", "the body is not a JSON object of client metadata")
		return
	}
	if len(in.Redirects) == 0 {
		writeError(w, http.StatusBadRequest, "invalid_redirect_uri", "redirect_uris is required")
		return
	}
	for _, uri := range in.Redirects {
		if !registrable(uri) {
			writeError(w, http.StatusBadRequest, "invalid_redirect_uri",
				"a redirect URI is https, http to a loopback address, or an app's own scheme, without a fragment")
			return
		}
	}
	if len(in.Grants) > 0 && !slices.Contains(in.Grants, "authorization_code") {
		writeError(w, http.StatusBadRequest, "invalid_client_metadata", "grant_types must hold authorization_code")
		return
	}
	if len(in.Responses) > 0 && !slices.Contains(in.Responses, "code") {
		writeError(w, http.StatusBadRequest, "invalid_client_metadata", "response_types must hold code")
		return
	}

	id := newSecret("client_")
	o.mu.Lock()
	o.clients[id] = registeredClient{name: in.Name, redirects: in.Redirects}
	o.mu.Unlock()

	out := map[string]any{
		"client_id":                  id,
		"client_id_issued_at":        o.clock().Unix(),
		"redirect_uris":              in.Redirects,
		"grant_types":                grantTypes(),
		"response_types":             []string{"code"},
		"token_endpoint_auth_method": "none",
		"scope":                      strings.Join(supportedScopes(), " "),
	}
	if in.Name != "" {
		out["client_name"] = in.Name
	}
	writeJSON(w, http.StatusCreated, out)
}

// registrable refuses redirect URIs that would show a code to the network or run as a script in the
// browser.
func registrable(uri string) bool {
	u, err := url.Parse(uri)
	if err != nil || strings.Contains(uri, "#") {
		return false
	}
	switch u.Scheme {
	case "https":
		return u.Hostname() != "" && u.User == nil
	case "http":
		return loopbackURL(u) && u.User == nil
	case "", "javascript", "data", "vbscript", "file", "blob", "about":
		return false
	default:
		return true
	}
}

// redirectAllowed compares with the registered URIs: letter by letter, but for the port of a
// loopback address, which a native client knows only when it runs (RFC 8252 §7.3).
func (c registeredClient) redirectAllowed(uri string) bool {
	if slices.Contains(c.redirects, uri) {
		return true
	}
	got, ok := withoutPort(uri)
	if !ok {
		return false
	}
	return slices.ContainsFunc(c.redirects, func(registered string) bool {
		want, ok := withoutPort(registered)
		return ok && got == want
	})
}

// withoutPort is a loopback URI without its port; ok is false for any other URI.
func withoutPort(uri string) (bare string, ok bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "http" || u.User != nil || strings.Contains(uri, "#") || !loopbackURL(u) {
		return "", false
	}
	u.Host = u.Hostname()
	return u.String(), true
}

func loopbackURL(u *url.URL) bool {
	if u.Hostname() == "localhost" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}
