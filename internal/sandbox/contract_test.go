package sandbox

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// answerSchema compiles what v3 declares as the answer to one operation.
func answerSchema(t *testing.T, method, path string) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open("../../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	doc, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("https://v3.example/v3.json", doc); err != nil {
		t.Fatal(err)
	}
	pointer := strings.ReplaceAll(path, "/", "~1")
	pointer = strings.NewReplacer("{", "%7B", "}", "%7D").Replace(pointer)
	schema, err := c.Compile("https://v3.example/v3.json#/paths/" + pointer + "/" + strings.ToLower(method) +
		"/responses/200/content/application~1json/schema")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestAnswersFitTheContract(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	group := b.get("/v3/avatars").text("data", 0, "id")
	look := b.get("/v3/avatars/looks").text("data", 0, "id")
	voice := b.get("/v3/voices").text("data", 0, "voice_id")
	done := b.finished().text("data", "id")
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"fail"}`)
	failed := b.finished().text("data", "id")
	for _, c := range []struct{ method, template, path, body string }{
		{"GET", "/v3/users/me", "/v3/users/me", ""},
		{"GET", "/v3/avatars", "/v3/avatars?limit=2", ""},
		{"GET", "/v3/avatars", "/v3/avatars?ownership=private", ""},
		{"GET", "/v3/avatars/{group_id}", "/v3/avatars/" + group, ""},
		{"GET", "/v3/avatars/looks", "/v3/avatars/looks?limit=50", ""},
		{"GET", "/v3/avatars/looks/{look_id}", "/v3/avatars/looks/" + look, ""},
		{"GET", "/v3/voices", "/v3/voices?limit=100", ""},
		{"GET", "/v3/voices", "/v3/voices?type=private", ""},
		{"POST", "/v3/voices", "/v3/voices", `{"prompt":"calm"}`},
		{"GET", "/v3/voices/{voice_id}", "/v3/voices/" + voice, ""},
		{"POST", "/v3/videos", "/v3/videos", b.video(nil)},
		{"GET", "/v3/videos", "/v3/videos", ""},
		{"GET", "/v3/videos/statuses", "/v3/videos/statuses?batch_ids=b&video_ids=x," + done + "," + failed, ""},
		{"GET", "/v3/videos/{video_id}", "/v3/videos/" + done, ""},
		{"GET", "/v3/videos/{video_id}", "/v3/videos/" + failed, ""},
		{"DELETE", "/v3/videos/{video_id}", "/v3/videos/" + failed, ""},
	} {
		res := b.do(c.method, c.path, c.body).want(http.StatusOK, "")
		if err := answerSchema(t, c.method, c.template).Validate(res.at()); err != nil {
			t.Errorf("%s %s: %v", c.method, c.path, err)
		}
	}
}
