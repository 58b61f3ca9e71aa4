package refusals

import "heygen-mcp/heygen"

// The pages where a person mends what an agent cannot.
const (
	billingPage = "https://app.heygen.com/settings/billing"
	keysPage    = "https://app.heygen.com/settings/api"
)

// stepOf is what to do about one of HeyGen's error codes, "" where the class of the error says
// enough. The codes are those that v3's documents and clients name.
func stepOf(code string) string {
	for _, family := range []func(string) string{moneyStep, accessStep, missingStep, inputStep, laterStep} {
		if step := family(code); step != "" {
			return step
		}
	}
	return ""
}

// moneyStep covers what costs more than there is.
func moneyStep(code string) string {
	switch code {
	case "insufficient_credit":
		return "Ask the user to top up at " + billingPage + ", or make something shorter; get_current_user shows what is left."
	case "trial_limit_exceeded", "plan_upgrade_required":
		return "Ask the user to upgrade the plan at " + billingPage + "; calling again will not help."
	case "quota_exceeded":
		return "The plan's allowance is used up for now: ask the user to wait for its reset or to upgrade at " + billingPage + "."
	case "resource_limit_reached", "resource_limit_exceeded":
		return "The account may hold no more of these: ask the user which to delete, or to upgrade at " + billingPage + "."
	}
	return ""
}

// accessStep covers who may do what.
func accessStep(code string) string {
	switch code {
	case "authentication_failed", "unauthorized", "authentication_required":
		return "Call once more, since the client may renew the sign-in by itself; if that fails, ask the user to sign in again or to give a valid API key from " + keysPage + "."
	case "forbidden":
		return "Either the key lacks this permission (get_current_api_key shows what it may; new ones: " + keysPage + ") or the plan does not include it (" + billingPage + "): ask the user."
	case "resource_access_denied":
		return "It belongs to another account: choose one that the list tool of this kind shows."
	case "ai_vendor_access_restricted":
		return "The workspace forbids this vendor's models: choose another engine, or ask its administrator."
	case "voice_not_usable":
		return "This plan may not use the voice: choose another from list_voices."
	case "avatar_consent_required":
		return "The person shown must consent first: create_avatar_consent makes a link for them. Until then choose another look."
	}
	return ""
}

// missingStep covers ids that name nothing.
func missingStep(code string) string {
	lister := ""
	switch code {
	case "video_not_found":
		lister = "list_videos"
	case "avatar_not_found":
		lister = "list_avatar_looks"
	case "avatar_group_not_found":
		lister = "list_avatar_groups"
	case "voice_not_found":
		lister = "list_voices, or of HeyGen Voice from list_model_audio_voices"
	case "template_not_found":
		lister = "list_templates"
	case "asset_not_found":
		lister = "list_assets"
	case "webhook_not_found":
		lister = "list_webhook_endpoints"
	case "hyperframes_render_not_found":
		lister = "list_hyperframes_renders"
	default:
		return ""
	}
	return "Choose an id from " + lister + "."
}

// inputStep covers what was given and cannot be worked with.
func inputStep(code string) string {
	switch code {
	case "download_failed":
		return "HeyGen could not fetch the URL. It must be public and lead to the file itself, not to a page or a sign-in; otherwise upload the file with create_asset_upload and give its asset_id."
	case "content_policy_violation":
		return "HeyGen's moderation refused the content: change the text or the picture, with the user."
	case "unlimited_mode_disabled":
		return "This avatar has no unlimited mode: choose another look or engine."
	case "voice_unavailable":
		return "The voice failed or has expired: choose another from list_voices, or clone it again."
	case "script_too_short", "tts_text_invalid":
		return "Give a longer script of words that can be spoken."
	case "hyperframes_project_invalid":
		return "The zip needs an index.html at its root, or name the composition; mend it and upload it again."
	case "payload_too_large", "hyperframes_project_too_large":
		return "Make the file smaller, or upload it with create_asset_upload, which takes larger ones."
	}
	return ""
}

// laterStep covers what is only a matter of time.
func laterStep(code string) string {
	switch code {
	case "request_in_progress":
		return "The same create is still running: call again with the same arguments in some seconds."
	case "resource_not_ready":
		return "It is not ready yet: wait for it with wait_for_jobs or its get tool, then call again."
	case "conflict":
		return "It is in another state than this needs: look at it with its get tool, then decide."
	case "video_delete_failed":
		return "Call again in some seconds; get_video shows whether it is gone."
	case "gateway_timeout":
		return "A file was too slow to fetch: call again, or upload it with create_asset_upload first."
	case "ephemeral_upload_disabled":
		return "The account cannot do this now: upload the file with create_asset_upload instead."
	case heygen.CodeCanceled:
		return "Call again if the answer is still wanted."
	}
	return ""
}
