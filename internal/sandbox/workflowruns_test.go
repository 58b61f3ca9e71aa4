package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

const runsPath = "/v3/workflow-runs"

func (b *box) run(workflow, inputs, key string) reply {
	b.t.Helper()
	return b.do(http.MethodPost, runsPath, `{"workflow_id":"`+workflow+`","inputs":`+inputs+`}`, "Idempotency-Key", key)
}

func TestAWorkflowIsRun(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.workflow("Film", twoNodes).want(201, "").text("data", "id")
	made := b.run(id, `{"about":{"tea":true}}`, "k").want(201, "")
	path := runsPath + "/" + made.text("data", "id")
	if made.text("data", "status") != "pending" || made.at("data", "progress", "pending") != 2.0 || made.at("data", "workflow", "version_number") != 1.0 ||
		made.at("data", "started_at") != nil || made.text("data", "outputs", 0, "name") != "film" {
		t.Errorf("at first: %s", made.body)
	}
	b.advance(18)
	one := b.get(path).want(200, "")
	if one.text("data", "status") != "processing" || one.at("data", "progress", "succeeded") != 1.0 || one.at("data", "progress", "processing") != 1.0 ||
		one.text("data", "outputs", 0, "status") != "pending" || one.text("data", "outputs", 1, "delivery") != "inline" {
		t.Errorf("between its nodes: %s", one.body)
	}
	b.advance(20)
	one = b.get(path).want(200, "")
	if one.text("data", "status") != "succeeded" || one.at("data", "completed_at") == nil || one.text("data", "outputs", 0, "delivery") != "reference" {
		t.Errorf("at last: %s", one.body)
	}
	if file := b.get(one.text("data", "outputs", 0, "url")); file.header.Get("Content-Type") != "video/mp4" {
		t.Errorf("the film: %d %v", file.status, file.header)
	}
	nodes := b.get(path+"/nodes?limit=1").want(200, "")
	if nodes.text("data", 0, "node_id") != "write" || nodes.text("data", 0, "status") != "succeeded" || nodes.at("has_more") != true {
		t.Errorf("its nodes: %s", nodes.body)
	}
	if done := b.do(http.MethodPost, path+"/cancel", "").want(200, ""); done.text("data", "status") != "succeeded" {
		t.Errorf("a cancel of what is over: %s", done.body)
	}
	if list := b.get(runsPath+"?workflow_id="+id).want(200, ""); len(list.list("data")) != 1 || list.text("data", 0, "status") != "succeeded" {
		t.Errorf("its runs: %s", list.body)
	}
	if list := b.get(runsPath+"?workflow_id=none").want(200, ""); len(list.list("data")) != 0 {
		t.Errorf("runs of nothing: %s", list.body)
	}
	b.get(runsPath).want(400, "invalid_parameter")
	for _, other := range []string{path, path + "/nodes"} {
		b.do(http.MethodGet, other, "", "X-Api-Key", "sk_sandbox_bo").want(404, "resource_not_found")
	}
	if b.balance() != 100 {
		t.Errorf("a run cost something: %v left", b.balance())
	}
}

func TestTheKeyOfARunNeverExpires(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.workflow("Film", twoNodes).text("data", "id")
	body := `{"workflow_id":"` + id + `","inputs":{"about":1}}`
	for _, headers := range [][]string{nil, {"Idempotency-Key", ""}, {"Idempotency-Key", " "}, {"Idempotency-Key", "a b"}} {
		if res := b.do(http.MethodPost, runsPath, body, headers...).want(400, "invalid_parameter"); res.text("error", "param") != "Idempotency-Key" {
			t.Errorf("%q: got %s, want error.param %q", headers, res.body, "Idempotency-Key")
		}
	}
	b.control("faults", `{"path":"`+runsPath+`","fault":"unavailable"}`)
	b.run(id, `{"about":1}`, "k").want(503, "service_unavailable")
	again := b.run(id, `{"about":1}`, "k").want(200, "") // the run was made all the same
	b.do(http.MethodPost, "/v3/workflows/"+id+"/versions", `{"product_graph":`+strings.Replace(twoNodes, "A script.", "A poem.", 1)+`}`).want(201, "")
	b.advance(30 * 24 * 3600)
	later := b.run(id, `{"about":1}`, "k").want(200, "")
	if later.text("data", "id") != again.text("data", "id") || later.text("data", "status") != "succeeded" || later.at("data", "workflow", "version_number") != 1.0 {
		t.Errorf("a month later: %s", later.body)
	}
	b.run(id, `{"about":2}`, "k").want(409, "conflict")
	if list := b.get(runsPath + "?workflow_id=" + id); len(list.list("data")) != 1 {
		t.Errorf("more than one run: %s", list.body)
	}
	if other := b.run(id, `{"about":1}`, "l").want(201, ""); other.at("data", "workflow", "version_number") != 2.0 {
		t.Errorf("another key: %s", other.body)
	}
}

func TestARunIsCanceled(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.workflow("Film", twoNodes).text("data", "id")
	early := runsPath + "/" + b.run(id, `{"about":1}`, "early").text("data", "id")
	path := runsPath + "/" + b.run(id, `{"about":1}`, "k").text("data", "id")
	if one := b.do(http.MethodPost, early+"/cancel", "").want(200, ""); one.text("data", "status") != "canceled" || one.at("data", "started_at") != nil || one.at("data", "progress", "canceled") != 2.0 {
		t.Errorf("before it ran: %s", one.body)
	}
	b.advance(18)
	b.control("faults", `{"path":"/v3/workflow-runs/{run_id}/cancel","fault":"unavailable"}`)
	b.do(http.MethodPost, path+"/cancel", "").want(503, "service_unavailable")
	if one := b.get(path); one.text("data", "status") != "processing" {
		t.Errorf("a cancel that was not confirmed: %s", one.body)
	}
	for range 2 {
		one := b.do(http.MethodPost, path+"/cancel", "").want(200, "")
		if one.text("data", "status") != "canceled" || one.at("data", "progress", "succeeded") != 1.0 || one.at("data", "progress", "canceled") != 1.0 ||
			one.text("data", "outputs", 1, "status") != "ready" || one.at("data", "completed_at") == nil {
			t.Errorf("canceled: %s", one.body)
		}
		b.advance(60)
	}
	if nodes := b.get(path + "/nodes"); nodes.text("data", 1, "status") != "canceled" {
		t.Errorf("its nodes: %s", nodes.body)
	}
	b.do(http.MethodPost, runsPath+"/none/cancel", "").want(404, "resource_not_found")
}

func TestWhatRunsRefuse(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.workflow("Film", twoNodes).text("data", "id")
	picture := b.get(b.get("/v3/avatars/looks").text("data", 0, "preview_image_url")).body
	asset := b.upload("a.png", []byte(picture)).want(200, "").text("data", "asset_id")
	for name, c := range map[string]struct {
		inputs      string
		status      int
		code, param string
	}{
		"nothing":         {`{}`, 400, "invalid_parameter", "inputs.about"},
		"unknown":         {`{"about":1,"abut":2}`, 400, "invalid_parameter", "inputs.abut"},
		"a null":          {`{"about":null}`, 201, "", ""},
		"an image by id":  {`{"about":1,"behind":"` + asset + `"}`, 201, "", ""},
		"an image by url": {`{"about":1,"behind":{"type":"url","url":"https://a.example/a.png"}}`, 201, "", ""},
		"an image inside": {`{"about":1,"behind":{"type":"asset_id","asset_id":"` + asset + `"}}`, 201, "", ""},
		"no image":        {`{"about":1,"behind":7}`, 400, "invalid_parameter", "inputs.behind"},
		"nobody's image":  {`{"about":1,"behind":"none"}`, 409, "workflow_run_admission_refused", "inputs.behind"},
	} {
		res := b.run(id, c.inputs, strings.Map(func(c rune) rune { return map[bool]rune{true: c, false: '-'}[c >= 'a' && c <= 'z'] }, name))
		if res.want(c.status, c.code); c.param != "" && res.text("error", "param") != c.param {
			t.Errorf("%s: got %s, want the parameter %s", name, res.body, c.param)
		}
	}
	b.run("none", `{"about":1}`, "a").want(404, "resource_not_found")
	b.do(http.MethodPost, runsPath, `{"workflow_id":"`+id+`","version_number":2,"inputs":{"about":1}}`, "Idempotency-Key", "b").want(404, "resource_not_found")
	b.run(id, `{"about":"`+strings.Repeat("x", maxRunBody)+`"}`, "c").want(413, "payload_too_large")
	b.control("faults", `{"path":"`+runsPath+`","fault":"fail"}`)
	path := runsPath + "/" + b.run(id, `{"about":1}`, "d").text("data", "id")
	b.advance(60)
	if one := b.get(path); one.text("data", "status") != "partial" || one.text("data", "error", "node_id") != "show" || one.text("data", "outputs", 0, "status") != "failed" {
		t.Errorf("one of which a node failed: %s", one.body)
	}
	if nodes := b.get(path + "/nodes"); nodes.text("data", 1, "error", "code") != "node_failed" {
		t.Errorf("its nodes: %s", nodes.body)
	}
	b.do(http.MethodGet, path, "", "X-Api-Key", "sk_sandbox_no-previews").want(403, "forbidden")
}
