package registry_test

import (
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/clients"
	"heygen-mcp/internal/limit"
)

// TestStatic holds what a client from the settings needs, with every fault said at once.
func TestStatic(t *testing.T) {
	t.Parallel()
	build := func(static ...registry.Static) (*registry.Clients, error) {
		return registry.New(registry.Config{Static: static, Clock: time.Now, Fetches: limit.Levels{}})
	}
	redirects := []string{"https://ours.example/cb"}
	c, err := build(registry.Static{ID: "public", Redirects: redirects}, registry.Static{ID: "secret", Redirects: redirects, Secret: "s"})
	if err != nil {
		t.Fatal(err)
	}
	for id, method := range map[string]string{"public": clients.MethodNone, "secret": clients.MethodBasic} {
		got, err := c.Find(t.Context(), id, true)
		if err != nil || got.Method != method || got.Public() != (id == "public") || got.Source != clients.Static {
			t.Errorf("%s: got %+v, %v, want no error, got.Method %v, got.Public() %v and got.Source %v", id, got, err, method, (id == "public"), clients.Static)
		}
	}
	_, err = build(
		registry.Static{Redirects: redirects}, registry.Static{ID: "https://x.example/c", Redirects: redirects},
		registry.Static{ID: "nowhere"}, registry.Static{ID: "bad", Redirects: []string{"javascript:alert(1)"}},
	)
	for _, want := range []string{`client ""`, "be no https URL", `client "nowhere": redirect_uris is missing`, `redirect URI "javascript:alert(1)"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q: %v", want, err)
		}
	}
}
