package refusals_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/toolstest"
)

// TestErrorCodes holds what an agent is told to do about error codes, wherever they come from. What
// HeyGen documents of each operation, tools/error_codes_test.go holds with the tools that call it.
func TestErrorCodes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code      string
		status    int
		retryable bool
		says      string
	}{
		{"invalid_parameter", 400, false, "Correct look_id"},
		{"download_failed", 400, false, "create_asset_upload"},
		{"resource_limit_reached", 400, false, "which to delete"},
		{"resource_limit_exceeded", 400, false, "which to delete"},
		{"content_policy_violation", 400, false, "change the text or the picture"},
		{"unlimited_mode_disabled", 400, false, "another look or engine"},
		{"voice_unavailable", 400, false, "list_voices"},
		{"script_too_short", 400, false, "longer script"},
		{"tts_text_invalid", 400, false, "longer script"},
		{"ephemeral_upload_disabled", 400, false, "create_asset_upload"},
		{"hyperframes_project_invalid", 400, false, "index.html"},
		{"authentication_failed", 401, false, "sign in again"},
		{"unauthorized", 401, false, "sign in again"},
		{"insufficient_credit", 402, false, refusals.BillingPage},
		{"trial_limit_exceeded", 402, false, "upgrade"},
		{"plan_upgrade_required", 402, false, "upgrade"},
		{"forbidden", 403, false, refusals.KeysPage},
		{"resource_access_denied", 403, false, "another account"},
		{"ai_vendor_access_restricted", 403, false, "another engine"},
		{"voice_not_usable", 403, false, "list_voices"},
		{"avatar_consent_required", 403, false, "create_avatar_consent"},
		{"video_not_found", 404, false, "look_id from list_avatar_looks"},
		{"avatar_not_found", 404, false, "look_id from list_avatar_looks"},
		{"avatar_group_not_found", 404, false, "look_id from list_avatar_looks"},
		{"voice_not_found", 404, false, "look_id from list_avatar_looks"},
		{"template_not_found", 404, false, "look_id from list_avatar_looks"},
		{"asset_not_found", 404, false, "look_id from list_avatar_looks"},
		{"hyperframes_render_not_found", 404, false, "look_id from list_avatar_looks"},
		{"webhook_not_found", 404, false, "look_id from list_avatar_looks"},
		{"resource_not_found", 404, false, "look_id from list_avatar_looks"},
		{"not_found", 404, false, "look_id from list_avatar_looks"},
		{"request_in_progress", 409, true, "in some seconds"},
		{"conflict", 409, false, "get_avatar_look shows it"},
		{"resource_not_ready", 409, true, "wait_for_jobs"},
		{"payload_too_large", 413, false, "create_asset_upload"},
		{"hyperframes_project_too_large", 413, false, "create_asset_upload"},
		{"rate_limit_exceeded", 429, true, "Wait 7 seconds"},
		{"quota_exceeded", 429, false, "reset"},
		{"internal_error", 500, true, "Call again"},
		{"video_delete_failed", 500, true, "get_video"},
		{"gateway_timeout", 504, true, "create_asset_upload"},
		{"voice_not_ready", 409, true, "wait_for_jobs with kind model_voice"},
		{"brand_kit_not_ready", 409, true, "wait_for_jobs with kind brand_kit"},
		{"service_unavailable", 503, true, "in some seconds"},
		// Codes that nobody knows yet are told by their status.
		{"a_code_of_tomorrow", 400, false, "Correct look_id"},
		{"a_code_of_tomorrow", 401, false, "sign in again"},
		{"a_code_of_tomorrow", 402, false, refusals.BillingPage},
		{"a_code_of_tomorrow", 403, false, "the permission avatars:read"},
		{"a_code_of_tomorrow", 404, false, "look_id from list_avatar_looks"},
		{"a_code_of_tomorrow", 409, false, "get_avatar_look shows it"},
		{"a_code_of_tomorrow", 413, false, "create_asset_upload"},
		{"a_code_of_tomorrow", 418, false, "Tell the user"},
		{"a_code_of_tomorrow", 422, false, "Correct look_id"},
		{"a_code_of_tomorrow", 429, true, "Wait 7 seconds"},
		{"a_code_of_tomorrow", 503, true, "Call again"},
	} {
		t.Run(fmt.Sprint(c.code, " ", c.status), func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.Header().Set("X-Request-Id", "req-1")
				if c.status == http.StatusTooManyRequests {
					w.Header().Set("Retry-After", "7")
				}
				w.WriteHeader(c.status)
				_, _ = fmt.Fprintf(w, `{"error":{"code":%q,"message":"In HeyGen's words.","param":"look_id","doc_url":null}}`, c.code)
			}))
			t.Cleanup(srv.Close)
			res := toolstest.NewAt(t, srv, "it has every code on one operation").CallTool(t, "get_avatar_look", `{"look_id":"L"}`)
			step, _ := res["next_step"].(string)
			if !strings.Contains(step, c.says) {
				t.Errorf("next_step is %q", step)
			}
			if res["error_code"] != c.code || res["heygen_message"] != "In HeyGen's words." || res["param"] != "look_id" || res["request_id"] != "req-1" {
				t.Errorf("it did not pass through whole: %v", res)
			}
			if res["retryable"] != c.retryable {
				t.Errorf("retryable is %v", res["retryable"])
			}
		})
	}
}
