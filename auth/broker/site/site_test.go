package site_test

import (
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/site"
)

const (
	issuer   = "https://mcp.example/team"
	resource = issuer + "/mcp"
)

// TestNew holds that a deployment with an address that clients could not compare is refused, with
// every fault at once.
func TestNew(t *testing.T) {
	t.Parallel()
	s, err := site.New(issuer, resource, false)
	if err != nil {
		t.Fatal(err)
	}
	if s.Path != "/team" || s.Origin != "https://mcp.example" || !s.Secure {
		t.Errorf("got path %q, origin %q, secure %t", s.Path, s.Origin, s.Secure)
	}
	if got := s.URL(site.PathToken); got != issuer+"/oauth/token" {
		t.Errorf("the token endpoint is %q", got)
	}
	for _, bad := range []string{"", "mcp.example", "ftp://mcp.example", issuer + "/", "https://", "http://[::1"} {
		if _, err := site.New(bad, bad+"/mcp", false); err == nil || !strings.Contains(err.Error(), "Issuer") {
			t.Errorf("issuer %q: %v", bad, err)
		}
	}
	if _, err := site.New(issuer, "https://other.example/mcp", false); err == nil || !strings.Contains(err.Error(), "Resource") {
		t.Errorf("a resource elsewhere: %v", err)
	}
	if s, err := site.New("http://127.0.0.1:8080", "http://127.0.0.1:8080/mcp", false); err != nil || s.Secure {
		t.Errorf("plain http: %v %+v", err, s)
	}
}

// TestAddIssuer holds that redirects name the issuer, unless the operator leaves it out.
func TestAddIssuer(t *testing.T) {
	t.Parallel()
	for omit, want := range map[bool]string{false: issuer, true: ""} {
		s, err := site.New(issuer, resource, omit)
		if err != nil {
			t.Fatal(err)
		}
		values := url.Values{}
		if s.AddIssuer(values); values.Get("iss") != want || s.NamesIssuer() == omit {
			t.Errorf("with omitIssuer %t: iss is %q, NamesIssuer is %t", omit, values.Get("iss"), s.NamesIssuer())
		}
	}
}
