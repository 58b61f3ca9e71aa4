package demo_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// TestSignInBelievesNobody holds that a client of OAuth goes on with no server that contradicts itself: what names
// another resource or issuer may be an attacker's (RFC 9728 and RFC 8414), and without S256 the code could be stolen.
func TestSignInBelievesNobody(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(resource, server map[string]any)
		want   string // in the error
	}{
		"another resource":          {func(resource, _ map[string]any) { resource["resource"] = "https://elsewhere.example/mcp" }, "elsewhere.example"},
		"no authorization server":   {func(resource, _ map[string]any) { delete(resource, "authorization_servers") }, "describes"},
		"another issuer":            {func(_, server map[string]any) { server["issuer"] = "https://elsewhere.example" }, "elsewhere.example"},
		"plain challenges":          {func(_, server map[string]any) { server["code_challenge_methods_supported"] = []string{"plain"} }, "lacks S256"},
		"a registration without id": {func(_, server map[string]any) { server["registration_endpoint"] = server["issuer"].(string) + "/empty" }, "no client_id"},
		"no registration":           {func(_, server map[string]any) { server["registration_endpoint"] = server["issuer"].(string) + "/none" }, "404"},
		"another state": {func(_, server map[string]any) {
			server["authorization_endpoint"] = server["issuer"].(string) + "/other-state"
		}, "sent back"},
		"no page":                  {func(_, server map[string]any) { server["authorization_endpoint"] = server["issuer"].(string) + "/none" }, "404"},
		"no token":                 {func(_, server map[string]any) { server["token_endpoint"] = server["issuer"].(string) + "/empty" }, "no access token"},
		"a refused code":           {func(_, server map[string]any) { server["token_endpoint"] = server["issuer"].(string) + "/none" }, "404"},
		"everything as it must be": {func(_, _ map[string]any) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token, err := demo.SignIn(t.Context(), authorizationServer(t, c.change)+"/mcp", "ana", func(string, string) {})
			if c.want == "" && (err != nil || token != "the token") {
				t.Errorf("got %q, %v", token, err)
			}
			if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %q, %v, want an error with %q", token, err, c.want)
			}
		})
	}
}

// authorizationServer is the URL of an endpoint with its authorization server, whose documents are changed.
func authorizationServer(t *testing.T, change func(resource, server map[string]any)) string {
	t.Helper()
	mux := http.NewServeMux()
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	resource := map[string]any{"resource": srv.URL + "/mcp", "authorization_servers": []string{srv.URL}, "scopes_supported": []string{"read"}}
	server := map[string]any{
		"issuer": srv.URL, "authorization_endpoint": srv.URL + "/authorize", "token_endpoint": srv.URL + "/token",
		"registration_endpoint": srv.URL + "/register", "code_challenge_methods_supported": []string{"S256"},
	}
	change(resource, server)
	tells := func(what any) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(what) }
	}
	mux.HandleFunc("POST /mcp", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("WWW-Authenticate", `Bearer resource_metadata="`+srv.URL+`/resource"`)
		w.WriteHeader(http.StatusUnauthorized)
	})
	mux.HandleFunc("GET /resource", tells(resource))
	mux.HandleFunc("GET /.well-known/oauth-authorization-server", tells(server))
	mux.HandleFunc("POST /register", tells(map[string]any{"client_id": "the client"}))
	mux.HandleFunc("POST /token", tells(map[string]any{"access_token": "the token"}))
	mux.HandleFunc("POST /empty", tells(map[string]any{}))
	mux.HandleFunc("GET /authorize", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, demo.RedirectURI+"?code=c&state="+r.FormValue("state")+"&iss="+srv.URL, http.StatusFound) //nolint:gosec // G710: to a constant
	})
	mux.HandleFunc("GET /other-state", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, demo.RedirectURI+"?code=c&state=other&iss="+srv.URL, http.StatusFound)
	})
	return srv.URL
}
