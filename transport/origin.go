package transport

import (
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
		"Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name, " +
		headerToolsets + ", " + headerTools + ", " + headerReadOnly
	corsExposed = "WWW-Authenticate, Retry-After, Mcp-Session-Id, MCP-Protocol-Version, X-Request-Id"
	corsMaxAge  = 10 * time.Minute // short, so that an origin taken off the list is soon off
)

// policy says which web pages may call and by which names the server is called.
//
// The Host list stops DNS rebinding, where a page's own name is made to point
// at this machine: its requests carry that name. Loopback names are always
// taken, since a proxy on this machine may write the address it connects to,
// and no page can be rebound from a name that is none of its own. The Origin
// list stops pages that call by the right name.
// Programs send no Origin; what they may do is decided by their credential.
type policy struct {
	origins  []string
	hosts    []string
	loopback bool
	own      bool // see Config.OwnOriginOnly
}

// newPolicy makes a policy of settings that were checked.
func newPolicy(cfg Config) *policy {
	p := &policy{
		origins:  []string{hosts.Origin(cfg.PublicURL)},
		hosts:    []string{strings.ToLower(cfg.PublicURL.Hostname())},
		loopback: hosts.IsLoopback(cfg.PublicURL.Hostname()),
		own:      cfg.OwnOriginOnly,
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

// ours refuses requests under names that are not ours.
func (p *policy) ours(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.host(r.Host) {
			next.ServeHTTP(w, r)
			return
		}
		refuseFor(r, "host", r.Host)
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			http.Error(w, unknownHost(r.Host), http.StatusForbidden)
			return
		}
		// As programs read it at the endpoints of an authorization server (RFC 6749 5.2).
		body, _ := json.Marshal(map[string]string{ // text can always be written
			"error": "invalid_request", "error_description": unknownHost(r.Host),
		})
		writeJSON(w, http.StatusForbidden, string(body))
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

// refuseFor has the line of a request say the Host or the Origin that it is refused for.
func refuseFor(r *http.Request, header, value string) {
	about := aboutOf(r.Context())
	about.refused.header, about.refused.value = header, value
}

// middleware refuses strangers' pages and names, and answers preflights.
func (p *policy) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !p.host(r.Host) {
			refuseFor(r, "host", r.Host)
			edge.WriteError(w, http.StatusForbidden, nil, mcp.INVALID_REQUEST, unknownHost(r.Host))
			return
		}
		w.Header().Add("Vary", "Origin")
		given := r.Header.Values("Origin")
		if len(given) == 0 && p.own && fromElsewhere(r.Header) {
			edge.WriteError(w, http.StatusForbidden, nil, mcp.INVALID_REQUEST,
				"web pages of other sites may not call this server, which asks for no credential; set HEYGEN_MCP_TOKEN, or allow the page's origin")
			return
		}
		if len(given) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		if len(given) > 1 || !p.origin(given[0]) {
			refuseFor(r, "origin", strings.Join(given, ", "))
			edge.WriteError(w, http.StatusForbidden, nil, mcp.INVALID_REQUEST,
				"web pages of that Origin may not call this server; its operator can add it with --allowed-origins")
			return
		}
		cors.Allow(w.Header(), given[0])
		w.Header().Set("Access-Control-Expose-Headers", corsExposed)
		if cors.Preflight(r) {
			cors.AnswerPreflight(w, corsMethods, corsHeaders, corsMaxAge)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// fromElsewhere says whether a browser says that a page of another origin made the request.
// Browsers leave Origin out of some requests, as those for an image or a navigation; programs send
// neither header.
func fromElsewhere(h http.Header) bool {
	return slices.ContainsFunc(h.Values("Sec-Fetch-Site"), func(site string) bool { return site != "same-origin" && site != "none" })
}

// public serves what everyone may read, from any page.
func public(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cors.Allow(w.Header(), cors.AnyOrigin)
		if cors.Preflight(r) {
			cors.AnswerPreflight(w, "GET, HEAD, OPTIONS", corsHeaders, corsMaxAge)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// host judges by name alone: which port a proxy writes there is its own affair,
// and an attacker's page cannot change the name.
func (p *policy) host(given string) bool {
	name := hostName(given)
	return name != "" && (slices.Contains(p.hosts, name) || hosts.IsLoopback(name))
}

func (p *policy) origin(given string) bool {
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
