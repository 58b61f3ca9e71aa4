package tools_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestModelVideosNameModelAndMode holds that each tool asks for its own mode of the one model: a
// body without a mode would be one with references, which costs twice as much.
func TestModelVideosNameModelAndMode(t *testing.T) {
	t.Parallel()
	var body []byte
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, `{"data":{"video_id":"v","status":"pending"}}`)
	})
	for tool, args := range map[string]string{
		"text_to_video":      `{"prompt":"x"}`,
		"image_to_video":     `{"prompt":"x","image":"https://files.example/a.png"}`,
		"reference_to_video": `{"prompt":"x","reference_images":["https://files.example/a.png"]}`,
	} {
		made := b.CallTool(t, tool, args)
		var sent struct{ Model, Mode, Prompt string }
		if err := json.Unmarshal(body, &sent); err != nil {
			t.Fatalf("%s sent %s: %v", tool, body, err)
		}
		if sent.Model != "heygen-video-1" || sent.Mode != tool || sent.Prompt != "x" {
			t.Errorf("%s sent %s, want model heygen-video-1 and its own mode", tool, body)
		}
		if made["video_id"] != "v" || waitKind(made) != "model_video" {
			t.Errorf("%s answered %v, want video_id v of kind model_video", tool, made)
		}
	}
}

// waitKind is the kind of job that an answer says to wait for.
func waitKind(made map[string]any) any {
	with, _ := made["wait_with"].(map[string]any)
	return with["kind"]
}

// TestModelVideoEstimates holds what a video is said to cost before it is made, and how many
// references are taken.
func TestModelVideoEstimates(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	pictures := strings.TrimSuffix(strings.Repeat(`"https://files.example/a.png",`, 9), ",")
	sounds := strings.TrimSuffix(strings.Repeat(`"https://files.example/a.mp3",`, 3), ",")
	for _, c := range []struct {
		tool, args string
		want       any // estimated_cost_usd
	}{
		{"text_to_video", `"resolution":"480p","duration":15`, 0.3},
		{"text_to_video", `"resolution":"1080p"`, 0.45}, // at most: no price is published
		{"text_to_video", `"resolution":"2k","aspect_ratio":"9:16"`, 0.45},
		{"image_to_video", `"image":"https://files.example/a.png"`, 0.15},
		{
			"reference_to_video",
			`"reference_images":[` + pictures + `],"reference_audio":[` + sounds + `]`,
			0.3,
		},
		{"reference_to_video", `"reference_videos":["https://files.example/a.mp4"]`, 18.3},
		{"reference_to_video", `"reference_videos":["https://files.example/unknown"]`, nil},
	} {
		made := b.CallTool(t, c.tool, fmt.Sprintf(`{"prompt":"x",%s}`, c.args))
		if made["error"] != nil || made["estimated_cost_usd"] != c.want {
			t.Errorf("%s %s answered %v, want %v USD", c.tool, c.args, made, c.want)
		}
	}
}
