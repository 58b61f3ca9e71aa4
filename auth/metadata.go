package auth

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// metadataPath is RFC 9728's well-known name. It goes between the host and the
// path of the resource.
const metadataPath = "/.well-known/oauth-protected-resource"

// metadataURL is where the metadata of a resource stands: the path-inserted form,
// the only one that every client tries.
func metadataURL(resource *url.URL) string {
	path := resource.EscapedPath()
	if path == "/" {
		path = ""
	}
	return resource.Scheme + "://" + resource.Host + metadataPath + path
}

// describe writes the protected resource metadata.
func describe(resource, issuer string, scopes []string) ([]byte, error) {
	return json.Marshal(struct {
		Resource       string   `json:"resource"`
		Servers        []string `json:"authorization_servers"`
		Scopes         []string `json:"scopes_supported"`
		BearerMethods  []string `json:"bearer_methods_supported"`
		NameForConsent string   `json:"resource_name"`
	}{resource, []string{issuer}, scopes, []string{"header"}, "Open MCP server for HeyGen"})
}

// Metadata serves the protected resource metadata of RFC 9728. It answers the
// same under every path it is mounted at, since clients look in several places
// and compare what they find with the URL that was typed. In Single there is
// nothing to sign in to, so it answers 404.
func (a *Auth) Metadata() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		// Public, without credentials, and read by pages of any origin.
		h.Set("Access-Control-Allow-Origin", "*")
		switch {
		case r.Method == http.MethodOptions:
			h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
			// Clients send MCP-Protocol-Version here, which needs a preflight's leave.
			h.Set("Access-Control-Allow-Headers", "*")
			h.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD, OPTIONS")
			w.WriteHeader(http.StatusMethodNotAllowed)
		case a.metadata == nil:
			http.NotFound(w, r)
		default:
			h.Set("Content-Type", "application/json")
			// Five minutes: an operator who moves the server is not haunted for long.
			h.Set("Cache-Control", "public, max-age=300")
			h.Set("Content-Length", strconv.Itoa(len(a.metadata)))
			// A failed write means that the reader has left.
			_, _ = w.Write(a.metadata)
		}
	})
}
