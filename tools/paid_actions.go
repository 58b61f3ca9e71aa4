package tools

import (
	"net/url"

	"heygen-mcp/internal/words"
)

// PaidAction is what a paid tool does, in words for the person who pays, in English: "make a video", "made a video".
type PaidAction struct{ Do, Did string }

// PaidActionOf is what a tool does, in English; ok is false for one that costs nothing.
func PaidActionOf(tool string) (a PaidAction, ok bool) {
	do, did, ok := PaidActionTexts(tool)
	if !ok {
		return a, false
	}
	return PaidAction{do.String(), did.String()}, true
}

// PaidActionTexts is what a tool does, for a page; ok is false for one that costs nothing.
func PaidActionTexts(tool string) (do, did words.Text, ok bool) {
	key, ok := map[string]string{
		"create_ai_clipping":                    "clips",
		"create_avatar_realtime_session":        "live",
		"create_background_removal":             "background",
		"create_digital_twin":                   "twin",
		"create_filler_word_removal":            "fillers",
		"create_hyperframes_render":             "composition",
		"create_lipsync":                        "lipsync",
		"create_lipsync_batch":                  "lipsyncs",
		"create_photo_avatar":                   "photo_avatar",
		"create_podcast":                        "podcast",
		"create_prompt_avatar":                  "prompt_avatar",
		"create_proofread":                      "proofread",
		"create_speech":                         "speech",
		"create_template_batch":                 "templates",
		"create_video_agent":                    "agent",
		"create_video_batch":                    "videos",
		"create_video_from_avatar":              "video",
		"create_video_from_cinematic_avatar":    "cinematic",
		"create_video_from_image":               "image",
		"create_video_from_studio":              "scenes",
		"create_video_quality_comparison":       "comparison",
		"create_video_quality_comparison_batch": "comparisons",
		"create_video_translation":              "translated",
		"create_video_translation_batch":        "translations",
		"create_workflow_run":                   "workflow",
		"generate_from_proofread":               "proofread_video",
		"generate_from_template":                "template",
		"generate_model_speech":                 "speech",
		"generate_model_speech_with_timings":    "speech",
		"image_to_video":                        "image",
		"reference_to_video":                    "references",
		"send_avatar_realtime_text":             "live_text",
		"send_video_agent_message":              "agent_message",
		"text_to_video":                         "text",
	}[tool]
	return words.Of("deed." + key + ".do"), words.Of("deed." + key + ".did"), ok
}

// PageOf is where a person sees what a job made that this server does not show, in HeyGen's own app; "" where there is
// no such page.
func PageOf(kind, id string) string {
	if kind == videoAgentJob().Name {
		return agentPage + url.PathEscape(id)
	}
	return ""
}
