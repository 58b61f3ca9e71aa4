package refusals

import "heygen-mcp/heygen"

// The pages where a person mends what an agent cannot.
const (
	billingPage = "https://app.heygen.com/settings/billing"
	keysPage    = "https://app.heygen.com/settings/api"
)

// stepOf is what to do about one of HeyGen's error codes, "" where the class of the error says
// enough.
func stepOf(code string) string { return NextSteps()[code] }

// NextSteps are the next steps by HeyGen's codes, which are those that v3's documents and clients name.
func NextSteps() map[string]string {
	choose := func(from string) string { return "Choose an id from " + from + "." }
	const (
		upgrade   = "Ask the user to upgrade the plan at " + billingPage + "; calling again will not help."
		holdsMost = "The account may hold no more of these: ask the user which to delete, or to upgrade at " + billingPage + "."
		signIn    = "Call once more, since the client may renew the sign-in by itself; if that fails, ask the user to sign in again or to give a valid API key from " + keysPage + "."
		longer    = "Give a longer script of words that can be spoken."
		smaller   = "Make the file smaller, or upload it with create_asset_upload, which takes larger ones."
	)
	return map[string]string{
		// What costs more than there is.
		"insufficient_credit":     "Ask the user to top up at " + billingPage + ", or make something shorter; get_current_user shows what is left.",
		"trial_limit_exceeded":    upgrade,
		"plan_upgrade_required":   upgrade,
		"quota_exceeded":          "The plan's allowance is used up for now: ask the user to wait for its reset or to upgrade at " + billingPage + ".",
		"resource_limit_reached":  holdsMost,
		"resource_limit_exceeded": holdsMost,

		// Who may do what.
		"authentication_failed":       signIn,
		"unauthorized":                signIn,
		"authentication_required":     signIn,
		"forbidden":                   "Either the key lacks this permission (get_current_api_key shows what it may; new ones: " + keysPage + ") or the plan does not include it (" + billingPage + "): ask the user.",
		"resource_access_denied":      "It belongs to another account: choose one that the list tool of this kind shows.",
		"ai_vendor_access_restricted": "The workspace forbids this vendor's models: choose another engine, or ask its administrator.",
		"voice_not_usable":            "This plan may not use the voice: choose another from list_voices.",
		"avatar_consent_required":     "The person shown must consent first: create_avatar_consent makes a link for them. Until then choose another look.",

		// Ids that name nothing.
		"video_not_found":              choose("list_videos"),
		"avatar_not_found":             choose("list_avatar_looks"),
		"avatar_group_not_found":       choose("list_avatar_groups"),
		"voice_not_found":              choose("list_voices, or of HeyGen Voice from list_model_audio_voices"),
		"template_not_found":           choose("list_templates"),
		"asset_not_found":              choose("list_assets"),
		"webhook_not_found":            choose("list_webhook_endpoints"),
		"hyperframes_render_not_found": choose("list_hyperframes_renders"),

		// What was given and cannot be worked with.
		"download_failed":               "HeyGen could not fetch the URL. It must be public and lead to the file itself, not to a page or a sign-in; otherwise upload the file with create_asset_upload and give its asset_id.",
		"content_policy_violation":      "HeyGen's moderation refused the content: change the text or the picture, with the user.",
		"unlimited_mode_disabled":       "This avatar has no unlimited mode: choose another look or engine.",
		"voice_unavailable":             "The voice failed or has expired: choose another from list_voices, or clone it again.",
		"script_too_short":              longer,
		"tts_text_invalid":              longer,
		"hyperframes_project_invalid":   "The zip needs an index.html at its root, or name the composition; mend it and upload it again.",
		"payload_too_large":             smaller,
		"hyperframes_project_too_large": smaller,

		// What is only a matter of time.
		"request_in_progress":       "The same create is still running: call again with the same arguments in some seconds.",
		"resource_not_ready":        "It is not ready yet: wait for it with wait_for_jobs or its get tool, then call again.",
		"conflict":                  "It is in another state than this needs: look at it with its get tool, then decide.",
		"video_delete_failed":       "Call again in some seconds; get_video shows whether it is gone.",
		"gateway_timeout":           "A file was too slow to fetch: call again, or upload it with create_asset_upload first.",
		"ephemeral_upload_disabled": "The account cannot do this now: upload the file with create_asset_upload instead.",
		heygen.CodeCanceled:         "Call again if the answer is still wanted.",
	}
}
