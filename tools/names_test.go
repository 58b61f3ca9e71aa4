package tools_test

import (
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools"
)

// hostedNames are the tools of HeyGen's own server as of autumn 2026 whose operation is known. An agent or a skill
// written for that server works here unchanged.
const hostedNames = `
bulk_asset_statuses bulk_lipsync_statuses bulk_video_statuses bulk_video_translation_statuses clone_voice
complete_asset_batch complete_asset_upload create_ai_clipping create_asset_upload create_asset_upload_batch
create_avatar_consent create_brand_glossary create_brand_kit create_digital_twin create_filler_word_removal
create_lipsync create_lipsync_batch create_photo_avatar create_prompt_avatar create_speech create_video_agent create_video_batch
create_video_from_avatar create_video_from_cinematic_avatar create_video_from_image create_video_from_studio
create_video_translation create_video_translation_batch delete_ai_clipping delete_asset delete_avatar_group
delete_avatar_look delete_brand_glossary delete_brand_kit delete_lipsync delete_model_audio_voice delete_video
delete_video_translation delete_voice design_voice generate_from_template generate_model_speech get_ai_clipping get_asset
get_asset_batch get_avatar_group get_avatar_look get_brand_glossary get_brand_kit get_current_user get_filler_word_removal
get_lipsync get_lipsync_batch get_model_audio_voice get_template get_video get_video_agent_resource
get_video_agent_session get_video_batch get_video_scenes get_video_translation get_video_translation_batch get_voice
list_ai_clipping list_assets list_avatar_groups list_avatar_looks list_brand_glossaries list_brand_kits list_lipsyncs
list_model_audio_voices list_templates list_video_agent_session_videos list_video_agent_sessions
list_video_agent_styles list_video_translation_languages list_video_translations list_videos list_voices
get_avatar_creation_status open_avatar_creator prepare_avatar_video search_audio_sounds send_video_agent_message show_video stop_video_agent_session update_avatar_group update_avatar_look
update_brand_glossary update_brand_kit update_lipsync update_video_translation upload_asset video_agent_generate`

// TestHostedNames holds that every name of HeyGen's own server is here.
func TestHostedNames(t *testing.T) {
	t.Parallel()
	infos := tools.Describe()
	for name := range strings.FieldsSeq(hostedNames) {
		if !slices.ContainsFunc(infos, func(i tools.Info) bool { return i.Name == name }) {
			t.Errorf("%s is missing", name)
		}
	}
}
