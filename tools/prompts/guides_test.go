package prompts

import (
	"regexp"
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

// TestPricesOfGuides holds that every price in a guide is one of the table, put into its place.
func TestPricesOfGuides(t *testing.T) {
	t.Parallel()
	for _, g := range guides() {
		text := g.text()
		if left := regexp.MustCompile(`\{[a-z_0-9]+\}`).FindAllString(text, -1); len(left) > 0 {
			t.Errorf("%s has places that nothing fills: %v", g.name, left)
		}
		file, err := guideFiles.ReadFile("guides/" + g.name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		if prices := regexp.MustCompile(`\b0\.\d+\b|\d USD`).FindAllString(string(file), -1); g.name != "scripts" && len(prices) > 0 {
			t.Errorf("%s has prices of its own: %v", g.name, prices)
		}
	}
}
