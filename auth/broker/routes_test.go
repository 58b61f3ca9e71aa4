package broker_test

import (
	"net/http"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestAPathOfItsOwn holds that a server whose issuer has a path is reached with and without it: a
// proxy may take it away.
func TestAPathOfItsOwn(t *testing.T) {
	t.Parallel()
	d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") }, func(cfg *auth.Config) {
		cfg.Resource, cfg.KeyResource, cfg.AuthorizationServer = "https://mcp.example/team/mcp", "", "https://mcp.example/team"
	})
	for path, want := range map[string]int{
		"/oauth/keys": http.StatusOK, "/team/oauth/keys": http.StatusOK, "/teamoauth/keys": http.StatusNotFound, "/other/oauth/keys": http.StatusNotFound,
	} {
		if res := d.Send(d.Client, http.MethodGet, path, ""); res.Status != want {
			t.Errorf("%s: got %d, want %d", path, res.Status, want)
		}
	}
}
