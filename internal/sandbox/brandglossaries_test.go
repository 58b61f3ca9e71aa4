package sandbox

import (
	"fmt"
	"net/http"
	"testing"
)

func TestAGlossaryIsMadeChangedAndDeleted(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.do(http.MethodPost, "/v3/brand-glossaries", `{"name":"Terms","terms":[{"term":"Nginx","pronunciation":"engine x"}]}`).want(201, "")
	id := made.text("data", "brand_glossary_id")
	path := "/v3/brand-glossaries/" + id
	b.advance(60)
	changed := b.do(http.MethodPatch, path, `{"terms":[]}`).want(200, "")
	if changed.text("data", "name") != "Terms" || len(changed.list("data", "terms")) != 0 ||
		changed.text("data", "created_at") != made.text("data", "created_at") || changed.text("data", "updated_at") == made.text("data", "updated_at") {
		t.Errorf("%s\n%s", made.body, changed.body)
	}
	b.do(http.MethodPatch, path, `{"name":"Words"}`).want(200, "")
	if one := b.get(path).want(200, ""); one.text("data", "name") != "Words" {
		t.Error(one.body)
	}
	b.do(http.MethodPatch, path, `{}`).want(400, "invalid_parameter")
	b.do(http.MethodPatch, path, `{"terms":[{"term":"x"}]}`).want(400, "invalid_parameter")
	b.do(http.MethodGet, path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "resource_not_found")

	if res := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"brand_glossary_id": id})); res.status != 200 {
		t.Errorf("a video with it: %s", res.body)
	}
	b.do(http.MethodDelete, path, "").want(200, "")
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		b.do(method, path, "").want(404, "resource_not_found")
	}
	b.do(http.MethodPatch, path, `{"name":"x"}`).want(404, "resource_not_found")
	if res := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"brand_glossary_id": id})).want(404, ""); res.text("error", "param") != "brand_glossary_id" {
		t.Error(res.body)
	}
}

func TestListsOfAGlossaryAreReplacedWhole(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.do(http.MethodPost, "/v3/brand-glossaries",
		`{"name":" Terms ","do_not_translate_terms":[{"term":" Acme "}],"forced_translations":[{"term":"cloud","translation":"nube"}]}`).want(201, "")
	if made.text("data", "name") != "Terms" || made.text("data", "do_not_translate_terms", 0, "term") != "Acme" || len(made.list("data", "terms")) != 0 {
		t.Errorf("made: %s", made.body)
	}
	path := "/v3/brand-glossaries/" + made.text("data", "brand_glossary_id")
	changed := b.do(http.MethodPatch, path, `{"do_not_translate_terms":[],"forced_translations":[{"term":"chip","translation":"chip"}]}`).want(200, "")
	if changed.at("data", "do_not_translate_terms") != nil || len(changed.list("data", "forced_translations")) != 1 ||
		changed.text("data", "forced_translations", 0, "term") != "chip" {
		t.Errorf("changed: %s", changed.body)
	}
	for _, body := range []string{
		`{"terms":null}`, `{"name":"  "}`, `{"forced_translations":[{"term":"a"}]}`, `{"do_not_translate_terms":[{"term":" "}]}`,
		`{"do_not_translate_terms":[{"term":"a","translation":"b"}]}`,
	} {
		b.do(http.MethodPatch, path, body).want(400, "invalid_parameter")
	}
	b.do(http.MethodPost, "/v3/brand-glossaries", `{"name":"TERMS"}`).want(409, "conflict")
	b.do(http.MethodPost, "/v3/brand-glossaries", `{"name":"Others"}`).want(201, "")
	b.do(http.MethodPatch, path, `{"name":"others"}`).want(409, "conflict")
	b.do(http.MethodPatch, path, `{"name":"TERMS"}`).want(200, "") // its own
}

func TestGlossariesAreListedNewestFirst(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for i := range 12 {
		b.do(http.MethodPost, "/v3/brand-glossaries", fmt.Sprintf(`{"name":"n%d","terms":[]}`, i)).want(201, "")
	}
	first := b.get("/v3/brand-glossaries").want(200, "")
	if len(first.list("data")) != 10 || first.text("data", 0, "name") != "n11" {
		t.Error(first.body)
	}
	if n := walk(t, b, "/v3/brand-glossaries?limit=5", "brand_glossary_id"); n != 12 {
		t.Errorf("%d glossaries on all pages", n)
	}
}
