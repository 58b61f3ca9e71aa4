package refusals

import (
	"strings"
	"testing"

	"heygen-mcp/heygen"
)

// someTools are tools whose operations have ids of each kind.
func someTools() Tools {
	return Tools{
		"GET /v3/videos":                          "list_videos",
		"GET /v3/videos/{video_id}":               "get_video",
		"POST /v3/videos/batches":                 "create_video_batch",
		"GET /v3/videos/batches/{batch_id}":       "get_video_batch",
		"POST /v3/assets/direct-uploads/batches":  "create_asset_upload_batch",
		"GET /v3/assets/batches/{batch_id}":       "get_asset_batch",
		"GET /v3/voices":                          "list_voices",
		"GET /v3/voices/{voice_id}":               "get_voice",
		"GET /v3/models/audio/voices":             "list_model_audio_voices",
		"GET /v3/models/audio/voices/{voice_id}":  "get_model_audio_voice",
		"GET /v3/avatars/looks":                   "list_avatar_looks",
		"GET /v3/avatars/looks/{look_id}":         "get_avatar_look",
		"POST /v3/folders":                        "create_folder",
		"GET /v3/folders/{folder_id}":             "get_folder",
		"GET /v3/video-agents/styles":             "list_video_agent_styles",
		"GET /v3/video-agents":                    "list_video_agent_sessions",
		"GET /v3/video-agents/{session_id}":       "get_video_agent_session",
		"POST /v3/video-agents/{session_id}/stop": "stop_video_agent_session",
	}
}

// TestWhatIsNotFound holds which argument a 404 is told of, and where its ids come from.
func TestWhatIsNotFound(t *testing.T) {
	t.Parallel()
	op := func(text string) heygen.Op {
		method, path, _ := strings.Cut(text, " ")
		return heygen.Op{Method: method, Path: path}
	}
	create := op("POST /v3/videos")
	type given = map[string]any
	const nothing = "HeyGen finds nothing under "
	const refused = "HeyGen refused this call with status 404; heygen_message has its reason."
	for name, c := range map[string]struct {
		op                       heygen.Op
		code, param              string
		given                    given
		wantParam, message, step string
	}{
		"the argument in the path, whatever the code is": {
			op("GET /v3/avatars/looks/{look_id}"), "video_not_found", "", given{"look_id": "l"},
			"look_id", nothing + "the given look_id.", "Choose look_id from list_avatar_looks.",
		},
		"the argument that HeyGen names": {
			create, "not_found", "scenes[1].voice_id", given{"avatar_id": "a", "scenes": []any{given{"voice_id": "v"}}},
			"scenes[1].voice_id", nothing + "the given voice_id.",
			"Choose voice_id from list_voices, which shows own voices with type private.",
		},
		"the argument that the code speaks of": {
			create, "folder_not_found", "", given{"avatar_id": "a", "folder_id": "f"},
			"folder_id", nothing + "the given folder_id.",
			"folder_id: use what create_folder answered; HeyGen has no list of them.",
		},
		"one of several": {
			create, "not_found", "", given{"avatar_id": "a", "callback_id": "c", "style_id": "s"},
			"", nothing + "one of the given avatar_id, style_id.",
			"Choose avatar_id from list_avatar_looks. Choose style_id from list_video_agent_styles.",
		},
		"a name for an id that ends in another's": {
			create, "not_found", "", given{"reference_look_id": "l"},
			"reference_look_id", nothing + "the given reference_look_id.",
			"Choose reference_look_id from list_avatar_looks.",
		},
		"ids of one name are told apart by the operation": {
			op("POST /v3/models/audio/tts"), "voice_not_found", "", given{"voice_id": "v"},
			"voice_id", nothing + "the given voice_id.", "Choose voice_id from list_model_audio_voices.",
		},
		"lists of ids": {
			op("GET /v3/videos/statuses"), "not_found", "", given{"batch_ids": []any{"b"}},
			"batch_ids", nothing + "the given batch_ids.",
			"batch_ids: use what create_video_batch answered; HeyGen has no list of them.",
		},
		"a batch that another call begins": {
			op("POST /v3/assets/complete/batches"), "not_found", "", given{"batch_id": "b"},
			"batch_id", nothing + "the given batch_id.",
			"batch_id: use what create_asset_upload_batch answered; HeyGen has no list of them.",
		},
		"something in something": {
			op("GET /v3/video-agents/{session_id}/resources/{resource_id}"), "not_found", "",
			given{"session_id": "s", "resource_id": "r"},
			"", nothing + "one of the given session_id, resource_id.",
			"Choose session_id from list_video_agent_sessions. resource_id is one that get_video_agent_session shows.",
		},
		"a second delete": {
			op("DELETE /v3/videos/{video_id}"), "not_found", "", given{"video_id": "v"},
			"video_id", nothing + "the given video_id.",
			"If it was deleted before, nothing is left to do. Choose video_id from list_videos.",
		},
		"what no tool shows": {
			op("GET /v3/widgets/{widget_id}"), "not_found", "", given{"widget_id": "w"},
			"widget_id", nothing + "the given widget_id.", "Send an id as a list or get tool shows it.",
		},
		"a param that no argument has": {
			op("GET /v3/videos/{video_id}"), "not_found", "ignore_all_id",
			given{"video_id": "v"},
			"video_id", nothing + "the given video_id.", "Choose video_id from list_videos.",
		},
		"another thing than that of the path": {
			op("PUT /v3/video-translations/proofreads/{proofread_id}/srt"), "asset_not_found", "",
			given{"proofread_id": "p", "srt": "a"},
			"", refused, "Choose an id from list_assets.",
		},
		"no id at all, and a code that says more": {
			create, "asset_not_found", "", given{"script": "s"},
			"", refused, "Choose an id from list_assets.",
		},
		"no id at all": {
			create, "not_found", "", given{"script": "s"},
			"", refused,
			"No argument of this call is an id, so HeyGen does not offer this: tell the user.",
		},
	} {
		e := &heygen.Error{
			Op:      c.op,
			Status:  404,
			Code:    c.code,
			Param:   c.param,
			Message: "Not here.",
			Quoted:  true,
		}
		got := From(e, Attempt{Tools: someTools(), Given: c.given})
		if got.Param != c.wantParam || got.Message != c.message || got.NextStep != c.step {
			t.Errorf(
				"%s: got %q, %q, %q\nwant %q, %q, %q",
				name,
				got.Param,
				got.Message,
				got.NextStep,
				c.wantParam,
				c.message,
				c.step,
			)
		}
		if got.Code != c.code || got.HeyGenMessage != "Not here." || got.Retryable {
			t.Errorf("%s: got %+v, want HeyGen's code and message, not to be repeated", name, got)
		}
	}
}

// TestStepsNameToolsByOperation holds how names come into the words, and what stands there for an
// operation that no tool calls.
func TestStepsNameToolsByOperation(t *testing.T) {
	t.Parallel()
	got := someTools().fill("See <GET /v3/videos> and <GET /v3/widgets/{widget_id}>, if 1 < 2.")
	if want := "See list_videos and HeyGen's GET /v3/widgets/{widget_id}, if 1 < 2."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
