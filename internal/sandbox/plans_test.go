package sandbox

import (
	"net/http"
	"testing"
)

func TestKeysDoWhatTheyMay(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	body := b.video(nil)
	for _, c := range []struct {
		control             string
		create, list, me    int
		scopeMode, oneScope string
	}{
		{`{"account":"ana"}`, 200, 200, 200, "full", "*:*"},
		{`{"account":"ana","scope_mode":"read_only"}`, 403, 200, 200, "read_only", "*:read"},
		{`{"account":"ana","scope_mode":"custom","scopes":["videos:write"]}`, 200, 200, 403, "custom", "videos:write"},
		{`{"account":"ana","scopes":["videos:read"]}`, 403, 200, 403, "custom", "videos:read"},
		{`{"account":"ana","scopes":["account:read"]}`, 403, 403, 200, "custom", "account:read"},
		{`{"account":"ana","scopes":["*:write"]}`, 200, 200, 200, "custom", "*:write"},
	} {
		b.control("account", c.control)
		create, list, me := b.do(http.MethodPost, "/v3/videos", body), b.get("/v3/videos"), b.get("/v3/users/me")
		if create.status != c.create || list.status != c.list || me.status != c.me {
			t.Errorf("%s: got %d, %d, %d, want %v, %v and %v", c.control, create.status, list.status, me.status, c.create, c.list, c.me)
		}
		self := b.get("/v3/api_keys/self").want(200, "")
		if self.text("data", "scope_mode") != c.scopeMode || self.text("data", "scopes", 0) != c.oneScope {
			t.Error(self.body)
		}
	}
	b.do(http.MethodPost, "/v3/videos", body, "X-Api-Key", "sk_sandbox_bo").want(200, "")
	b.control("reset", "")
	if got := b.get("/v3/api_keys/self").text("data", "scope_mode"); got != "full" {
		t.Errorf("got %v, want %q", got, "full")
	}
}

func TestSignInsHaveNoKey(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	access := b.signIn("ana")
	b.control("account", `{"account":"ana","scope_mode":"read_only","plan":"team"}`)
	signedIn := []string{"Authorization", "Bearer " + access}
	b.create(signedIn...).want(200, "")
	b.do(http.MethodGet, "/v3/api_keys/self", "", signedIn...).want(403, "forbidden")
	if me := b.do(http.MethodGet, "/v3/users/me", "", signedIn...); me.text("data", "subscription", "plan") != "team" {
		t.Error(me.body)
	}
}

func TestAccountsAreSetByControl(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	group := b.get("/v3/avatars?ownership=private").text("data", 1, "id")
	look := b.get("/v3/avatars/looks?group_id="+group).text("data", 0, "id")
	twin := b.video(map[string]any{"avatar_id": look})
	b.do(http.MethodPost, "/v3/videos", twin).want(403, "avatar_consent_required")
	b.control("account", `{"account":"ana","consent":{"`+group+`":"approved"},"wallet_usd":7,"premium_credits":3}`)
	b.do(http.MethodPost, "/v3/videos", twin).want(200, "")
	if got := b.balance(); got != 7 {
		t.Errorf("got %v, want %v", got, 7)
	}
	for _, body := range []string{
		`{"account":""}`, `{"account":"ana","plan":"gold"}`, `{"account":"ana","scope_mode":"none"}`,
		`{"account":"ana","scopes":["videos"]}`, `{"account":"ana","consent":{"none":"approved"}}`,
		`{"account":"ana","consent":{"` + group + `":"maybe"}}`,
	} {
		b.do(http.MethodPost, "/_sandbox/account", body).want(400, "invalid_parameter")
	}
}

func TestAWatermarkNeedsThePlan(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	marked := b.video(map[string]any{"watermark": map[string]any{"image": map[string]any{"type": "url", "url": "https://a.example/a.png"}}})
	b.do(http.MethodPost, "/v3/videos", marked).want(403, "forbidden")
	b.control("account", `{"account":"ana","plan":"enterprise"}`)
	b.do(http.MethodPost, "/v3/videos", marked).want(200, "")
}
