package auth

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/internal/cors"
)

// metadataPath is RFC 9728's well-known name. It goes between the host and the
// path of the resource.
const metadataPath = "/.well-known/oauth-protected-resource"

// description is what the metadata says of every resource of a deployment, by one of its names.
type description struct {
	resource string
	metadata string // the URL of this description
	issuer   string
	keyHint  string // names the endpoint without OAuth; "" where there is none
	scopes   []string
	// scopesBelow says what the resource that is below ours needs, where that differs from scopes;
	// nil is nowhere.
	scopesBelow func(below string) []string
}

// describe makes the description by the name that an origin is. In Direct the authorization server
// is HeyGen's, which has one name, whoever asks.
func describe(cfg Config, resource, origin *url.URL, scopes []string) *description {
	public := resource.Scheme + "://" + resource.Host
	here := func(address string) string {
		if path, ours := strings.CutPrefix(address, public); ours && (path == "" || path[0] == '/') {
			return origin.String() + path
		}
		return address
	}
	at := *resource
	at.Host = origin.Host
	d := &description{
		resource: here(cfg.Resource), metadata: metadataURL(&at), issuer: cfg.AuthorizationServer, scopes: scopes,
	}
	if cfg.KeyResource != "" {
		d.keyHint = " A client that drops its own headers once it sees OAuth can " +
			"use " + here(cfg.KeyResource) + "."
	}
	if cfg.Mode == Broker {
		d.issuer = here(cfg.AuthorizationServer)
		// Clients ask for what is named here. What else there is they are told when they need it.
		d.scopesBelow = scope.UsualBelow
	}
	return d
}

// scopesFor are the scopes that a client of the resource below ours asks for.
func (d description) scopesFor(below string) []string {
	if d.scopesBelow != nil {
		return d.scopesBelow(below)
	}
	return d.scopes
}

// metadataURL is where the metadata of a resource stands: the path-inserted form,
// the only one that every client tries.
func metadataURL(resource *url.URL) string {
	path := resource.EscapedPath()
	if path == "/" {
		path = ""
	}
	return resource.Scheme + "://" + resource.Host + metadataPath + path
}

// write writes the protected resource metadata of the resource that is below ours.
func (d description) write(below string) ([]byte, error) {
	return json.Marshal(struct {
		Resource       string   `json:"resource"`
		Servers        []string `json:"authorization_servers"`
		Scopes         []string `json:"scopes_supported"`
		BearerMethods  []string `json:"bearer_methods_supported"`
		NameForConsent string   `json:"resource_name"`
	}{d.resource + below, []string{d.issuer}, d.scopesFor(below), []string{"header"}, "Open MCP server for HeyGen"})
}

// challenge sends a client to the description of the resource that is below ours.
func (d description) challenge(below string) string {
	return fmt.Sprintf(`Bearer resource_metadata="%s%s", scope="%s"`, d.metadata, below, strings.Join(d.scopesFor(below), " "))
}

// Metadata serves the protected resource metadata of RFC 9728. It answers the same under every path
// it is mounted at, since clients look in several places and compare what they find with the URL
// that was typed; that URL is Config.Resource, by the name of this server that the request was sent
// to, and what below says of the request, which may be nil. All such URLs are one audience. In
// Single there is nothing to sign in to, so it answers 404.
func (a *Auth) Metadata(below func(*http.Request) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		// Public, without credentials, and read by pages of any origin.
		cors.Allow(h, cors.AnyOrigin)
		switch {
		case r.Method == http.MethodOptions:
			// Clients send MCP-Protocol-Version here, which needs a preflight's leave.
			cors.AnswerPreflight(w, "GET, HEAD, OPTIONS", "*", 24*time.Hour)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD, OPTIONS")
			w.WriteHeader(http.StatusMethodNotAllowed)
		default:
			d := a.descriptions.Of(r.Host)
			if d == nil {
				http.NotFound(w, r)
				return
			}
			d.serve(w, pathBelow(below, r))
		}
	})
}

func (d description) serve(w http.ResponseWriter, below string) {
	body, err := d.write(below)
	if err != nil {
		// A struct of strings can always be written; a client must not see a 5xx here all the same.
		w.WriteHeader(http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	// Five minutes: an operator who moves the server is not haunted for long.
	h.Set("Cache-Control", "public, max-age=300")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) //nolint:gosec // G705: JSON, which no browser renders; a failed write means that the reader has left
}

// pathBelow is what a request's path has after that of Config.Resource.
func pathBelow(below func(*http.Request) string, r *http.Request) string {
	if below == nil {
		return ""
	}
	return below(r)
}
