package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
)

// TestDiscovery asks the whole server for its documents at every address where some client looks, under each shape of a
// public URL: they are there, at once and without a redirect, and agree byte for byte with the URL that was typed.
func TestDiscovery(t *testing.T) {
	t.Parallel()
	for name, public := range map[string]string{"bare": "https://mcp.example", "with a port": "https://mcp.example:8443", "with a path": "https://mcp.example/team/one"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := publicly(t, public)
			at, err := url.Parse(public)
			if err != nil {
				t.Fatal(err)
			}
			for _, kind := range []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"} {
				// RFC 8414's form and OpenID's, for the issuer and for whoever takes the endpoint for it; and as they
				// come from a proxy that takes the path off.
				for _, path := range []string{kind + at.Path, at.Path + kind, kind + at.Path + "/mcp", at.Path + "/mcp" + kind, kind, kind + "/mcp", "/mcp" + kind} {
					m := w.document(t, path)
					if m["issuer"] != public || m["token_endpoint"] != public+"/oauth/token" || !slices.Equal(wordsIn(m["code_challenge_methods_supported"]), []string{"S256"}) {
						t.Errorf("%s: %v", path, m)
					}
				}
			}
			const kind = "/.well-known/oauth-protected-resource"
			for _, below := range []string{"", "/readonly", "/x/videos", "/x/videos,voices/readonly", "/x/discover"} {
				scopes := []string{"heygen:read", "heygen:write"}
				if strings.HasSuffix(below, "/readonly") {
					scopes = scopes[:1]
				}
				for _, path := range []string{kind + at.Path + "/mcp" + below, at.Path + "/mcp" + below + kind, at.Path + kind + "/mcp" + below, kind + "/mcp" + below} {
					m := w.document(t, path)
					if m["resource"] != public+"/mcp"+below || !slices.Equal(wordsIn(m["authorization_servers"]), []string{public}) || !slices.Equal(wordsIn(m["scopes_supported"]), scopes) {
						t.Errorf("%s: %v", path, m)
					}
				}
				// The 401 of the URL that was typed leads there too.
				res := w.ask(t, http.MethodPost, at.Path+"/mcp"+below)
				want := `Bearer resource_metadata="https://` + at.Host + kind + at.Path + "/mcp" + below + `", scope="` + strings.Join(scopes, " ") + `"`
				if got := res.header.Get("WWW-Authenticate"); res.status != http.StatusUnauthorized || got != want {
					t.Errorf("%s: got %d %s, want %v and %v", below, res.status, got, http.StatusUnauthorized, want)
				}
			}
			for _, path := range []string{kind, at.Path + kind, kind + at.Path} {
				if m := w.document(t, path); m["resource"] != public+"/mcp" {
					t.Errorf("%s: got %v, want resource %v", path, m, public+"/mcp")
				}
			}
			// What is nowhere is an answer too, and never one that ends discovery.
			for _, path := range []string{kind + "/elsewhere", kind + at.Path + "/mcp/x/nothing", kind + at.Path + "/mcp/key", "/.well-known/oauth-authorization-server/elsewhere", "/.well-known/nothing"} {
				if res := w.ask(t, http.MethodGet, path); res.status != http.StatusNotFound {
					t.Errorf("%s: got %d, want %v", path, res.status, http.StatusNotFound)
				}
			}
		})
	}
}

// publicServer is the whole server behind a public URL, and in front of the proxy that would be there.
type publicServer struct {
	url, host string
}

// publicly serves under a public URL.
func publicly(t *testing.T, public string) *publicServer {
	t.Helper()
	cfg, err := settings.Load("serve", append(fastSandbox(), "--auth", "broker", "--public-url", public), nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Build(t.Context(), cfg, observe.NewLog(io.Discard, settings.LogJSON))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.Server.Handler())
	t.Cleanup(func() {
		server.Close()
		a.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	at, err := url.Parse(public)
	if err != nil {
		t.Fatal(err)
	}
	return &publicServer{server.URL, at.Host}
}

// answer is a response, read to its end.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask makes a request as the proxy passes it on.
func (w *publicServer) ask(t *testing.T, method, path string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, w.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = w.host
	req.Header.Set("Origin", "https://any.example")
	if method == http.MethodPost {
		req.Header.Del("Origin") // the endpoint is not for pages of every origin
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultTransport.RoundTrip(req) // which follows no redirect
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(raw)}
}

// document reads one in every way that it is asked for.
func (w *publicServer) document(t *testing.T, path string) map[string]any {
	t.Helper()
	var first string
	// Where RFC 9728 puts a resource's document, a slash at the end is the resource's own.
	const inserted = "/.well-known/oauth-protected-resource/"
	_, resource, ofResource := strings.Cut(path, inserted)
	ofResource = ofResource && strings.Contains("/"+resource+"/", "/mcp/")
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", path, 200}, {"GET", path + "/", 200}, {"GET", path + "?toolsets=a&x=%zz", 200}, {"GET", path + "/?x", 200},
		{"HEAD", path, 200}, {"HEAD", path + "/", 200}, {"OPTIONS", path, 204}, {"DELETE", path, 405},
	} {
		res := w.ask(t, c.method, c.path)
		if res.status != c.status || res.header.Get("Access-Control-Allow-Origin") != "*" || res.header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s %s: got %d %v, want %v, Access-Control-Allow-Origin %q and Access-Control-Allow-Credentials %q", c.method, c.path, res.status, res.header, c.status, "*", "")
		}
		switch {
		case c.method == "GET" && first == "":
			first = res.body
		case c.method == "GET" && ofResource && strings.HasPrefix(c.path, path+"/"):
			if want := slashed(first); res.body != want {
				t.Errorf("%s: got %s, want %s", c.path, res.body, want)
			}
		case c.method == "GET" && res.body != first:
			t.Errorf("%s differs from %s: %s", c.path, path, res.body)
		case c.method == "HEAD" && res.body != "":
			t.Errorf("HEAD %s has a body", c.path)
		}
	}
	var m map[string]any
	if err := json.Unmarshal([]byte(first), &m); err != nil {
		t.Errorf("%s: %v in %q", path, err, first)
	}
	return m
}

// slashed is a document about a resource as it is about the same with a slash at its end.
func slashed(document string) string {
	const begin = `{"resource":"`
	resource, rest, _ := strings.Cut(strings.TrimPrefix(document, begin), `"`)
	return begin + resource + `/"` + rest
}

// wordsIn are the words of a list in a document.
func wordsIn(v any) (words []string) {
	all, _ := v.([]any)
	for _, one := range all {
		word, _ := one.(string)
		words = append(words, word)
	}
	return words
}
