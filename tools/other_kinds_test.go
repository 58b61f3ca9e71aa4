package tools_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestIDsOfAnotherKind holds that a refusal says what an id is where HeyGen knows it as something
// else, at the cost of a few reads and of nothing where the id was found.
func TestIDsOfAnotherKind(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	items, _ := b.CallTool(t, "list_avatar_groups", `{"limit":1,"ownership":"public"}`)["items"].([]any)
	group, _ := items[0].(map[string]any)["group_id"].(string)
	video, _ := b.CallTool(t, "create_video_from_avatar", b.VideoArgs(t))["video_id"].(string)
	translation, _ := b.CallTool(t, "create_video_translation",
		`{"video":"https://files.example/v.mp4","output_languages":["Spanish (Spain)"]}`)["video_translation_ids"].([]any)
	proofreads, _ := b.CallTool(t, "create_proofread",
		`{"video":"https://files.example/v.mp4","title":"x","output_languages":["German"]}`)["proofread_ids"].([]any)
	batch := b.CallTool(t, "create_video_translation_batch",
		`{"video_translations":[{"video":"https://files.example/v.mp4","output_languages":["Italian"]}]}`)["batch_id"]
	model := b.CallTool(t, "text_to_video", `{"prompt":"A cat."}`)["video_id"]
	voices, _ := b.CallTool(t, "list_voices", `{"limit":1}`)["items"].([]any)
	voice := voices[0].(map[string]any)["voice_id"]
	for name, c := range map[string]struct{ tool, raw, message, step string }{
		"a model video's id for a video": {
			"get_video", fmt.Sprintf(`{"video_id":%q}`, model), "another kind", "get_model_video takes it",
		},
		"a proofread's id for a translation": {
			"get_video_translation", fmt.Sprintf(`{"video_translation_id":%q}`, proofreads[0]),
			"it is a proofread_id", "get_proofread takes it",
		},
		"a batch's id for a translation": {
			"get_video_translation", fmt.Sprintf(`{"video_translation_id":%q}`, batch),
			"it is a batch_id", "get_video_translation_batch takes it",
		},
		"a look's id for a video": {
			"get_video", fmt.Sprintf(`{"video_id":%q}`, b.FirstLook(t)), "it is a look_id", "get_avatar_look takes it",
		},
		"a voice's id for a look": {
			"create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, voice),
			"avatar_id: it is a voice_id", "Send it as voice_id instead. Choose avatar_id from list_avatar_looks",
		},
		"a voice's id for the avatar of a template": {
			"generate_from_template", fmt.Sprintf(`{"template_id":%q,"variables":{"presenter":{"type":"character","character_id":%q}}}`,
				firstTemplate(t, b), voice),
			"character_id: it is a voice_id", "get_voice",
		},
		"a translation's id to delete a video": {
			"delete_video", fmt.Sprintf(`{"video_id":%q}`, translation[0]),
			"it is a video_translation_id", "delete_video_translation takes it",
		},
		"an avatar's id for a look": {
			"create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, group),
			"avatar_id: it is a group_id", "list_avatar_looks with this group_id",
		},
		"a look's id for an avatar": {
			"get_avatar_group", fmt.Sprintf(`{"group_id":%q}`, b.FirstLook(t)),
			"group_id: it is a look_id", "get_avatar_look",
		},
		"a translation's id for a video": {
			"get_video", fmt.Sprintf(`{"video_id":%q}`, translation[0]),
			"it is a video_translation_id", "get_video_translation takes it",
		},
		"a video's id for a file": {
			"create_lipsync", fmt.Sprintf(`{"video":{"type":"asset_id","asset_id":%q},"audio":"https://files.example/a.mp3"}`, video),
			"asset_id: it is a video_id", "get_video gives its video_url",
		},
		"an id of nothing": {
			"get_video", `{"video_id":"nothing"}`, "HeyGen finds nothing under the given video_id.", "list_videos",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := b.CallTool(t, c.tool, c.raw)
			message, _ := res["message"].(string)
			step, _ := res["next_step"].(string)
			if !strings.Contains(message, c.message) || !strings.Contains(step, c.step) {
				t.Errorf("got %q, %q; want %q and %q", message, step, c.message, c.step)
			}
		})
	}
}

// TestRowsOfAnotherKind holds that each row of a deletion says what its id is, and which tool deletes that.
func TestRowsOfAnotherKind(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	video, _ := b.CallTool(t, "create_video_from_avatar", b.VideoArgs(t))["video_id"].(string)
	dubbed, _ := b.CallTool(t, "create_video_translation",
		`{"video":"https://files.example/v.mp4","output_languages":["Spanish (Spain)"]}`)["video_translation_ids"].([]any)
	lipsync, _ := b.CallTool(t, "create_lipsync",
		`{"video":"https://files.example/v.mp4","audio":"https://files.example/a.mp3"}`)["lipsync_id"].(string)
	res := b.CallTool(t, "delete_video", fmt.Sprintf(`{"video_ids":[%q,%q,%q,"nobody"]}`, video, dubbed[0], lipsync))
	items, _ := res["items"].([]any)
	for i, want := range []string{"", "delete_video_translation takes it", "delete_lipsync takes it", "list_videos"} {
		row, _ := items[i].(map[string]any)
		step, _ := row["next_step"].(string)
		if (want == "") != (row["deleted"] == true) || !strings.Contains(step, want) {
			t.Errorf("row %d is %v, want %q", i, row, want)
		}
	}
}

// firstTemplate is the id of a template.
func firstTemplate(t *testing.T, b *toolstest.Bench) string {
	t.Helper()
	items, _ := b.CallTool(t, "list_templates", `{"limit":1}`)["items"].([]any)
	return fmt.Sprint(items[0].(map[string]any)["template_id"])
}
