package auth_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	heygen := &url.URL{Scheme: "https", Host: "api.heygen.com"}
	check := func(context.Context) (string, error) { return "", nil }
	tests := []struct {
		name string
		cfg  auth.Config
		want []string // every one of them, in one error
	}{
		{"nothing set", auth.Config{}, []string{`Mode is ""`, "HeyGenURL is missing"}},
		{"direct, nothing else", auth.Config{Mode: auth.Direct, Remember: -1, MaxRemembered: -1}, []string{
			"Check is missing", "Resource is missing", "AuthorizationServer is missing", "HeyGenURL is missing",
			"Remember is -1ns", "MaxRemembered is -1",
		}},
		{"direct, bad URLs", auth.Config{
			Mode: auth.Direct, Check: check, Resource: "mcp.example.com/mcp", KeyResource: "https://a.example/mcp?x=1",
			AuthorizationServer: "https://a.example/#", HeyGenURL: &url.URL{Scheme: "ftp", Host: "x"},
			Scopes: []string{`a"b`, "a b", ""}, Remember: time.Second,
		}, []string{"Resource is", "KeyResource must have no", "AuthorizationServer must have no", "HeyGenURL must be",
			`"a\"b"`, `"a b"`, `has ""`}},
		{"direct, unusual spelling", auth.Config{
			Mode: auth.Direct, Check: check, Resource: "HTTPS://a.example/mcp", AuthorizationServer: issuer, HeyGenURL: heygen,
		}, []string{`"https://a.example/mcp"`}},
		{"a secret in the URL", auth.Config{ //nolint:gosec // G101: made up, to be refused
			Mode: auth.Direct, Check: check, Resource: "https://u:hidden@a.example/mcp", AuthorizationServer: issuer,
			HeyGenURL: &url.URL{Scheme: "https", Host: "a", User: url.UserPassword("u", "hidden")},
		}, []string{"Resource must have no", "HeyGenURL must not carry"}},
		{"single without a key", auth.Config{Mode: auth.Single, HeyGenURL: heygen}, []string{"APIKey is missing"}},
		{"single, bad secrets", auth.Config{Mode: auth.Single, HeyGenURL: heygen, APIKey: "hidden\n", Token: "hid den"},
			[]string{"APIKey must be", "Token must be"}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := auth.New(c.cfg)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not among the faults:\n%v", want, err)
				}
			}
			if strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "hid den") {
				t.Errorf("a secret is shown:\n%v", err)
			}
		})
	}
}
