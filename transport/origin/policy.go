package origin

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/cors"
	"heygen-mcp/internal/hosts"
	"heygen-mcp/transport/edge"
)

const (
	corsMethods = "POST, OPTIONS"
	corsHeaders = "Authorization, Content-Type, Accept, X-Api-Key, X-Request-Id, Last-Event-ID, " +
		"Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name, "
	corsExposed = "WWW-Authenticate, Retry-After, Mcp-Session-Id, MCP-Protocol-Version, X-Request-Id"
	corsMaxAge  = 10 * time.Minute // short, so that an origin taken off the list is soon off
)

// Policy says which web pages may call and by which names the server is called.
//
// The Host list stops DNS rebinding, where a page's own name is made to point
// at this machine: its requests carry that name. Loopback names are always
// taken, since a proxy on this machine may write the address it connects to,
// and no page can be rebound from a name that is none of its own. The Origin
// list stops pages that call by the right name.
// Programs send no Origin; what they may do is decided by their credential.
type Policy struct {
	origins  []string
	hosts    []string
	loopback bool
	own      bool   // pages of no other program on this machine either
	headers  string // that pages may send
	refused  func(ctx context.Context, header, value string)
}

// Config says who may call.
type Config struct {
	// PublicURL is ours. AllowedOrigins are origins of pages that may call besides its own, AllowedHosts names of ours
	// besides its.
	PublicURL                    *url.URL
	AllowedOrigins, AllowedHosts []string
	// OwnOnly refuses pages of all other origins, also where the server is on a loopback address.
	OwnOnly bool
	// Headers are what pages may send besides what every client of MCP does.
	Headers []string
	// Refused is told of the Host or the Origin that a request is refused for.
	Refused func(ctx context.Context, header, value string)
}

// New makes a policy of settings that were checked.
func New(cfg Config) *Policy {
	p := &Policy{
		origins:  []string{hosts.Origin(cfg.PublicURL)},
		hosts:    []string{strings.ToLower(cfg.PublicURL.Hostname())},
		loopback: hosts.IsLoopback(cfg.PublicURL.Hostname()),
		own:      cfg.OwnOnly,
		headers:  corsHeaders + strings.Join(cfg.Headers, ", "),
		refused:  cfg.Refused,
	}
	for _, given := range cfg.AllowedOrigins {
		if u, err := url.Parse(given); err == nil {
			p.origins = append(p.origins, hosts.Origin(u))
		}
	}
	for _, given := range cfg.AllowedHosts {
		p.hosts = append(p.hosts, hostName(given))
	}
	return p
}

// Ours refuses requests under names that are not ours.
func (p *Policy) Ours(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.host(r.Host) {
			next.ServeHTTP(w, r)
			return
		}
		p.refused(r.Context(), "host", r.Host)
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			http.Error(w, unknownHost(r.Host), http.StatusForbidden)
			return
		}
		// As programs read it at the endpoints of an authorization server (RFC 6749 5.2).
		body, _ := json.Marshal(map[string]string{ // text can always be written
			"error": "invalid_request", "error_description": unknownHost(r.Host),
		})
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write(append(body, '\n')) // fails when the client has gone
	})
}

// unknownHost says why a Host is refused, and what its operator can do. The name is repeated where
// it is written as names are, and nothing else of what a client sent.
func unknownHost(host string) string {
	name := hostName(host)
	const longest = 253 // characters of a name in DNS
	if CheckHost(name) != nil || len(name) > longest {
		return "This server is not known by that Host. Its operator can name further ones with --allowed-hosts."
	}
	return "This server is not known by the Host " + name + ". If it is one of its names, its operator can add it: --allowed-hosts=" + name
}

// Middleware refuses strangers' pages and names, and answers preflights.
func (p *Policy) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !p.host(r.Host) {
			p.refused(r.Context(), "host", r.Host)
			edge.WriteError(w, http.StatusForbidden, nil, mcp.INVALID_REQUEST, unknownHost(r.Host))
			return
		}
		w.Header().Add("Vary", "Origin")
		given := r.Header["Origin"]
		if len(given) == 0 && p.own && fromElsewhere(r.Header) {
			edge.WriteError(w, http.StatusForbidden, nil, mcp.INVALID_REQUEST,
				"web pages of other sites may not call this server, which asks for no credential; set HEYGEN_MCP_TOKEN, or allow "+
					"the page's origin")
			return
		}
		if len(given) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		if len(given) > 1 || !p.origin(given[0]) {
			p.refused(r.Context(), "origin", strings.Join(given, ", "))
			edge.WriteError(w, http.StatusForbidden, nil, mcp.INVALID_REQUEST,
				"web pages of that Origin may not call this server; its operator can add it with --allowed-origins")
			return
		}
		cors.Allow(w.Header(), given[0])
		w.Header().Set("Access-Control-Expose-Headers", corsExposed)
		if cors.Preflight(r) {
			cors.AnswerPreflight(w, corsMethods, p.headers, corsMaxAge)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// fromElsewhere says whether a browser says that a page of another origin made the request.
// Browsers leave Origin out of some requests, as those for an image or a navigation; programs send
// neither header.
func fromElsewhere(h http.Header) bool {
	return slices.ContainsFunc(h["Sec-Fetch-Site"], func(site string) bool { return site != "same-origin" && site != "none" })
}

// Public serves what everyone may read, from any page.
func (p *Policy) Public(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cors.Allow(w.Header(), cors.AnyOrigin)
		if cors.Preflight(r) {
			cors.AnswerPreflight(w, "GET, HEAD, OPTIONS", p.headers, corsMaxAge)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// host judges by name alone: which port a proxy writes there is its own affair,
// and an attacker's page cannot change the name.
func (p *Policy) host(given string) bool {
	name := hostName(given)
	return name != "" && (slices.Contains(p.hosts, name) || hosts.IsLoopback(name))
}

func (p *Policy) origin(given string) bool {
	u, err := url.Parse(given)
	if err != nil || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	if slices.Contains(p.origins, hosts.Origin(u)) {
		return true
	}
	return p.loopback && !p.own && (u.Scheme == "http" || u.Scheme == "https") && hosts.IsLoopback(u.Hostname())
}

// hostName takes the port and the brackets of an IPv6 address off.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
