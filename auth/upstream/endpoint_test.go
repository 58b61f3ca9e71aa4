package upstream

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// TestEndpointsAreChecked holds that no endpoint of the metadata leads a credential into the clear
// or into a private network, whichever of the four it is.
func TestEndpointsAreChecked(t *testing.T) {
	t.Parallel()
	const public, local = "https://api2.heygen.example", "http://127.0.0.1:9000"
	for _, name := range []string{"authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint"} {
		for _, c := range []struct {
			issuer, address string
			good            bool
		}{
			{public, public + "/x", true},
			{public, "https://app.heygen.example/x", true},
			{public, "http://api2.heygen.example/x", false},
			{public, "http://127.0.0.1/x", false},
			{public, "https://127.0.0.1/x", false},
			{public, "https://localhost./x", false},
			{public, "https://[::1]/x", false},
			{public, "https://10.0.0.1/x", false},
			{public, "https://[::ffff:10.0.0.1]/x", false},
			{public, "https://169.254.169.254/x", false},
			{public, "https://user@api2.heygen.example/x", false},
			{public, "ftp://api2.heygen.example/x", false},
			{public, "//api2.heygen.example/x", false},
			{public, "https:///x", false},
			{public, "https://api2.heygen.example/x#y", false},
			{public, "%zz", false},
			{local, local + "/x", true},
			{local, "http://localhost:9001/x", true},
			{local, "https://api2.heygen.example/x", true},
			{local, "http://api2.heygen.example/x", false},
			{local, "http://10.0.0.1/x", false},
			{public, "", name == "registration_endpoint" || name == "revocation_endpoint"},
		} {
			err := readyWith(t, c.issuer, name, c.address)
			if (err == nil) != c.good || err != nil && !strings.Contains(err.Error(), name) {
				t.Errorf("%s of %s is %q: got %v, want good %v", name, c.issuer, c.address, err, c.good)
			}
		}
	}
}

// readyWith finds a server whose metadata have one member changed.
func readyWith(t *testing.T, issuer, name, address string) error {
	t.Helper()
	metadata := map[string]any{
		"issuer": issuer, "authorization_endpoint": issuer + "/a", "token_endpoint": issuer + "/t", "registration_endpoint": issuer + "/r",
		"revocation_endpoint": issuer + "/v", "code_challenge_methods_supported": []string{"S256"},
	}
	metadata[name] = address
	c, err := New(Config{
		Issuer: issuer, ClientID: "ours", Redirect: "https://mcp.example/oauth/callback",
		Recall: func(context.Context) (string, error) { return "", nil },
		Keep:   func(context.Context, string) (string, error) { return "", errors.New("nothing is registered here") },
		HTTP: &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			body, err := json.Marshal(metadata)
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(body)))}, err
		})},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.Ready(t.Context())
}
