package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/internal/sandbox/engine"
)

const hooksPath = "/v3/webhooks/endpoints"

// hook registers an endpoint and gives its id and its secret.
func (b *box) hook(body string) (id, secret string) {
	b.t.Helper()
	made := b.do(http.MethodPost, hooksPath, body).want(200, "")
	return made.text("data", "endpoint_id"), made.text("data", "secret")
}

func TestWebhookEndpoints(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.do(http.MethodPost, hooksPath, `{"url":"https://hooks.example/a","events":["avatar_video.success"],"entity_id":"v"}`).want(200, "")
	id, secret := made.text("data", "endpoint_id"), made.text("data", "secret")
	if !strings.HasPrefix(id, "ep_") || !strings.HasPrefix(secret, "whsec_") || made.text("data", "status") != "enabled" ||
		made.text("data", "created_at") != "2027-01-15T08:00:00Z" {
		t.Error(made.body)
	}
	b.do(http.MethodPost, hooksPath, `{"url":"https://hooks.example/a"}`).want(409, "conflict")
	b.do(http.MethodPost, hooksPath, `{"url":"https://hooks.example/a"}`, "X-Api-Key", "sk_sandbox_bo").want(200, "")
	other, otherSecret := b.hook(`{"url":"https://hooks.example/b"}`)
	if other == id || otherSecret == secret {
		t.Error("two endpoints are one")
	}
	first := b.get(hooksPath+"?limit=1").want(200, "")
	if first.text("data", 0, "endpoint_id") != other || first.at("has_more") != true || first.at("data", 0, "events") != nil ||
		strings.Contains(first.body, "whsec_") {
		t.Error(first.body)
	}
	second := b.get(hooksPath+"?limit=1&token="+url.QueryEscape(first.text("next_token"))).want(200, "")
	if second.text("data", 0, "endpoint_id") != id || second.at("has_more") != false {
		t.Error(second.body)
	}

	one := hooksPath + "/" + id
	if got := b.do(http.MethodPatch, one, `{"events":["ai_clipping.fail"]}`).want(200, ""); len(got.list("data", "events")) != 1 ||
		got.text("data", "events", 0) != "ai_clipping.fail" || got.text("data", "url") != "https://hooks.example/a" {
		t.Errorf("the list is replaced as a whole: %s", got.body)
	}
	b.do(http.MethodPatch, one, `{"url":"https://hooks.example/c"}`).want(200, "")
	b.do(http.MethodPatch, one, `{"url":"https://hooks.example/c","events":[]}`).want(200, "")
	b.do(http.MethodPatch, one, `{"url":"https://hooks.example/b"}`).want(400, "invalid_parameter")
	b.do(http.MethodPatch, one, `{}`).want(400, "invalid_parameter")
	b.do(http.MethodPatch, one, `{"url":null,"events":null}`).want(400, "invalid_parameter")

	rotated := b.do(http.MethodPost, one+"/rotate-secret", "", "Idempotency-Key", "k").want(200, "")
	if rotated.text("data", "secret") == secret {
		t.Error("the secret is the old one")
	}
	if again := b.do(http.MethodPost, one+"/rotate-secret", "", "Idempotency-Key", "k").want(200, ""); again.body != rotated.body {
		t.Errorf("not replayed: %s", again.body)
	}
	if again := b.do(http.MethodPost, one+"/rotate-secret", "").want(200, ""); again.body == rotated.body {
		t.Error("not rotated")
	}

	for _, stranger := range []string{"X-Api-Key", "X-Other"} {
		b.do(http.MethodPatch, hooksPath+"/none", `{"events":[]}`, stranger, "sk_sandbox_bo").want(404, "webhook_not_found")
		b.do(http.MethodDelete, hooksPath+"/none", "", stranger, "sk_sandbox_bo").want(404, "webhook_not_found")
		b.do(http.MethodPost, hooksPath+"/none/rotate-secret", "", stranger, "sk_sandbox_bo").want(404, "webhook_not_found")
	}
	b.do(http.MethodDelete, one, "", "X-Api-Key", "sk_sandbox_bo").want(404, "webhook_not_found")
	b.do(http.MethodDelete, one, "").want(200, "")
	b.do(http.MethodDelete, one, "").want(404, "webhook_not_found")
	if got := b.get(hooksPath); len(got.list("data")) != 1 {
		t.Error(got.body)
	}
}

func TestWebhookURLsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for _, bad := range []string{"", "x", "https://", "http://hooks.example/a", "ftp://hooks.example", "http://127.0.0.1.example/", "http://10.0.0.1/", "https://%zz"} {
		if got := b.do(http.MethodPost, hooksPath, `{"url":"`+bad+`"}`).want(400, "invalid_parameter"); got.text("error", "param") != "url" {
			t.Errorf("%q: got %s, want error.param %q", bad, got.body, "url")
		}
	}
	for _, good := range []string{"https://hooks.example", "http://127.0.0.1:9/x", "http://localhost/", "http://[::1]:9/"} {
		b.do(http.MethodPost, hooksPath, `{"url":"`+good+`"}`).want(200, "")
	}
	if got := b.do(http.MethodPost, hooksPath, `{"url":"https://hooks.example/x","events":["avatar_video.failed"]}`).want(400, "invalid_parameter"); got.text("error", "param") != "events[0]" {
		t.Error(got.body)
	}
}

func TestEveryEventTypeIsDescribed(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	types := b.get("/v3/webhooks/event-types").want(200, "")
	if n := len(types.list("data")); n != 34 {
		t.Errorf("%d types", n)
	}
	names, words := map[string]bool{}, map[string]bool{}
	for i := range types.list("data") {
		name, said := types.text("data", i, "event_type"), types.text("data", i, "description")
		if said == "" || words[said] {
			t.Errorf("%s: %q", name, said)
		}
		names[name], words[said] = true, true
	}
	for _, kind := range []engine.JobKind{videoJobs(), translationJobs(), proofreadJobs(), lipsyncJobs(), voiceCloneJobs(), clippingJobs(), fillerJobs(), renderJobs(), avatarJobs()} {
		if kind.Event != "" && (!names[kind.Event+".success"] || !names[kind.Event+".fail"]) {
			t.Errorf("%s: v3 has no event %s", kind.Name, kind.Event)
		}
	}
}
