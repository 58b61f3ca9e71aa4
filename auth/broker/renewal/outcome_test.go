package renewal_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/renewal"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/seal"
)

// oneGrant is a store of one grant.
type oneGrant struct {
	store.Store
	grant   store.Grant
	renewal *store.Renewal
	ended   []string
	endFail error
}

func (o *oneGrant) Renew(
	ctx context.Context, _ string, next func(context.Context, store.Grant) (*store.Renewal, error),
) (err error) {
	o.renewal, err = next(ctx, o.grant)
	return err
}

func (o *oneGrant) EndGrant(_ context.Context, id string) error {
	o.ended = append(o.ended, id)
	return o.endFail
}

// heygen is an authorization server that answers each renewal with a status and a body.
func heygen(t *testing.T, status int, body string) *upstream.Client {
	t.Helper()
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/token" {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{
			"issuer": server.URL, "authorization_endpoint": server.URL + "/authorize", "token_endpoint": server.URL + "/token",
			"code_challenge_methods_supported": []string{"S256"},
		})
	}))
	t.Cleanup(server.Close)
	c, err := upstream.New(upstream.Config{
		Issuer: server.URL, ClientID: "us", Redirect: server.URL + "/callback", HTTP: server.Client(),
		Recall: func(context.Context) (string, error) { return "us", nil },
		Keep:   func(_ context.Context, id string) (string, error) { return id, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestOutcomes holds what is stored, forgotten and written down after each way in which a renewal can end.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	tokens := grants.SealedCredential{Tokens: upstream.Tokens{Client: "us", Access: "old", Refresh: "r"}}
	const renewed, refused = `{"access_token":"new","expires_in":60}`, `{"error":"invalid_grant"}`
	for name, c := range map[string]struct {
		credential grants.SealedCredential
		seen       int64
		status     int
		body       string
		endFail    error

		access    string // that is stored; "" for nothing
		err       error
		fails     bool
		ended     int
		forgotten int
		event     string
	}{
		"renewed":              {credential: tokens, seen: 3, status: 200, body: renewed, access: "new", forgotten: 1, event: audit.Renewed},
		"by somebody else":     {credential: tokens, seen: 2, status: 200, body: renewed, forgotten: 1},
		"an API key":           {credential: grants.SealedCredential{Key: "sk_x"}, seen: 3, status: 200, body: renewed, forgotten: 1},
		"HeyGen is away":       {credential: tokens, seen: 3, status: 502, fails: true},
		"refused":              {credential: tokens, seen: 3, status: 400, body: refused, fails: true, err: renewal.ErrEnded, ended: 1, event: audit.Ended},
		"refused and not kept": {credential: tokens, seen: 3, status: 400, body: refused, endFail: full, fails: true, err: full, ended: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key := seal.NewKey()
			sealed, err := c.credential.Seal(key, "g")
			if err != nil {
				t.Fatal(err)
			}
			records := &oneGrant{endFail: c.endFail, grant: store.Grant{
				ID: "g", Client: "client", Version: 3, Sealed: sealed, Details: []byte(`{"caller":"caller"}`),
			}}
			var forgotten []string
			var events []audit.Event
			err = renewal.New(renewal.Config{
				Store: records, HeyGen: heygen(t, c.status, c.body), Clock: time.Now,
				Forget: func(grant string) { forgotten = append(forgotten, grant) },
				Audit:  func(_ context.Context, e audit.Event) { events = append(events, e) },
			}).Renew(t.Context(), "g", key, c.seen)
			if (err != nil) != c.fails || c.err != nil && !errors.Is(err, c.err) {
				t.Errorf("got the error %v, want one: %t, %v", err, c.fails, c.err)
			}
			access := ""
			if records.renewal != nil {
				next, err := grants.OpenCredential(store.Grant{ID: "g", Sealed: records.renewal.Sealed}, key)
				if err != nil {
					t.Fatal(err)
				}
				access = next.Access
			}
			if access != c.access {
				t.Errorf("the token %q is stored, want %q", access, c.access)
			}
			if got, want := fmt.Sprint(records.ended), fmt.Sprint([]string{"g"}[:c.ended]); got != want {
				t.Errorf("the grants %s are ended, want %s", got, want)
			}
			if got, want := fmt.Sprint(forgotten), fmt.Sprint([]string{"g"}[:c.forgotten]); got != want {
				t.Errorf("the grants %s are forgotten, want %s", got, want)
			}
			var want []audit.Event
			if c.event != "" {
				want = []audit.Event{{What: c.event, Client: "client", Grant: "g", Caller: "caller"}}
				if c.event == audit.Ended {
					want[0].Detail = "refused by HeyGen"
				}
			}
			if fmt.Sprint(events) != fmt.Sprint(want) {
				t.Errorf("the audit log has %+v, want %+v", events, want)
			}
		})
	}
}
