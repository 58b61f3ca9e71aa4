// Package site owns the public addresses of a deployment: its issuer, its paths, and which
// resources are its own. It knows nothing of who asks.
package site

import (
	"errors"
	"net/url"
	"strings"

	"heygen-mcp/internal/hosts"
)

// Site is a deployment as clients see it who call it by one of its names. Make it with New.
type Site struct {
	// Issuer is the public URL of the deployment, byte for byte as clients see it; Resource that of
	// its MCP endpoint.
	Issuer, Resource string
	// Audience is what grants are for: Resource by the name in the public URL, whichever name is
	// used, so that a token is good under all of them.
	Audience string
	// Path is the path of Issuer, without a slash at its end; Origin is its scheme, host and port.
	Path, Origin string
	// Secure says that the scheme is https.
	Secure bool

	omitIssuer bool
	origins    []string // of all names
}

// New checks an issuer and a resource below it. omitIssuer leaves iss out of redirects.
func New(issuer, resource string, omitIssuer bool) (*Site, error) {
	var faults []error
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" ||
		strings.HasSuffix(issuer, "/") {
		faults = append(faults,
			errors.New("site: Issuer must be an http or https URL without a slash at its end"))
		u = &url.URL{}
	}
	if !strings.HasPrefix(resource, issuer+"/") {
		faults = append(faults, errors.New("site: Resource must be below Issuer"))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	s := &Site{
		Issuer: issuer, Resource: resource, Audience: resource, omitIssuer: omitIssuer,
		Path:   strings.TrimRight(u.Path, "/"),
		Origin: u.Scheme + "://" + u.Host, Secure: u.Scheme == "https",
	}
	for _, name := range hosts.Names(u) {
		s.origins = append(s.origins, name.String())
	}
	return s, nil
}

// At is the deployment by another of its names.
func (s *Site) At(origin *url.URL) *Site {
	other := *s
	other.Origin = origin.String()
	other.Issuer = other.Origin + strings.TrimPrefix(s.Issuer, s.Origin)
	other.Resource = other.Origin + strings.TrimPrefix(s.Resource, s.Origin)
	return &other
}

// URL is the public address of a path below the issuer.
func (s *Site) URL(path string) string { return s.Issuer + path }

// NamesIssuer reports whether AddIssuer adds anything.
func (s *Site) NamesIssuer() bool { return !s.omitIssuer }

// AddIssuer names this server in an answer that travels by redirect, so that a client that talks to
// several servers knows whose answer it is (RFC 9207).
func (s *Site) AddIssuer(values url.Values) {
	if !s.omitIssuer {
		values.Set("iss", s.Issuer)
	}
}
