package tools

import "net/url"

// Deed is what a paid tool does, in words for the person who pays: "make a video", "made a video".
type Deed struct{ Do, Did string }

// DeedOf is what a tool does, in words; ok is false for one that costs nothing.
func DeedOf(tool string) (d Deed, ok bool) {
	made := func(what string) Deed { return Deed{"make " + what, "made " + what} }
	d, ok = map[string]Deed{
		"create_ai_clipping":                    {"cut clips from a video", "cut clips from a video"},
		"create_avatar_realtime_session":        {"begin a session of a live avatar", "began a session of a live avatar"},
		"create_background_removal":             {"take the background out of a video", "took the background out of a video"},
		"create_digital_twin":                   made("a digital twin"),
		"create_filler_word_removal":            {"cut the filler words of a video", "cut the filler words of a video"},
		"create_hyperframes_render":             {"render a composition", "rendered a composition"},
		"create_lipsync":                        {"lip-sync a video", "lip-synced a video"},
		"create_lipsync_batch":                  {"lip-sync a batch of videos", "lip-synced a batch of videos"},
		"create_photo_avatar":                   made("a photo avatar"),
		"create_podcast":                        made("a podcast"),
		"create_prompt_avatar":                  made("an avatar from words"),
		"create_proofread":                      {"prepare a translation for proofreading", "prepared a translation for proofreading"},
		"create_speech":                         made("speech"),
		"create_template_batch":                 made("a batch of videos from a template"),
		"create_video_agent":                    {"give a video agent a task", "gave a video agent a task"},
		"create_video_batch":                    made("a batch of videos"),
		"create_video_from_avatar":              made("a video"),
		"create_video_from_cinematic_avatar":    made("a cinematic video"),
		"create_video_from_image":               made("a video from an image"),
		"create_video_from_studio":              made("a video of scenes"),
		"create_video_quality_comparison":       {"compare two videos", "compared two videos"},
		"create_video_quality_comparison_batch": {"compare a batch of videos", "compared a batch of videos"},
		"create_video_translation":              {"translate a video", "translated a video"},
		"create_video_translation_batch":        {"translate a batch of videos", "translated a batch of videos"},
		"create_workflow_run":                   {"run a workflow", "ran a workflow"},
		"generate_from_proofread":               made("a translation that was proofread"),
		"generate_from_template":                made("a video from a template"),
		"generate_model_speech":                 made("speech"),
		"generate_model_speech_with_timings":    made("speech"),
		"image_to_video":                        made("a video from an image"),
		"reference_to_video":                    made("a video from references"),
		"send_avatar_realtime_text":             {"have a live avatar speak", "had a live avatar speak"},
		"send_video_agent_message":              {"tell a video agent more", "told a video agent more"},
		"text_to_video":                         made("a video from words"),
	}[tool]
	return d, ok
}

// PageOf is where a person sees what a job made that this server does not show, in HeyGen's own app; "" where there is no
// such page.
func PageOf(kind, id string) string {
	if kind == videoAgentJob().Name {
		return agentPage + url.PathEscape(id)
	}
	return ""
}
