package jobs_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
	"heygen-mcp/tools/vocabulary"
)

// toolsOf are the get and the list tool of each kind of job, by the name of the kind.
func toolsOf() map[string][2]string {
	return map[string][2]string{
		"video":                   {"get_video", "list_videos"},
		"video_batch":             {"get_video_batch", ""},
		"video_translation":       {"get_video_translation", "list_video_translations"},
		"video_translation_batch": {"get_video_translation_batch", ""},
		"proofread":               {"get_proofread", ""},
		"lipsync":                 {"get_lipsync", "list_lipsyncs"},
		"lipsync_batch":           {"get_lipsync_batch", ""},
		"ai_clipping":             {"get_ai_clipping", "list_ai_clipping"},
		"background_removal":      {"get_background_removal", "list_background_removals"},
		"filler_word_removal":     {"get_filler_word_removal", ""},
		"hyperframes_render":      {"get_hyperframes_render", "list_hyperframes_renders"},
		"voice_clone":             {"get_voice", "list_voices"},
		"model_voice":             {"get_model_audio_voice", "list_model_audio_voices"},
		"avatar_look":             {"get_avatar_look", "list_avatar_looks"},
		"brand_kit":               {"get_brand_kit", "list_brand_kits"},
		"video_agent":             {"get_video_agent_session", "list_video_agent_sessions"},
		"model_video":             {"get_model_video", ""},
		"podcast":                 {"get_podcast", "list_podcasts"},
		"workflow_run":            {"get_workflow_run", "list_workflow_runs"},
		"video_quality":           {"get_video_quality_comparison", ""},
		"video_quality_batch":     {"get_video_quality_comparison_batch", ""},
		"avatar_realtime":         {"get_avatar_realtime_session", ""},
	}
}

// idArgument is the one required argument of a get tool.
func idArgument(t *testing.T, tool string) string {
	t.Helper()
	for _, info := range tools.Describe() {
		var schema struct{ Required []string }
		if info.Name != tool {
			continue
		}
		if err := json.Unmarshal(info.InputSchema, &schema); err != nil || len(schema.Required) != 1 {
			t.Fatalf("%s takes %v (%v), want one id", tool, schema.Required, err)
		}
		return schema.Required[0]
	}
	t.Fatalf("there is no %s", tool)
	return ""
}

// TestOneNameAndOneState holds for every kind that create, get, list and wait tell the id of a job
// by the name by which the get tool takes it, and that all tell the same state.
func TestOneNameAndOneState(t *testing.T) {
	t.Parallel()
	for kind := range toolstest.New(t).Creates(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			b := toolstest.New(t)
			create := b.Creates(t)[kind]
			of, ok := toolsOf()[kind]
			if !ok {
				t.Fatalf("toolsOf has no %s", kind)
			}
			name := idArgument(t, of[0])
			made := b.CallTool(t, create[0], create[1])
			id, _ := made[name].(string)
			if many, ok := made[name+"s"].([]any); ok {
				id, _ = many[0].(string)
			}
			if id == "" || otherID(made, id) || !known(made["state"]) {
				t.Fatalf("%s answers %v, want a %s and a state", create[0], made, name)
			}
			for _, seconds := range []string{"0", "1", "3600"} {
				b.Pass(t, seconds)
				got := b.CallTool(t, of[0], fmt.Sprintf(`{%q:%q}`, name, id))
				if got[name] != id || otherID(got, id) || !known(got["state"]) {
					t.Errorf("%s answers %v, want %s %s and a state", of[0], got, name, id)
				}
				sameInWait(t, b, kind, name, id, got["state"])
				if of[1] != "" {
					sameInList(t, b, of[1], name, id, got["state"])
				}
			}
		})
	}
}

// otherID reports whether HeyGen's own name of the id stays with another id under it.
func otherID(object map[string]any, id string) bool { return object["id"] != nil && object["id"] != id }

// known reports whether a state is one of the six.
func known(state any) bool {
	switch s, _ := state.(string); vocabulary.State(s) {
	case vocabulary.Pending, vocabulary.Running, vocabulary.NeedsInput, vocabulary.Done, vocabulary.Failed, vocabulary.Canceled:
		return true
	}
	return false
}

// sameInWait holds that a wait tells a job by the name and in the state.
func sameInWait(t *testing.T, b *toolstest.Bench, kind, name, id string, state any) {
	t.Helper()
	waited := b.CallTool(t, "wait_for_jobs", fmt.Sprintf(`{"kind":%q,"ids":[%q],"timeout_seconds":0}`, kind, id))
	for _, list := range []string{"done", "asking", "pending"} {
		rows, _ := waited[list].([]any)
		if len(rows) == 0 {
			continue
		}
		if row, _ := rows[0].(map[string]any); row[name] != id || otherID(row, id) || row["state"] != state {
			t.Errorf("a wait has %v under %s, want %s %s in the state %v", row, list, name, id, state)
		}
		return
	}
	t.Errorf("a wait answers %v, want %s %s", waited, name, id)
}

// sameInList holds that a list tells a job by the name and, where it tells a status, in the state.
// A job that is no resource yet may be missing.
func sameInList(t *testing.T, b *toolstest.Bench, tool, name, id string, state any) {
	t.Helper()
	rows, _ := b.CallTool(t, tool, `{}`)["items"].([]any)
	for _, r := range rows {
		row, _ := r.(map[string]any)
		if row[name] == nil || row["id"] != nil && row["id"] != row[name] || row["status"] != nil && !known(row["state"]) {
			t.Errorf("%s has %v, want a %s, and a state with a status", tool, row, name)
		}
		if row[name] == id && row["status"] != nil && row["state"] != state {
			t.Errorf("%s has %v, want the state %v", tool, row, state)
		}
	}
}
