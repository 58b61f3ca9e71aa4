package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// twoNodes is a graph of a text and of a video that speaks it.
const twoNodes = `{"schema_version":"1.0.0","inputs":{"about":{"type":"json"},"behind":{"type":"image","required":false}},
	"nodes":[{"id":"write","type":"llm","config":{"prompt":"A script."},"bindings":{"context":{"kind":"run_input","name":"about"}}},
		{"id":"show","type":"avatar_video","variant":"avatar_iv","config":{"avatar_id":"a"},"bindings":{"script":{"kind":"node_output","node_id":"write","port":"text"}}}],
	"outputs":{"film":{"node_id":"show","port":"video"},"script":{"node_id":"write","port":"text"}}}`

func (b *box) workflow(name, graph string, headers ...string) reply {
	b.t.Helper()
	return b.do(http.MethodPost, "/v3/workflows", `{"name":"`+name+`","product_graph":`+graph+`,"meta":{"by":[1,null]}}`, headers...)
}

func TestAWorkflowIsCreatedDraftedAndPublished(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.workflow("Film", twoNodes).want(201, "")
	path := "/v3/workflows/" + made.text("data", "id")
	if made.text("data", "status") != "active" || made.at("data", "latest_version", "version_number") != 1.0 || made.at("data", "draft_revision") != 0.0 {
		t.Errorf("made: %s", made.body)
	}
	b.workflow("Film", twoNodes).want(409, "conflict")
	changed := strings.Replace(twoNodes, "A script.", "A poem.", 1)
	draft := b.do(http.MethodPatch, path, `{"expected_revision":0,"product_graph":`+changed+`}`).want(200, "")
	if draft.at("data", "draft_revision") != 1.0 || draft.text("data", "draft_product_graph", "nodes", 0, "config", "prompt") != "A poem." {
		t.Errorf("drafted: %s", draft.body)
	}
	stale := b.do(http.MethodPatch, path, `{"expected_revision":0,"product_graph":`+changed+`}`).want(409, "stale_workflow_draft")
	if !strings.Contains(stale.text("error", "message"), "is 1, expected 0") {
		t.Errorf("stale: %s", stale.body)
	}
	versions := path + "/versions"
	b.do(http.MethodPost, versions, `{"product_graph":`+twoNodes+`}`).want(200, "") // as it is already
	second := b.do(http.MethodPost, versions, `{"product_graph":`+changed+`}`).want(201, "")
	third := b.do(http.MethodPost, versions, `{"product_graph":`+twoNodes+`}`).want(201, "")
	if second.at("data", "version_number") != 2.0 || third.at("data", "version_number") != 3.0 {
		t.Errorf("published: %s, %s", second.body, third.body)
	}
	first := b.get(versions+"/1").want(200, "")
	if first.text("data", "checksum") != third.text("data", "checksum") || first.text("data", "plan_summary", 1, "parents", 0) != "write" {
		t.Errorf("the first version: %s", first.body)
	}
	if list := b.get(versions).want(200, ""); len(list.list("data")) != 3 || list.at("data", 0, "version_number") != 3.0 {
		t.Errorf("the versions: %s", list.body)
	}
	b.get(versions+"/4").want(404, "resource_not_found")
	b.get(versions+"/x").want(400, "invalid_parameter")
	for _, other := range []string{path, versions, versions + "/1"} {
		b.do(http.MethodGet, other, "", "X-Api-Key", "sk_sandbox_bo").want(404, "resource_not_found")
	}
	if list := b.get("/v3/workflows").want(200, ""); list.text("data", 0, "name") != "Film" || len(list.list("data")) != 1 {
		t.Errorf("the workflows: %s", list.body)
	}
	if one := b.get(path).want(200, ""); one.at("data", "latest_version") != nil {
		t.Errorf("read: %s", one.body)
	}
	b.control("archive", `{"account":"ana","workflow_id":"`+made.text("data", "id")+`"}`)
	b.do(http.MethodPost, versions, `{"product_graph":`+changed+`}`).want(409, "workflow_archived")
	b.do(http.MethodPatch, path, `{"expected_revision":1,"product_graph":`+changed+`}`).want(409, "workflow_archived")
	b.do(http.MethodPost, "/v3/workflow-runs", `{"workflow_id":"`+made.text("data", "id")+`","inputs":{"about":1}}`, "Idempotency-Key", "k").want(409, "workflow_archived")
}

func TestAKeyOfAWorkflowIsForOneRequest(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	made := b.workflow("Film", twoNodes, "Idempotency-Key", "k").want(201, "")
	if again := b.workflow("Film", twoNodes, "Idempotency-Key", "k").want(200, ""); again.body != made.body {
		t.Errorf("a replay: %s", again.body)
	}
	b.workflow("Other", twoNodes, "Idempotency-Key", "k").want(409, "conflict")
	other := b.workflow("Other", twoNodes).want(201, "")
	changed := `{"product_graph":` + strings.Replace(twoNodes, "A script.", "A poem.", 1) + `}`
	versions := func(of reply) string { return "/v3/workflows/" + of.text("data", "id") + "/versions" }
	b.do(http.MethodPost, versions(made), changed, "Idempotency-Key", "v").want(201, "")
	b.do(http.MethodPost, versions(made), changed, "Idempotency-Key", "v").want(200, "")
	b.do(http.MethodPost, versions(other), changed, "Idempotency-Key", "v").want(409, "conflict")
	b.control("faults", `{"method":"POST","path":"/v3/workflows/{workflow_id}/versions","fault":"unavailable"}`)
	b.do(http.MethodPost, versions(other), changed).want(503, "service_unavailable")
	if list := b.get(versions(other)); len(list.list("data")) != 1 {
		t.Errorf("what was unavailable was done: %s", list.body)
	}
}

func TestAGraphIsToldAllThatIsWrong(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for name, c := range map[string]struct{ old, new, code, node, path string }{
		"unknown family":      {`"type":"llm"`, `"type":"lmm"`, "unknown_node_type", "write", ""},
		"unknown variant":     {`"avatar_iv"`, `"avatar_ix"`, "unknown_node_type", "show", ""},
		"deprecated":          {`"avatar_iv"`, `"avatar_iii"`, "node_type_unavailable", "show", ""},
		"config missing":      {`"config":{"prompt":"A script."}`, `"config":{}`, "invalid_config", "write", "config.prompt"},
		"config too much":     {`"config":{"avatar_id":"a"}`, `"config":{"avatar_id":"a","hat":"red"}`, "invalid_config", "show", "config.hat"},
		"no binding":          {`,"bindings":{"script":{"kind":"node_output","node_id":"write","port":"text"}}`, ``, "missing_binding", "show", "bindings.script"},
		"unknown port":        {`"bindings":{"script"`, `"bindings":{"text":{"kind":"literal","value":1},"script"`, "unknown_port", "show", "bindings.text"},
		"unknown node":        {`"node_id":"write","port":"text"}}}]`, `"node_id":"rite","port":"text"}}}]`, "invalid_binding", "show", "bindings.script"},
		"another type":        {`"node_id":"write","port":"text"}}}]`, `"node_id":"write","port":"json"}}}]`, "invalid_binding", "show", "bindings.script"},
		"unknown input":       {`"name":"about"`, `"name":"abut"`, "invalid_binding", "write", "bindings.context"},
		"unknown input below": {`{"kind":"run_input","name":"about"}`, `{"kind":"object","fields":{"a":{"kind":"list","items":[{"kind":"run_input","name":"abut"}]}}}`, "invalid_binding", "write", "bindings.context"},
		"unknown output":      {`"port":"video"`, `"port":"film"`, "invalid_output", "show", "outputs.film"},
		"twice":               {`"id":"show"`, `"id":"write"`, "duplicate_node_id", "write", ""},
		"a circle":            {`"bindings":{"context":{"kind":"run_input","name":"about"}}`, `"depends_on":["show"]`, "cycle", "", "nodes"},
		"depends on nothing":  {`"id":"show",`, `"id":"show","depends_on":["x"],`, "unknown_node", "show", "depends_on"},
		"another schema":      {`"1.0.0"`, `"2"`, "unsupported_schema_version", "", "schema_version"},
	} {
		if !strings.Contains(twoNodes, c.old) {
			t.Fatalf("%s: the graph has no %s", name, c.old)
		}
		res := b.workflow(name, strings.Replace(twoNodes, c.old, c.new, 1)).want(422, "graph_invalid")
		one, _ := res.at("error", "errors", 0).(map[string]any)
		node, _ := one["node_id"].(string)
		path, _ := one["path"].(string)
		if one["code"] != c.code || node != c.node || path != c.path {
			t.Errorf("%s: got %s, want %s of node %q at %q", name, res.body, c.code, c.node, c.path)
		}
	}
	two := strings.Replace(strings.Replace(twoNodes, `"type":"llm"`, `"type":"lmm"`, 1), `"avatar_iv"`, `"x"`, 1)
	if res := b.workflow("two", two); len(res.list("error", "errors")) < 2 {
		t.Errorf("two faults: %s", res.body)
	}
	if list := b.get("/v3/workflows"); len(list.list("data")) != 0 {
		t.Errorf("what was refused was made: %s", list.body)
	}
	b.workflow("closed", strings.Replace(twoNodes, `"id":"show"`, `"id":"show","color":1`, 1)).want(400, "invalid_parameter")
	id := b.workflow("Film", twoNodes).text("data", "id")
	b.do(http.MethodPatch, "/v3/workflows/"+id, `{"expected_revision":0,"product_graph":`+two+`}`).want(422, "graph_invalid")
	// Of a draft only the types are looked at.
	b.do(http.MethodPatch, "/v3/workflows/"+id, `{"expected_revision":0,"product_graph":`+strings.Replace(twoNodes, `"port":"video"`, `"port":"film"`, 1)+`}`).want(200, "")
	if types := b.get("/v3/workflows/node-types").want(200, ""); types.text("data", "families", 0, "variants", 0, "lifecycle") != "deprecated" {
		t.Errorf("the types: %s", types.body)
	}
	b.do(http.MethodGet, "/v3/workflows", "", "X-Api-Key", "sk_sandbox_no-previews").want(403, "forbidden")
}
