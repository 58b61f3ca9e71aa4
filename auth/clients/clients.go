// Package clients owns what is true of the programs that ask for tokens: where they may be sent back to, what a
// registration must say, and how the document behind a client id that is a URL is fetched. It knows nothing of
// tokens, people or HeyGen, and stores nothing.
//
// Reading order: clients.go, redirect.go and class.go (where a client may be), register.go, document.go and dial.go
// (a client that a document describes), name.go (what it may be called).
package clients

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// The ways in which a client shows that it is itself.
const (
	MethodNone  = "none"
	MethodBasic = "client_secret_basic"
	MethodPost  = "client_secret_post"
)

// The grants that a client can use here.
const (
	GrantCode    = "authorization_code"
	GrantRefresh = "refresh_token"
	GrantDevice  = "urn:ietf:params:oauth:grant-type:device_code"
)

// Source says how a client became known: from settings, by registration, or by its document.
type Source string

// The sources.
const (
	Static     Source = "settings"
	Registered Source = "registration"
	Document   Source = "document"
)

// Client is an OAuth client as this server knows it.
type Client struct {
	ID        string   `json:"client_id"`
	Name      string   `json:"client_name,omitempty"`
	Redirects []string `json:"redirect_uris"`
	Method    string   `json:"token_endpoint_auth_method"`
	Scope     string   `json:"scope,omitempty"`
	Source    Source   `json:"source"`
}

// Public says whether the client has no secret.
func (c Client) Public() bool { return c.Method == MethodNone }

// ShownName is the client's name as a page can show it, "" where it has none. One from the settings is the operator's
// own; every other one is cleaned here too, as it may have been stored before names were.
func (c Client) ShownName() string {
	if c.Source == Static {
		return c.Name
	}
	return cleanName(c.Name)
}

// Allows says whether a redirect URI is one of the client's. It is compared letter by letter, but for the port of a
// loopback address: a program on the person's machine learns its port when it runs (RFC 8252).
func (c Client) Allows(redirect string) bool {
	if slices.Contains(c.Redirects, redirect) {
		return checkForm(redirect) == nil
	}
	asked, ok := withoutPort(redirect)
	return ok && slices.ContainsFunc(c.Redirects, func(registered string) bool {
		known, ok := withoutPort(registered)
		return ok && known == asked
	})
}

// withoutPort is a loopback URI without its port. Scheme, host, path and query stay, and must be equal.
func withoutPort(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || checkForm(uri) != nil || !isLoopback(u) {
		return "", false
	}
	host := u.Hostname()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	u.Host = host
	return u.String(), true
}

// isLoopback says whether a URI leads to the person's own machine.
func isLoopback(u *url.URL) bool {
	return u.Scheme == "http" && (u.Hostname() == "localhost" || isLoopbackAddress(u.Hostname()))
}

func isLoopbackAddress(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}
