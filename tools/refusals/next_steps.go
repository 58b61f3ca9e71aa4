package refusals

import (
	"maps"

	"heygen-mcp/heygen"
)

// The pages where a person mends what an agent cannot.
const (
	billingPage = "https://app.heygen.com/settings/billing"
	keysPage    = "https://app.heygen.com/settings/api"
)

// stepOf is what to do about an error code whose operation is not known; "" for a code that nobody
// knows.
func stepOf(code string) string { return Tools(nil).fill(NextSteps()[code]) }

// NextSteps are the next steps by HeyGen's codes, which are those that v3's documents and clients
// name. A key is a code, or a code and the operation on which it means something of its own. An
// operation in angle brackets stands for the tool that calls it.
func NextSteps() map[string]string {
	all := accessSteps()
	for _, more := range []func() map[string]string{
		notFoundSteps, inputSteps, fileSteps, timeSteps, workflowSteps,
	} {
		maps.Copy(all, more())
	}
	return all
}

// accessSteps are about what costs more than there is, and who may do what.
func accessSteps() map[string]string {
	const (
		upgrade = "Ask the user to upgrade the plan at " + billingPage + "; calling again will " +
			"not help."
		holdsMost = "The account may hold no more of these: ask the user which to delete, or to " +
			"upgrade at " + billingPage + "."
		signIn = "Call once more, since the client may renew the sign-in by itself; if that " +
			"fails, ask the user to sign in again or to give a valid API key from " + keysPage + "."
		topUp = "Ask the user to top up at " + billingPage + ", or "
		left  = "; get_current_user shows what is left."
		owner = "The kit belongs to another workspace, which shares it: it can be used here, and " +
			"only its owner can change or delete it. create_brand_kit makes an own one."
	)
	return map[string]string{
		codeNoCredit: topUp + "make something shorter" + left, // of a job that failed
		"insufficient_credit POST /v3/models/audio/tts":        topUp + "speak a shorter text" + left,
		"insufficient_credit POST /v3/models/audio/tts/stream": topUp + "speak a shorter text" + left,
		"insufficient_credit POST /v3/filler-word-removals":    topUp + "give a shorter video" + left,
		"trial_limit_exceeded":                                 upgrade,
		"plan_upgrade_required":                                upgrade,
		"plan_upgrade_required POST /v3/voices/clone": "The free plan clones no voices: ask the " +
			"user to upgrade at " + billingPage + ", or choose a voice from list_voices or " +
			"design_voice.",
		"quota_exceeded": "The plan's allowance is used up for now: ask the user to wait for its " +
			"reset or to upgrade at " + billingPage + ".",
		"resource_limit_reached":  holdsMost,
		"resource_limit_exceeded": holdsMost,
		"resource_limit_reached POST /v3/voices/clone": "The account has as many cloned voices " +
			"as it may: list_voices shows them with type private. Ask the user which of them " +
			"delete_voice may delete.",
		"resource_limit_reached POST /v3/models/audio/voices": "The account has no slot for one " +
			"more professional voice, or no training left this month. Ask the user which of " +
			"list_model_audio_voices delete_model_audio_voice may delete, or to buy a slot at " +
			billingPage + ".",

		"authentication_failed":   signIn,
		"unauthorized":            signIn,
		"authentication_required": signIn,
		"resource_access_denied": "It belongs to another account: choose one that the list tool " +
			"of this kind shows.",
		"resource_access_denied PATCH /v3/avatars/{group_id}": "This avatar may be used here and " +
			"not be changed: list_avatar_groups with ownership private shows the account's own.",
		"resource_access_denied PATCH /v3/brand-kits/{brand_kit_id}":  owner,
		"resource_access_denied DELETE /v3/brand-kits/{brand_kit_id}": owner,
		"resource_access_denied DELETE /v3/voices/{voice_id}": "A template uses this voice: ask " +
			"the user to give the template another one at HeyGen first.",
		"ai_vendor_access_restricted": "The workspace forbids this vendor's models: choose " +
			"another engine, or ask its administrator.",
		"voice_not_usable": "This plan may not use the voice: choose another from list_voices.",
		"voice_not_usable PATCH /v3/avatars/{group_id}": "The workspace may not use this voice: " +
			"choose another as default_voice_id from list_voices.",
		"avatar_consent_required": "The person shown must consent first: create_avatar_consent " +
			"makes a link for them. Until then choose another look.",

		// A 403 names no permission. What the operation needs is added to these.
		"forbidden": "",
		"forbidden DELETE /v3/avatars/looks/{look_id}": "A public look cannot be deleted: " +
			"list_avatar_looks with ownership private shows those that can.",
		"forbidden PATCH /v3/avatars/{group_id}": "The workspace may let only the avatar's owner " +
			"and its administrators change it: ask the user.",
		"forbidden POST /v3/brand-kits": "The workspace may forbid new brand kits: ask the user, " +
			"or choose one from list_brand_kits.",
	}
}

// notFoundSteps are for codes that speak of an id which no argument of the call has: those of jobs
// that failed, and of what HeyGen took from elsewhere. Else the argument says more than the code.
func notFoundSteps() map[string]string {
	choose := func(from string) string { return "Choose an id from " + from + "." }
	return map[string]string{
		"video_not_found":        choose("list_videos"),
		"avatar_not_found":       choose("list_avatar_looks"),
		"avatar_group_not_found": choose("list_avatar_groups"),
		"voice_not_found": choose("list_voices, or of HeyGen Voice from " +
			"list_model_audio_voices"),
		"voice_not_found POST /v3/models/audio/voices": choose("list_model_audio_voices"),
		"template_not_found":                           choose("list_templates"),
		"asset_not_found":                              choose("list_assets"),
		"webhook_not_found":                            choose("list_webhook_endpoints"),
		"hyperframes_render_not_found":                 choose("list_hyperframes_renders"),
	}
}

// inputSteps are about arguments that HeyGen cannot work with.
func inputSteps() map[string]string {
	const (
		items = "heygen_message names the faulty items by their index. Nothing was begun: " +
			"correct these and send the whole list again."
		longer = "Give a longer script of words that can be spoken."
		spoken = correct + " A language is a code such as en; without it HeyGen detects it."
	)
	return map[string]string{
		"invalid_parameter":                                        correct,
		"invalid_parameter POST /v3/videos/batches":                items,
		"invalid_parameter POST /v3/lipsyncs/batches":              items,
		"invalid_parameter POST /v3/video-translations/batches":    items,
		"invalid_parameter POST /v3/assets/direct-uploads/batches": items,
		"invalid_parameter POST /v3/templates/{template_id}": correct + " get_template shows the " +
			"template's variables and what each takes.",
		"invalid_parameter PATCH /v3/avatars/{group_id}": correct + " default_voice_id is an id " +
			"of list_voices.",
		"invalid_parameter PATCH /v3/avatars/looks/{look_id}": "Only looks of photos and digital " +
			"twins can be renamed; get_avatar_look shows by avatar_type what this one is.",
		"invalid_parameter DELETE /v3/avatars/looks/{look_id}": "Looks of this kind cannot be " +
			"deleted; get_avatar_look shows by avatar_type what it is. delete_avatar_group " +
			"deletes a whole own avatar.",
		"invalid_parameter POST /v3/brand-kits": correct + " url must be the https address of a " +
			"website that is open to everybody.",
		"invalid_parameter POST /v3/models/audio/voices": correct + " Recordings of a " +
			"professional voice have 20 minutes and more in all.",
		"invalid_parameter POST /v3/models/audio/tts":        spoken,
		"invalid_parameter POST /v3/models/audio/tts/stream": spoken,
		"invalid_parameter POST /v3/webhooks/endpoints": correct + " url must be an https " +
			"address that HeyGen can reach from outside; list_webhook_event_types shows the " +
			"events.",
		"content_policy_violation": "HeyGen's moderation refused the content: change the text or " +
			"the picture, with the user.",
		"unlimited_mode_disabled": "This avatar has no unlimited mode: choose another look or " +
			"engine.",
		"script_too_short": longer,
		"tts_text_invalid": longer, // where the text itself does not tell why
		"voice_unavailable": "The voice failed or has expired: choose another from list_voices, " +
			"or clone it again.",
	}
}

// fileSteps are about files that were given, by a URL or as an asset.
func fileSteps() map[string]string {
	const (
		fetch = "HeyGen could not fetch the URL. It must be public and lead to the file itself, " +
			"not to a page or a sign-in; otherwise upload the file with create_asset_upload and " +
			"give its asset_id."
		source = " If that is right, upload the video with create_asset_upload and give its " +
			"asset_id."
		project = "The zip needs an index.html at its root, or name the composition; mend it and " +
			"upload it again."
		smaller = "Make the file smaller, or upload it with create_asset_upload, which takes " +
			"larger ones."
	)
	return map[string]string{
		"download_failed": fetch,
		"download_failed POST /v3/filler-word-removals": "HeyGen could not read the video. A URL " +
			"must be public and lead to the file itself, and an asset must be a video: get_asset " +
			"shows what it is.",
		"no_audio_track": "Nobody speaks in this video, as it has no sound, so there is nothing " +
			"to cut: give a video with an audio track.",
		"video_too_long": "Give a video of at most 2 hours, or cut it into parts and give each " +
			"by itself.",
		"invalid_parameter POST /v3/ai-clipping": "video must be a file that HeyGen can read: a " +
			"public URL of the file itself, or the asset_id of a video." + source,
		"invalid_parameter POST /v3/filler-word-removals": "HeyGen cannot work with this video: " +
			"it must be a file that plays, and not be empty." + source,
		"invalid_parameter POST /v3/hyperframes/renders": project,
		"hyperframes_project_invalid":                    project,
		"payload_too_large":                              smaller,
		"hyperframes_project_too_large":                  smaller,
		"ephemeral_upload_disabled": "The account cannot do this now: upload the file with " +
			"create_asset_upload instead.",
	}
}

// timeSteps are about what is only a matter of time, and what another call stands in the way of.
func timeSteps() map[string]string {
	const (
		noVoice = "This voice is still being made or trained: wait_for_jobs with kind " +
			"model_voice tells when that has ended, then call again."
		name = "Another glossary has this name, in whatever case: choose another name, or find " +
			"that one with list_brand_glossaries and change it with update_brand_glossary."
		expired = "The account has more professional voices than slots, and this one has " +
			"expired. Ask the user which voice delete_model_audio_voice may delete, or to buy a " +
			"slot at " + billingPage + "; or speak with another of list_model_audio_voices."
	)
	return map[string]string{
		"rate_limit_exceeded": "", // the wait is said
		"request_in_progress": "The same call is still running: call again with the same " +
			"arguments in some seconds.",
		"resource_not_ready": "It is not ready yet: wait for it with wait_for_jobs or its get " +
			"tool, then call again.",
		"resource_not_ready PATCH /v3/avatars/{group_id}": "The voice is still being made: " +
			"wait_for_jobs with kind voice_clone tells when it is ready, then call again.",
		"resource_not_ready POST /v3/models/audio/voices":              noVoice,
		"resource_not_ready DELETE /v3/models/audio/voices/{voice_id}": noVoice,
		"voice_not_ready": noVoice,
		"voice_expired":   expired,
		"voice_training_failed": "This voice can never speak, as its training failed; " +
			"failure_reason of get_model_audio_voice tells why. Choose another from " +
			"list_model_audio_voices, or make it anew with create_model_audio_voice.",
		"brand_kit_not_ready": "The kit is still being made: wait_for_jobs with kind brand_kit " +
			"tells when that has ended, then call again. One that ended in error never gets " +
			"ready: make another with create_brand_kit. A new name is taken at any time, if it " +
			"is given alone.",
		"conflict": "It is in another state than this needs: look at it with its get tool, then " +
			"decide.",
		"conflict POST /v3/assets/{asset_id}/complete": "HeyGen does not see the file yet: run " +
			"the curl line that create_asset_upload gave, see that it succeeds, then call again.",
		"conflict POST /v3/brand-glossaries":                      name,
		"conflict PATCH /v3/brand-glossaries/{brand_glossary_id}": name,
		"conflict POST /v3/webhooks/endpoints": "This URL is registered already: " +
			"list_webhook_endpoints shows it, and update_webhook_endpoint changes which events " +
			"it gets.",
		"video_delete_failed": "Call again in some seconds; get_video shows whether it is gone.",
		"service_unavailable": "HeyGen was too busy and did nothing: call again in some seconds.",
		"gateway_timeout": "A file was too slow to fetch: call again, or upload it with " +
			"create_asset_upload first.",
		heygen.CodeCanceled: "Call again if the answer is still wanted.",
	}
}

// workflowSteps are about workflows and their runs.
func workflowSteps() map[string]string {
	const (
		graph = "heygen_errors lists every fault of the graph, by its node_id. Correct all of " +
			"them, with the nodes of <GET /v3/workflows/node-types>, and send the whole graph " +
			"again; "
		sameKey = "This idempotency_key belongs to another call: leave it out, or send exactly " +
			"that call's arguments with it."
	)
	return map[string]string{
		"graph_invalid": graph + "nothing was stored.",
		"graph_invalid PATCH /v3/workflows/{workflow_id}": graph + "the draft is " +
			"unchanged.",
		"graph_invalid POST /v3/workflows/{workflow_id}/versions": graph + "nothing was published.",
		"stale_workflow_draft": "The draft has changed since it was read: read it again with " +
			"<GET /v3/workflows/{workflow_id}>, make the change in what it shows, and give its " +
			"draft_revision as expected_revision.",
		"workflow_archived": "An archived workflow is neither run nor changed: choose another " +
			"from <GET /v3/workflows>, or make a new one of its graph with <POST /v3/workflows>.",
		"workflow_run_admission_refused": "The inputs do not fit the workflow, and will not by " +
			"repeating: <GET /v3/workflows/{workflow_id}/versions/{version_number}> shows what " +
			"its version takes. Run it with other inputs, and with another idempotency_key where " +
			"one was given.",
		"conflict POST /v3/workflows": "Another workflow has this name: choose another name, or " +
			"find that one with <GET /v3/workflows>. Or the idempotency_key belongs to another " +
			"call: leave it out.",
		"conflict POST /v3/workflows/{workflow_id}/versions": sameKey,
		"conflict POST /v3/workflow-runs":                    sameKey,
		"service_unavailable POST /v3/workflow-runs": "HeyGen has the run and could not begin it " +
			"yet: call again with the same arguments in some seconds, which begins that same run.",
		"service_unavailable POST /v3/workflow-runs/{run_id}/cancel": "It is not known whether " +
			"the run was canceled: call again in some seconds, or see its status with <GET " +
			"/v3/workflow-runs/{run_id}>.",
		"service_unavailable POST /v3/workflows/{workflow_id}/versions": "Others publish this " +
			"workflow at the same time, and nothing was published: call again in some seconds.",
	}
}
