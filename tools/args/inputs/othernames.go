package inputs

import (
	"slices"
	"strings"

	"heygen-mcp/tools/args/spelling"
)

// IsIDUnder reports whether an id of the argument may be given under a name: {look_id: x} where a look is due as
// avatar_id, and any id where ids of all kinds are.
func (f *Field) IsIDUnder(name string) bool {
	if !f.IsID() || !strings.HasSuffix(name, "_id") {
		return false
	}
	return f.Name == "ids" || slices.ContainsFunc(otherNames(), func(group []string) bool {
		return group[0] == f.Name && slices.Contains(group, name)
	})
}

// otherNames are names for one thing, from HeyGen's v2 API, ElevenLabs, other video APIs and
// everyday words. An unknown name of a group means the first of the group that there is.
func otherNames() [][]string {
	return [][]string{
		{"script", "text", "prompt", "message", "input_text", "content", "narration", "speech_text", "script_text", "transcript",
			"dialogue", "input", "spoken_text", "tts_text", "lines", "instructions", "description"},
		{"caption", "enable_caption", "captions", "subtitles", "subtitle", "enable_subtitles", "burn_captions"},
		{"aspect_ratio", "dimension", "dimensions", "orientation", "ratio", "video_size", "video_orientation", "width", "height"},
		{"resolution", "quality", "video_quality", "definition"},
		{"callback_url", "url", "webhook_url", "webhook", "callback", "notify_url", "notification_url"},
		{"callback_id", "custom_id", "external_id", "metadata"},
		{"voice_id", "voice", "voice_name", "speaker", "speaker_id", "voice_uuid"},
		{"avatar_id", "look_id", "avatar", "look", "avatar_look_id", "talking_photo_id", "talking_photo", "character", "presenter", "actor"},
		{"look_id", "avatar_id"},
		{"group_id", "avatar_group_id", "avatar_group", "group"},
		{"output_languages", "output_language", "target_language", "target_languages", "target_lang", "to_language", "languages", "language", "lang"},
		{"language", "locale", "lang", "language_code", "lang_code"},
		{"input_language", "source_language", "source_lang", "from_language", "original_language"},
		{"video", "video_url", "source_video", "input_video", "video_file", "source_url", "video_asset_id"},
		{"audio", "audio_url", "audio_file", "source_audio", "input_audio", "sound", "recording"},
		{"image", "image_url", "photo", "photo_url", "picture", "image_file", "image_key", "image_asset_id"},
		{"file", "file_url", "asset", "attachment", "upload"},
		{"background", "background_color", "background_image", "background_url", "bg", "backdrop"},
		{"speed", "rate", "speaking_rate", "voice_speed", "pace", "tempo"},
		{"volume", "gain", "loudness"},
		{"limit", "page_size", "per_page", "max_results", "count", "top", "first"},
		{"token", "page_token", "next_token", "next_page_token", "cursor", "page", "after", "offset", "start"},
		{"title", "name", "video_name", "video_title", "label", "display_name"},
		{"name", "title", "voice_name", "avatar_name", "folder_name", "display_name", "label"},
		{"voice_name", "name", "title"},
		{"folder_id", "folder", "project_id", "parent_id", "directory"},
		{"ids", "id", "job_ids", "video_ids", "job_id", "jobs"},
		{"state", "status"},
		{"kind", "type", "job_type", "job_kind"},
		{"timeout_seconds", "timeout", "wait_seconds", "max_wait", "max_wait_seconds", "wait"},
		{"engine", "model", "avatar_engine", "avatar_version", "model_id", "engine_type", "use_avatar_iv_model"},
		{"brand_glossary_id", "glossary_id", "glossary", "brand_voice_id"},
		{"brand_kit_id", "brand_kit", "kit_id", "brand_id"},
		{"events", "event_types", "event_type", "topics"},
		{"index", "number", "cue", "cue_index", "cue_number", "line", "idx", "position", "id"},
		{"text", "new_text", "corrected_text", "new", "replacement", "translation"},
		{"endpoint_id", "webhook_id"},
		{"motion_prompt", "motion", "gesture", "gestures", "custom_motion_prompt", "movement"},
		{"duration", "length", "duration_seconds", "seconds"},
		{"gender", "sex"},
		{"variables", "template_variables", "replacements", "fields", "placeholders"},
		{"idempotency_key", "request_id", "dedupe_key"},
		{"style_id", "style"},
		{"session_id", "video_agent_id", "conversation_id", "thread_id"},
		{"mode", "translation_mode", "quality_mode"},
		{"speaker_num", "speakers", "num_speakers", "speaker_count"},
	}
}

// Foreign finds what another API's name for a thing is called here.
func (p *Spec) Foreign(name string) (string, bool) {
	plain := spelling.Plain(name)
	for _, group := range otherNames() {
		if !slices.ContainsFunc(group, func(other string) bool { return spelling.Plain(other) == plain }) {
			continue
		}
		for _, known := range group {
			if p.Has(known) {
				return known, true
			}
		}
	}
	return "", false
}
