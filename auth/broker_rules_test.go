package auth_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// update makes a test write what it otherwise compares.
var update = flag.Bool("update", false, "write the table in docs/oauth.md") //nolint:gochecknoglobals // a flag is registered before any test runs

// rule is one requirement of a specification, tried from outside. Its name is the source, a colon, and what is required.
type rule struct {
	name string
	try  func(d *brokertest.Deployment)
}

// chapter is the requirements of one part of the server.
type chapter struct {
	title string
	rules []rule
}

func chapters() []chapter {
	return []chapter{
		{"Discovery", discoveryRules()},
		{"Registration", registrationRules()},
		{"Client ID metadata documents", documentRules()},
		{"The authorization endpoint", authorizeRules()},
		{"The answer by redirect", answerRules()},
		{"The pages", pageRules()},
		{"What a person sees and agrees to", consentRules()},
		{"Least privilege", leastRules()},
		{"The token endpoint", tokenRules()},
		{"Codes and refresh tokens", grantRules()},
		{"Revocation", revocationRules()},
		{"Devices", deviceRules()},
		{"The MCP endpoint", resourceRules()},
		{"This server as HeyGen's client", upstreamRules()},
	}
}

// TestRules tries every requirement on every kind of store.
func TestRules(t *testing.T) {
	t.Parallel()
	for name, open := range brokertest.Stores(t) {
		for _, c := range chapters() {
			for _, r := range c.rules {
				t.Run(name+"/"+r.name, func(t *testing.T) {
					t.Parallel()
					r.try(brokertest.Deploy(t, open(t), func(cfg *auth.Config) {
						cfg.Broker.Clients = brokertest.StaticClients()
					}))
				})
			}
		}
	}
}

// TestTheRulesAreWrittenDown holds docs/oauth.md to what TestRules tries.
func TestTheRulesAreWrittenDown(t *testing.T) {
	t.Parallel()
	const file, begin, end = "../docs/oauth.md", "<!-- begin rules -->\n", "<!-- end rules -->"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := bytes.Cut(raw, []byte(begin))
	_, tail, closed := bytes.Cut(rest, []byte(end))
	if !found || !closed {
		t.Fatalf("%s lacks the markers of its table", file)
	}
	seen := map[string]bool{}
	var table strings.Builder
	for _, c := range chapters() {
		fmt.Fprintf(&table, "\n### %s\n\n| source | what is tried |\n|---|---|\n", c.title)
		for _, r := range c.rules {
			source, what, ok := strings.Cut(r.name, ": ")
			if !ok || seen[r.name] {
				t.Errorf("%q has no source, or stands twice", r.name)
			}
			seen[r.name] = true
			fmt.Fprintf(&table, "| %s | %s |\n", source, strings.ReplaceAll(what, "|", `\|`))
		}
	}
	fresh := bytes.Join([][]byte{head, []byte(begin), []byte(table.String()), []byte("\n" + end), tail}, nil)
	if bytes.Equal(raw, fresh) {
		return
	}
	if !*update {
		t.Fatalf("%s is stale; run: go test ./auth -update", file)
	}
	if err := os.WriteFile(file, fresh, 0o644); err != nil { //nolint:gosec // G306: a page is for everybody to read
		t.Fatal(err)
	}
}

// back demands an error that is sent to a known client, with state and issuer, and for any other shown to the person.
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
