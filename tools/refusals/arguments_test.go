package refusals_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// toJSON writes arguments.
func toJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestArgumentsUnderOurNames holds that a fault which HeyGen finds is told of the tool's own
// argument, with what was sent, whatever HeyGen calls it.
func TestArgumentsUnderOurNames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tool, given, param, said string // param and said are HeyGen's
		want, message, step      string
	}{
		"a path into the body": {
			"create_lipsync", `{"video":"https://a.example/v.mp4","audio":{"type":"asset_id","asset_id":"as_1"}}`,
			"body.audio.asset_id", "It is wrong.", "audio.asset_id", `which was sent as "as_1"`, "Id of an uploaded asset",
		},
		"a file under a name of its own": {
			"clone_voice", `{"voice_name":"Mine","audio":"https://a.example/v.mp3"}`,
			"file", "It is wrong.", "audio", `which was sent as {"type":"url"`, "Correct audio",
		},
		"places as pydantic writes them": {
			"create_video_batch", `{"videos":[{"avatar_id":"a","script":"Hello you."},{"avatar_id":"b","script":"Hello."}]}`,
			"body.videos.1.avatar_id", "It is wrong.", "videos[1].avatar_id", `which was sent as "b"`, "send the whole list again",
		},
		"the name of a kind within": {
			"create_lipsync", `{"video":"https://a.example/v.mp4","audio":"https://a.example/v.mp3"}`,
			"video.url.url", "It is wrong.", "video.url", "https://a.example/v.mp4", "Public",
		},
		"a file on a network of the user's": {
			"create_lipsync", `{"video":"http://192.168.1.10/v.mp4","audio":"https://a.example/v.mp3"}`,
			"video", "It is wrong.", "video", "192.168.1.10", "HeyGen cannot reach 192.168.1.10",
		},
		"a file on the user's machine": {
			"create_lipsync", `{"video":"https://a.example/v.mp4","audio":"https://localhost:3000/v.mp3"}`,
			"audio.url", "It is wrong.", "audio.url", "localhost", "create_asset_upload",
		},
		"only in the text": {
			"create_speech", `{"text":"Hello.","voice_id":"v","speed":1.9}`,
			"", "'speed' is too fast.", "speed", "which was sent as 1.9", "Correct speed",
		},
		"nothing that this tool has": {
			"create_speech", `{"text":"Hello.","voice_id":"v"}`,
			"workspace", "It is wrong.", "", "status 400", "heygen_message speaks of",
		},
		"a voice of another engine": {
			"create_speech", `{"text":"Hello.","voice_id":"v"}`,
			"voice_id", "It is wrong.", "voice_id", `which was sent as "v"`, "list_voices with engine starfish",
		},
		"a look without a voice": {
			"create_video_from_avatar", `{"avatar_id":"a","script":"Hello you."}`,
			"voice_id", "It is wrong.", "voice_id", "which was not sent", "update_avatar_group with default_voice_id",
		},
		"an engine that a look lacks": {
			"create_video_from_avatar", `{"avatar_id":"a","script":"Hello you.","engine":"avatar_v"}`,
			"engine.type", "It is wrong.", "engine.type", `which was sent as "avatar_v"`, "supported_api_engines",
		},
		"an engine that was left out": {
			"create_video_from_avatar", `{"avatar_id":"a","script":"Hello you."}`,
			"engine.type", "It is wrong.", "engine.type", "which was not sent", "Without engine it is avatar_iv",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusBadRequest)
				_, _ = io.WriteString(w, fmt.Sprintf(`{"error":{"code":"invalid_parameter","message":%q,"param":%q}}`, c.said, c.param))
			}, "it names arguments in ways of its own")
			res := b.CallTool(t, c.tool, c.given)
			param, _ := res["param"].(string)
			message, _ := res["message"].(string)
			step, _ := res["next_step"].(string)
			if param != c.want || !strings.Contains(message, c.message) || !strings.Contains(step, c.step) {
				t.Errorf("got %q, %q, %q; want %q, %q and %q", param, message, step, c.want, c.message, c.step)
			}
			if res["heygen_message"] != c.said {
				t.Errorf("got HeyGen's words as %q, want %q", res["heygen_message"], c.said)
			}
		})
	}
}
