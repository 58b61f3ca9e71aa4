package tools_test

import (
	"fmt"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/toolstest"
)

// TestScenesTravelAsTheyAre holds that what is published without its members reaches v3 with them: zeros, the mode that
// the contract does not name, and all of it inside a batch too.
func TestScenesTravelAsTheyAre(t *testing.T) {
	t.Parallel()
	rec := &recorder{}
	srv := httptest.NewServer(rec)
	t.Cleanup(srv.Close)
	b := toolstest.NewAt(t, srv, "it answers everything without data")
	scenes := `[{"type":"video","source":{"type":"url","url":"https://a.b/c.mp4"},"playback":{"mute":false,"volume":0,"mode":"loop"}},
		{"type":"image","source":{"type":"asset_id","asset_id":"a"},"script":"x","voice_id":"v","voice_settings":{"volume":0,"pitch":0}},
		{"type":"image","source":{"type":"asset_id","asset_id":"a"},"duration":0.5}]`
	want := mustDecode(t, `{"scenes":`+scenes+`}`)["scenes"]
	if res := b.CallTool(t, "create_video_from_studio", `{"scenes":`+scenes+`,"folder_id":""}`); res["error"] != nil {
		t.Fatalf("got %v, want error nil", res)
	}
	sent := decoded(t, rec.body)
	if !reflect.DeepEqual(sent["scenes"], want) || sent["type"] != "studio" || sent["folder_id"] != "" {
		t.Errorf("sent %v", sent)
	}
	if res := b.CallTool(t, "create_video_batch", `{"videos":[{"type":"studio","scenes":`+scenes+`}]}`); res["error"] != nil {
		t.Fatalf("got %v, want error nil", res)
	}
	videos, _ := decoded(t, rec.body)["videos"].([]any)
	if one, _ := videos[0].(map[string]any); !reflect.DeepEqual(one["scenes"], want) || one["type"] != "studio" {
		t.Errorf("sent %v", videos)
	}
}

// decoded is a body as this package decodes one, with the numbers as they are written.
func decoded(t *testing.T, body map[string]any) map[string]any {
	t.Helper()
	raw, err := jsonwrite.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return mustDecode(t, string(raw))
}

// TestSilentScenes holds that a voice without words is refused, with the way out.
func TestSilentScenes(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for _, scene := range []string{
		`{"type":"video","source":"https://a.b/c.mp4","voice_id":"v"}`,
		`{"type":"video","source":"https://a.b/c.mp4","voice_settings":{"speed":1.2}}`,
		`{"type":"image","source":"https://a.b/c.png","duration":2,"voice_id":"v"}`,
	} {
		res := b.CallTool(t, "create_video_from_studio", `{"scenes":[`+scene+`]}`)
		param, _ := res["param"].(string)
		if !strings.HasPrefix(param, "scenes[0].voice_") || !strings.Contains(fmt.Sprint(res["next_step"]), "leave "+strings.TrimPrefix(param, "scenes[0].")+" out") {
			t.Errorf("%s: %v", scene, res)
		}
	}
}
