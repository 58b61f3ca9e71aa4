// Code generated from testdata/v3.json by go generate; DO NOT EDIT.

package heygen

// accessTable is HeyGen's document on who may call what.
func accessTable(operation string) Access {
	switch operation {
	case "DELETE /v3/ai-clipping/{job_id}",
		"POST /v3/ai-clipping":
		return Access{Scopes: []string{"ai_clipping:write"}}
	case "DELETE /v3/assets/{asset_id}",
		"POST /v3/assets",
		"POST /v3/assets/complete/batches",
		"POST /v3/assets/direct-uploads",
		"POST /v3/assets/direct-uploads/batches",
		"POST /v3/assets/{asset_id}/complete":
		return Access{Scopes: []string{"assets:write"}}
	case "DELETE /v3/avatars/looks/{look_id}",
		"DELETE /v3/avatars/{group_id}",
		"PATCH /v3/avatars/looks/{look_id}",
		"PATCH /v3/avatars/{group_id}",
		"POST /v3/avatars",
		"POST /v3/avatars/{group_id}/consent":
		return Access{Scopes: []string{"avatars:write"}}
	case "DELETE /v3/background-removals/{job_id}",
		"POST /v3/background-removals":
		return Access{Scopes: []string{"background_removal:write"}, Preview: true}
	case "DELETE /v3/brand-glossaries/{brand_glossary_id}",
		"DELETE /v3/brand-kits/{brand_kit_id}",
		"PATCH /v3/brand-glossaries/{brand_glossary_id}",
		"PATCH /v3/brand-kits/{brand_kit_id}",
		"POST /v3/brand-glossaries",
		"POST /v3/brand-kits":
		return Access{Scopes: []string{"brand:write"}}
	case "DELETE /v3/hyperframes/renders/{render_id}",
		"POST /v3/hyperframes/renders":
		return Access{Scopes: []string{"hyperframes:write"}}
	case "DELETE /v3/lipsyncs/{lipsync_id}",
		"PATCH /v3/lipsyncs/{lipsync_id}",
		"POST /v3/lipsyncs",
		"POST /v3/lipsyncs/batches":
		return Access{Scopes: []string{"lipsync:write"}}
	case "DELETE /v3/models/audio/voices/{voice_id}",
		"POST /v3/models/audio/voices":
		return Access{Scopes: []string{"voices:write"}, Preview: true}
	case "DELETE /v3/podcasts/{podcast_id}",
		"POST /v3/podcasts":
		return Access{Scopes: []string{"podcasts:write"}, Preview: true}
	case "DELETE /v3/videos/{video_id}",
		"POST /v3/videos",
		"POST /v3/videos/batches":
		return Access{Scopes: []string{"videos:write"}}
	case "DELETE /v3/voices/{voice_id}",
		"POST /v3/voices",
		"POST /v3/voices/clone",
		"POST /v3/voices/speech":
		return Access{Scopes: []string{"voices:write"}}
	case "DELETE /v3/webhooks/endpoints/{endpoint_id}",
		"PATCH /v3/webhooks/endpoints/{endpoint_id}",
		"POST /v3/webhooks/endpoints",
		"POST /v3/webhooks/endpoints/{endpoint_id}/rotate-secret":
		return Access{Scopes: []string{"webhooks:write"}}
	case "GET /v3/ai-clipping",
		"GET /v3/ai-clipping/{job_id}":
		return Access{Scopes: []string{"ai_clipping:read"}}
	case "GET /v3/assets",
		"GET /v3/assets/search":
		return Access{Scopes: []string{"assets:read"}, Preview: true}
	case "GET /v3/assets/batches/{batch_id}",
		"GET /v3/assets/statuses",
		"GET /v3/assets/{asset_id}",
		"GET /v3/audio/sounds":
		return Access{Scopes: []string{"assets:read"}}
	case "GET /v3/avatar-realtime/{stream_id}",
		"GET /v3/avatar-realtime/{stream_id}/words":
		return Access{Scopes: []string{"avatar_realtime:read"}, Preview: true}
	case "GET /v3/avatars",
		"GET /v3/avatars/looks",
		"GET /v3/avatars/looks/{look_id}",
		"GET /v3/avatars/{group_id}":
		return Access{Scopes: []string{"avatars:read"}}
	case "GET /v3/background-removals",
		"GET /v3/background-removals/{job_id}":
		return Access{Scopes: []string{"background_removal:read"}, Preview: true}
	case "GET /v3/brand-glossaries",
		"GET /v3/brand-glossaries/{brand_glossary_id}",
		"GET /v3/brand-kits",
		"GET /v3/brand-kits/{brand_kit_id}":
		return Access{Scopes: []string{"brand:read"}}
	case "GET /v3/filler-word-removals/{filler_word_removal_id}":
		return Access{Scopes: []string{"filler_removal:read"}}
	case "GET /v3/hyperframes/renders",
		"GET /v3/hyperframes/renders/{render_id}":
		return Access{Scopes: []string{"hyperframes:read"}}
	case "GET /v3/lipsyncs",
		"GET /v3/lipsyncs/batches/{batch_id}",
		"GET /v3/lipsyncs/statuses",
		"GET /v3/lipsyncs/{lipsync_id}":
		return Access{Scopes: []string{"lipsync:read"}}
	case "GET /v3/models/audio/voices",
		"GET /v3/models/audio/voices/{voice_id}":
		return Access{Scopes: []string{"voices:read"}, Preview: true}
	case "GET /v3/podcasts",
		"GET /v3/podcasts/{podcast_id}":
		return Access{Scopes: []string{"podcasts:read"}, Preview: true}
	case "GET /v3/templates",
		"GET /v3/templates/{template_id}":
		return Access{Scopes: []string{"templates:read"}}
	case "GET /v3/users/me":
		return Access{Scopes: []string{"account:read"}}
	case "GET /v3/video-agents",
		"GET /v3/video-agents/styles",
		"GET /v3/video-agents/{session_id}",
		"GET /v3/video-agents/{session_id}/resources/{resource_id}",
		"GET /v3/video-agents/{session_id}/videos":
		return Access{Scopes: []string{"video_agent:read"}}
	case "GET /v3/video-quality/comparisons/batches/{batch_id}",
		"GET /v3/video-quality/comparisons/{comparison_id}":
		return Access{Scopes: []string{"video_quality:read"}, Preview: true, KeyOnly: true}
	case "GET /v3/video-translations",
		"GET /v3/video-translations/batches/{batch_id}",
		"GET /v3/video-translations/languages",
		"GET /v3/video-translations/proofreads/{proofread_id}",
		"GET /v3/video-translations/proofreads/{proofread_id}/srt",
		"GET /v3/video-translations/statuses":
		return Access{Scopes: []string{"translations:read"}}
	case "GET /v3/videos",
		"GET /v3/videos/batches/{batch_id}",
		"GET /v3/videos/statuses",
		"GET /v3/videos/{video_id}",
		"GET /v3/videos/{video_id}/scenes":
		return Access{Scopes: []string{"videos:read"}}
	case "GET /v3/voices",
		"GET /v3/voices/{voice_id}":
		return Access{Scopes: []string{"voices:read"}}
	case "GET /v3/webhooks/endpoints",
		"GET /v3/webhooks/event-types",
		"GET /v3/webhooks/events":
		return Access{Scopes: []string{"webhooks:read"}}
	case "GET /v3/workflow-runs",
		"GET /v3/workflow-runs/{run_id}",
		"GET /v3/workflow-runs/{run_id}/nodes",
		"GET /v3/workflows",
		"GET /v3/workflows/node-types",
		"GET /v3/workflows/{workflow_id}",
		"GET /v3/workflows/{workflow_id}/versions",
		"GET /v3/workflows/{workflow_id}/versions/{version_number}":
		return Access{Scopes: []string{"workflows:read"}, Preview: true}
	case "PATCH /v3/workflows/{workflow_id}",
		"POST /v3/workflow-runs",
		"POST /v3/workflow-runs/{run_id}/cancel",
		"POST /v3/workflows",
		"POST /v3/workflows/{workflow_id}/versions":
		return Access{Scopes: []string{"workflows:write"}, Preview: true}
	case "POST /v3/avatar-realtime",
		"POST /v3/avatar-realtime/{stream_id}/cancel",
		"POST /v3/avatar-realtime/{stream_id}/text":
		return Access{Scopes: []string{"avatar_realtime:write"}, Preview: true}
	case "POST /v3/filler-word-removals":
		return Access{Scopes: []string{"filler_removal:write"}}
	case "POST /v3/models/audio/tts",
		"POST /v3/models/audio/tts/stream":
		return Access{Preview: true, KeyOnly: true}
	case "POST /v3/templates/{template_id}":
		return Access{Scopes: []string{"templates:read", "videos:write"}}
	case "POST /v3/video-agents",
		"POST /v3/video-agents/{session_id}",
		"POST /v3/video-agents/{session_id}/stop":
		return Access{Scopes: []string{"video_agent:write"}}
	case "POST /v3/video-quality/comparisons",
		"POST /v3/video-quality/comparisons/batches":
		return Access{Scopes: []string{"video_quality:write"}, Preview: true, KeyOnly: true}
	case "POST /v3/video-translations",
		"POST /v3/video-translations/batches",
		"POST /v3/video-translations/proofreads",
		"POST /v3/video-translations/proofreads/{proofread_id}/generate",
		"PUT /v3/video-translations/proofreads/{proofread_id}/srt":
		return Access{Scopes: []string{"translations:write"}}
	}
	return Access{}
}
