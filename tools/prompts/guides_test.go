package prompts

import (
	"strings"
	"testing"
)

// TestErrorGuide holds that the guide to errors has every code that has an advice of its own.
func TestErrorGuide(t *testing.T) {
	t.Parallel()
	text := guide{name: "errors"}.text()
	source := strings.FieldsSeq(`insufficient_credit trial_limit_exceeded plan_upgrade_required quota_exceeded resource_limit_reached
		resource_limit_exceeded authentication_failed unauthorized forbidden resource_access_denied ai_vendor_access_restricted
		voice_not_usable avatar_consent_required download_failed content_policy_violation unlimited_mode_disabled voice_unavailable
		script_too_short tts_text_invalid hyperframes_project_invalid payload_too_large hyperframes_project_too_large
		request_in_progress resource_not_ready conflict video_delete_failed gateway_timeout rate_limit_exceeded internal_error`)
	for code := range source {
		if !strings.Contains(text, code) {
			t.Errorf("the guide says nothing of %s", code)
		}
	}
}
