// Package oauthrules owns the table of what the specifications of OAuth and MCP require of the
// authorization server, each requirement tried from outside. docs/oauth.md is written from it.
package oauthrules

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// Rule is one requirement of a specification, tried from outside. Its name is the source, a colon,
// and what is required.
type Rule struct {
	Name string
	try  func(d *brokertest.Deployment)
}

// Chapter is the requirements of one part of the server.
type Chapter struct {
	Title string
	// Package is the package below auth/broker whose tests try the chapter; "broker" is auth/broker
	// itself.
	Package string
	Rules   []Rule
}

// Chapters are all of them, in the order of docs/oauth.md.
func Chapters() []Chapter {
	return []Chapter{
		{"Discovery", "broker", discoveryRules()},
		{"Registration", "registry", registrationRules()},
		{"Client ID metadata documents", "registry", documentRules()},
		{"The authorization endpoint", "signin", authorizeRules()},
		{"The answer by redirect", "signin", answerRules()},
		{"The pages", "signin", pageRules()},
		{"What a person sees and agrees to", "signin", consentRules()},
		{"Least privilege", "scope", append(leastRules(), choiceRules()...)},
		{"The token endpoint", "tokens", tokenRules()},
		{"Codes and refresh tokens", "tokens", grantRules()},
		{"Revocation", "tokens", revocationRules()},
		{"Devices", "tokens", deviceRules()},
		{"The MCP endpoint", "lookup", resourceRules()},
		{"This server as HeyGen's client", "signin", upstreamRules()},
	}
}

// Try tries the chapters of a package below auth/broker on every kind of store.
func Try(t *testing.T, pkg string) {
	t.Helper()
	tried := 0
	for name, open := range brokertest.Stores(t) {
		for _, c := range Chapters() {
			if c.Package != pkg {
				continue
			}
			for _, r := range c.Rules {
				tried++
				t.Run(name+"/"+r.Name, func(t *testing.T) {
					t.Parallel()
					r.try(brokertest.Deploy(t, open(t), func(cfg *auth.Config) {
						cfg.Broker.Clients = brokertest.StaticClients()
					}))
				})
			}
		}
	}
	if tried == 0 {
		t.Errorf("no chapter is of the package %q", pkg)
	}
}

// back demands an error that is sent to a known client, with state and issuer, and for any other
// shown to the person.
func back(d *brokertest.Deployment, ask url.Values, code string) {
	d.T.Helper()
	sentBack(d, brokertest.With(maps.Clone(ask), "redirect_uri", brokertest.Hosted), code)
	shown(d, ask, code)
}

// sentBack demands an error that is sent to the client.
func sentBack(d *brokertest.Deployment, ask url.Values, code string) {
	d.T.Helper()
	u, err := url.Parse(d.Person().Open("/oauth/authorize?" + ask.Encode()))
	if err != nil {
		d.T.Fatal(err)
	}
	q := u.Query()
	if u.Scheme+"://"+u.Host+u.Path != ask.Get("redirect_uri") || q.Get("error") != code || q.Get("error_description") == "" ||
		q.Get("state") != ask.Get("state") || q.Get("iss") != d.URL || q.Has("code") {
		d.T.Errorf("sent back to %s, want %s", u, code)
	}
}

// shown demands an error that is shown to the person, and no redirect.
func shown(d *brokertest.Deployment, ask url.Values, code string) {
	d.T.Helper()
	p := d.Person()
	at := p.Open("/oauth/authorize?" + ask.Encode())
	status := http.StatusBadRequest
	if code == "temporarily_unavailable" {
		status = http.StatusServiceUnavailable
	}
	if p.Page.Status != status || !strings.HasPrefix(at, d.URL+"/oauth/authorize") || !strings.Contains(p.Page.Body, code+": ") || p.Page.Header.Get("Cache-Control") != "no-store" {
		d.T.Errorf("at %s: %d %s, want %s on a page", at, p.Page.Status, p.Page.Body, code)
	}
}
