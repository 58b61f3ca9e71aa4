package contract

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// complaints are the paths of what a body or a query is refused for.
func complaints(t *testing.T, c *Contract, name, body string, q url.Values) string {
	t.Helper()
	op := c.Operations[name]
	if op == nil {
		t.Fatalf("no %s", name)
	}
	check := &Checker{Contract: c}
	check.Query(op.Query, q)
	if body != "" {
		dec := json.NewDecoder(bytes.NewReader([]byte(body)))
		dec.UseNumber()
		var v any
		if err := dec.Decode(&v); err != nil {
			t.Fatal(err)
		}
		check.Value("", v, op.Body)
	}
	var paths []string
	for _, one := range check.Found {
		paths = append(paths, one.Path)
	}
	return strings.Join(paths, " ")
}

func TestBodiesAreHeldAgainstTheContract(t *testing.T) {
	t.Parallel()
	c, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	studio := func(scenes string) string { return `{"type":"studio","scenes":` + scenes + `}` }
	for _, one := range []struct{ op, body, want string }{
		{"POST /v3/videos", studio(`"none"`), "scenes"},
		{"POST /v3/videos", studio(`[{"type":"image"}]`), "scenes[0].source"},
		{"POST /v3/videos", studio(`[{"type":"hologram"},{"type":"avatar_video","input":{"type":"avatar","avatar_id":"a","engine":{"type":"x"}}}]`),
			"scenes[0].type scenes[1].input.engine.type"},
		{"POST /v3/videos", studio(`[{"type":"image","source":{"type":"url","url":"u"},"duration":5}]`), ""},
		{"POST /v3/videos", studio(`[{"type":"avatar_video","input":{"type":"avatar","avatar_id":"a","background":null}}]`), ""},
		{"POST /v3/video-quality/comparisons/batches", `{"comparisons":[]}`, "comparisons"},
		{"POST /v3/video-quality/comparisons/batches", `{"comparisons":[` + strings.Repeat("{},", 100) + `{}]}`, "comparisons"},
		{"POST /v3/videos/batches", `{"videos":[{"type":"avatar","avatar_id":"a","script":7}]}`, "videos[0].script"},
		{"POST /v3/avatars", `{}`, "type"},
		{"POST /v3/avatars", `{"type":"photo","name":"n","file":{"type":"base64","media_type":"image/png","data":"x"}}`, ""},
		{"POST /v3/templates/{template_id}", `{"variables":{"any.name":{"type":"text","content":"x"}},"fps":25.0}`, ""},
		{"POST /v3/templates/{template_id}", `{"variables":{"a":{"type":"text","properties":{"content":"x"}}}}`, "variables.a.content variables.a.properties"},
		{"POST /v3/templates/{template_id}", `{"variables":{},"dimension":{"width":64,"height":720}}`, "dimension.width"},
		{"POST /v3/workflow-runs", `{"workflow_id":"d","inputs":{"a":null,"b":[1,{}]}}`, ""},
		{"PATCH /v3/brand-kits/{brand_kit_id}", `{"color_roles":null}`, "color_roles"},
		{"PATCH /v3/avatars/{group_id}", `{"name":"x"}`, "name"},
		{"POST /v3/templates/{template_id}", `{"variables":[],"title":null,"scene_ids":null}`, "variables"},
		{"POST /v3/voices", `{"prompt":"x","seed":1e3}`, "seed"},
		{"POST /v3/voices", `{"prompt":"x","seed":99999999999999999999}`, "seed"},
		{"POST /v3/video-agents/{session_id}/stop", `{"whatever":1}`, "whatever"},
	} {
		if got := complaints(t, c, one.op, one.body, nil); got != one.want {
			t.Errorf("%s %s: %q, want %q", one.op, one.body, got, one.want)
		}
	}
	for _, one := range []struct{ op, query, want string }{
		{"GET /v3/assets/search", "", "query type"},
		{"GET /v3/assets/search", "query=a&type=icon&limit=50&whatever=1", ""},
		{"GET /v3/audio/sounds", "query=a&min_score=1.1&type=noise&limit=x", "type limit min_score"},
		{"GET /v3/audio/sounds", "query=a&min_score=NaN", "min_score"},
		{"GET /v3/webhooks/events", "event_type=nothing", "event_type"},
	} {
		q, err := url.ParseQuery(one.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := complaints(t, c, one.op, "", q); got != one.want {
			t.Errorf("%s %s: %q, want %q", one.op, one.query, got, one.want)
		}
	}
}
