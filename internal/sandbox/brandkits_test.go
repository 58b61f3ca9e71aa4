package sandbox

import (
	"net/http"
	"testing"

	"heygen-mcp/internal/sandbox/engine"
)

func TestABrandKitIsMadeOfAWebsite(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.do(http.MethodPost, "/v3/brand-kits", `{"url":"https://www.acme.example/about"}`).want(201, "").text("data", "brand_kit_id")
	path := "/v3/brand-kits/" + id
	if one := b.get(path).want(200, ""); one.text("data", "status") != "loading" || one.text("data", "name") != "acme.example" ||
		len(one.list("data", "colors")) != 0 || one.at("data", "color_roles") != nil {
		t.Errorf("at first: %s", one.body)
	}
	b.advance(60)
	done := b.get(path).want(200, "")
	if done.text("data", "status") != "completed" || len(done.list("data", "colors")) != kitColors || done.text("data", "logos", 0, "logo_id") == "" {
		t.Errorf("at last: %s", done.body)
	}
	if logo := b.get(done.text("data", "logos", 0, "url")); logo.status != 200 || logo.header.Get("Content-Type") != "image/png" {
		t.Errorf("the logo: %d", logo.status)
	}
	b.do(http.MethodPatch, path, `{"name":"Acme"}`).want(200, "")
	b.do(http.MethodPatch, path, `{}`).want(400, "invalid_parameter")
	b.do(http.MethodPatch, "/v3/brand-kits/none", `{"name":"Acme"}`).want(404, "resource_not_found")
	if list := b.get("/v3/brand-kits").want(200, ""); list.text("data", 0, "name") != "Acme" || len(list.list("data")) != 1 {
		t.Errorf("got %s, want data.0.name %q and len(list.list(\"data\")) %v", list.body, "Acme", 1)
	}
	b.do(http.MethodGet, path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "resource_not_found")
	b.do(http.MethodDelete, path, "").want(200, "")
	b.do(http.MethodDelete, path, "").want(404, "resource_not_found")
}

func TestRolesOfABrandKitAreReplacedWhole(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	path := "/v3/brand-kits/" + b.do(http.MethodPost, "/v3/brand-kits", `{"url":"https://acme.example"}`).want(201, "").text("data", "brand_kit_id")
	b.do(http.MethodPatch, path, `{"color_roles":{}}`).want(409, "brand_kit_not_ready")
	b.do(http.MethodPatch, path, `{"name":" Acme "}`).want(200, "")
	b.advance(60)
	found := b.get(path).want(200, "")
	if found.text("data", "name") != "Acme" || found.at("data", "color_roles", "accent") == nil || found.at("data", "font_roles", "body_text", "weight") != 400.0 {
		t.Errorf("what the import found: %s", found.body)
	}
	set := b.do(http.MethodPatch, path, `{"color_roles":{"primary":"#00FF00"},"font_roles":{}}`).want(200, "")
	if set.text("data", "color_roles", "primary") != "#00FF00" || set.at("data", "color_roles", "accent") != nil ||
		set.at("data", "font_roles", "body_text") != nil || set.at("data", "logo_roles", "primary") == nil {
		t.Errorf("roles that were left out are not cleared, or others are: %s", set.body)
	}
	if logo := found.text("data", "logos", 0, "logo_id"); logo != set.text("data", "logo_roles", "primary") {
		t.Errorf("the main logo is %s, want %s", set.text("data", "logo_roles", "primary"), logo)
	}
	for body, param := range map[string]string{
		`{"color_roles":null}`: "color_roles", `{"color_roles":{"primary":"green"}}`: "color_roles.primary", `{"name":null}`: "name", `{"name":"  "}`: "name",
		`{"color_roles":{"first":"#00FF00"}}`: "color_roles.first", `{"logo_roles":{"primary":"none"}}`: "logo_roles.primary",
		`{"font_roles":{"title_text":{"weight":0}}}`: "font_roles.title_text.weight", `{}`: "",
	} {
		if res := b.do(http.MethodPatch, path, body).want(400, "invalid_parameter"); param != "" && res.text("error", "param") != param {
			t.Errorf("%s: got %s, want the parameter %s", body, res.body, param)
		}
	}
	if again := b.get(path); again.at("data", "font_roles", "title_text") != nil || again.text("data", "color_roles", "primary") != "#00FF00" {
		t.Errorf("what was cleared does not stay cleared: %s", again.body)
	}
}

func TestAWebsiteThatIsNone(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for _, site := range []string{"acme", "ftp://acme.example", "https://", "javascript:alert(1)"} {
		if res := b.do(http.MethodPost, "/v3/brand-kits", `{"url":"`+site+`"}`).want(400, "invalid_parameter"); res.text("error", "param") != "url" {
			t.Errorf("%s: got %s, want error.param %q", site, res.body, "url")
		}
	}
	b.control("faults", `{"method":"POST","path":"/v3/brand-kits","fault":"fail"}`)
	id := b.do(http.MethodPost, "/v3/brand-kits", `{"url":"https://acme.example","name":"Acme"}`).want(201, "").text("data", "brand_kit_id")
	b.advance(60)
	if one := b.get("/v3/brand-kits/" + id); one.text("data", "status") != "error" || one.text("data", "name") != "Acme" {
		t.Error(one.body)
	}
}

func TestBrandKitsOfOthersAreUnknown(t *testing.T) {
	t.Parallel()
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	ana, bo := &engine.Request{Account: s.Account("ana")}, &engine.Request{Account: s.Account("bo")}
	kit := &engine.Job{Kind: brandKitJobs()}
	if apiErr := s.Begin(ana, kit, kitSeconds); apiErr != nil {
		t.Fatal(apiErr.Message)
	}
	for name, c := range map[string]struct {
		v    *engine.Request
		id   *string
		fine bool
	}{
		"none": {bo, nil, true}, "empty": {bo, new(""), true}, "own": {ana, &kit.ID, true},
		"another's": {bo, &kit.ID, false}, "made up": {ana, new("kit"), false},
	} {
		apiErr := s.checkKit(c.v, "brand_kit_id", c.id)
		if (apiErr == nil) != c.fine || apiErr != nil && (apiErr.Status != http.StatusNotFound || apiErr.Param != "brand_kit_id") {
			t.Errorf("%s: %+v", name, apiErr)
		}
	}
}
