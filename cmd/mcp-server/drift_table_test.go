package main

// drifting is an edit of HeyGen's document, and what is said of it.
type drifting struct {
	edit   func(doc map[string]any)
	want   string // a line of the output, without its indentation
	breaks bool
}

func requestDrift() map[string]drifting {
	const request = "CreateFolderRequest"
	folders := func(doc map[string]any) map[string]any { return operation(doc, "post", "/v3/folders") }
	return map[string]drifting{
		"a field is gone": {
			func(doc map[string]any) { delete(part(schema(doc, request), "properties"), "parent_id") },
			"POST /v3/folders body.parent_id: is gone | create_folder (it sends it)", true,
		},
		"a field is new": {
			func(doc map[string]any) {
				part(schema(doc, request), "properties")["color"] = map[string]any{"type": "string"}
			},
			"POST /v3/folders body.color: is new | create_folder", false,
		},
		"a field is new and must be given": {
			func(doc map[string]any) {
				part(schema(doc, request), "properties")["color"] = map[string]any{"type": "string"}
				schema(doc, request)["required"] = []any{"name", "color"}
			},
			"POST /v3/folders body.color: is new and must be given | create_folder (it has no such argument)", true,
		},
		"a field must be given that is sent sometimes": {
			func(doc map[string]any) { schema(doc, request)["required"] = []any{"name", "parent_id"} },
			"POST /v3/folders body.parent_id: must be given now | create_folder (it does not always send it)", true,
		},
		"a field need not be given": {
			func(doc map[string]any) { delete(schema(doc, request), "required") },
			"POST /v3/folders body.name: need not be given any more | create_folder", false,
		},
		"a field has another type": {
			func(doc map[string]any) { property(doc, request, "name")["type"] = "integer" },
			"POST /v3/folders body.name: type is integer, was string | create_folder (it sends string)", true,
		},
		"a field takes another type too": {
			func(doc map[string]any) { property(doc, request, "name")["type"] = []any{"integer", "string"} },
			"POST /v3/folders body.name: type is integer or string, was string | create_folder", false,
		},
		"a choice is gone": {
			func(doc map[string]any) { choicesOf(doc, request, "type")["enum"] = []any{"mixed", "video"} },
			"POST /v3/folders body.type: choices gone: video_translate | create_folder (it may send video_translate)", true,
		},
		"a choice is new": {
			func(doc map[string]any) {
				choicesOf(doc, request, "type")["enum"] = []any{"mixed", "video", "video_translate", "audio"}
			},
			"POST /v3/folders body.type: choices new: audio | create_folder", false,
		},
		"a bound is narrower": {
			func(doc map[string]any) { property(doc, request, "name")["maxLength"] = 100 },
			"POST /v3/folders body.name: maxLength is 100, was 256 | create_folder (its own maxLength is 256)", true,
		},
		"a bound is wider": {
			func(doc map[string]any) { property(doc, request, "name")["maxLength"] = 1000 },
			"POST /v3/folders body.name: maxLength is 1000, was 256 | create_folder", false,
		},
		"a bound is new, and the tool has it": {
			func(doc map[string]any) {
				property(doc, "CreateProofreadRequest", "output_languages")["maxItems"] = 10
			},
			"POST /v3/video-translations/proofreads body.output_languages: maxItems is 10, was open | create_proofread", false,
		},
		"a pattern is new": {
			func(doc map[string]any) { property(doc, request, "name")["pattern"] = "^[a-z]+$" },
			"POST /v3/folders body.name: pattern is ^[a-z]+$, was open | create_folder (it may send what does not match)", true,
		},
		"a variant is gone": {
			func(doc map[string]any) {
				body := schema(doc, "CreateVideoV3RequestBody")
				delete(part(body, "discriminator", "mapping"), "image")
			},
			"POST /v3/videos body: the variant image is gone | create_video_from_image (it sends this variant)", true,
		},
		"the key is gone": {
			func(doc map[string]any) { folders(doc)["parameters"] = []any{} },
			"POST /v3/folders header.Idempotency-Key: is gone | create_folder (it sends it so that a repeat is safe)", true,
		},
		"a header must be given": {
			func(doc map[string]any) {
				op := operation(doc, "get", "/v3/folders/{folder_id}")
				op["parameters"] = append(op["parameters"].([]any),
					map[string]any{"name": "x-workspace", "in": "header", "required": true, "schema": map[string]any{"type": "string"}})
			},
			"GET /v3/folders/{folder_id} header.X-Workspace: is new and must be given | get_folder (it does not send it)", true,
		},
		"the body has another type": {
			func(doc map[string]any) {
				content := part(folders(doc), "requestBody", "content")
				content["multipart/form-data"] = content["application/json"]
				delete(content, "application/json")
			},
			"POST /v3/folders body: application/json is gone | create_folder (it sends this)", true,
		},
		"a parameter of the path is called otherwise": {
			func(doc map[string]any) {
				item := part(doc, "paths", "/v3/folders/{folder_id}")
				item["get"].(map[string]any)["parameters"].([]any)[0].(map[string]any)["name"] = "id"
				part(doc, "paths")["/v3/folders/{id}"] = item
				delete(part(doc, "paths"), "/v3/folders/{folder_id}")
			},
			"GET /v3/folders/{folder_id} path.folder_id: is called id now, was folder_id | get_folder", false,
		},
	}
}

// choicesOf is the schema with the choices of a member that may be null.
func choicesOf(doc map[string]any, of, name string) map[string]any {
	member := property(doc, of, name)
	if choices, ok := member["anyOf"].([]any); ok {
		return choices[0].(map[string]any)
	}
	return member
}

func answerDrift() map[string]drifting {
	return map[string]drifting{
		"a member is gone that a tool reads": {
			func(doc map[string]any) { delete(part(schema(doc, "Folder"), "properties"), "name") },
			"GET /v3/folders/{folder_id} answer.data.name: is gone | get_folder (it reads it)", true,
		},
		"a member has another type": {
			func(doc map[string]any) { property(doc, "Folder", "name")["type"] = "integer" },
			"GET /v3/folders/{folder_id} answer.data.name: type is integer, was string | get_folder (it reads string)", true,
		},
		"a member is new": {
			func(doc map[string]any) {
				part(schema(doc, "Folder"), "properties")["color"] = map[string]any{"type": "string"}
			},
			"GET /v3/folders/{folder_id} answer.data.color: is new | get_folder", false,
		},
		"a member is gone that a list keeps": {
			func(doc map[string]any) {
				delete(part(operation(doc, "get", "/v3/webhooks/endpoints"), "responses", "200", "content", "application/json",
					"schema", "properties"), "next_token")
			},
			"GET /v3/webhooks/endpoints answer.next_token: is gone | list_webhook_endpoints (it reads it)", true,
		},
		"the data is gone": {
			func(doc map[string]any) {
				delete(part(operation(doc, "get", "/v3/folders/{folder_id}"), "responses", "200", "content", "application/json",
					"schema", "properties"), "data")
			},
			"GET /v3/folders/{folder_id} answer.data: is gone | get_folder (it reads it)", true,
		},
		"the answer is no JSON": {
			func(doc map[string]any) {
				part(operation(doc, "get", "/v3/folders/{folder_id}"), "responses", "200")["content"] = map[string]any{"text/html": map[string]any{}}
			},
			"GET /v3/folders/{folder_id} answer: application/json is gone | get_folder (it reads it)", true,
		},
		"another status": {
			func(doc map[string]any) {
				responses := part(operation(doc, "post", "/v3/folders"), "responses")
				responses["201"] = responses["200"]
				delete(responses, "200")
			},
			"POST /v3/folders answer: status 200 is gone | create_folder", false,
		},
		"what a wait reads is gone": {
			func(doc map[string]any) { delete(part(schema(doc, "LipsyncDetail"), "properties"), "status") },
			"GET /v3/lipsyncs/{lipsync_id} answer.data.status: is gone | get_lipsync (it reads it), wait_for_jobs (it reads it), list_jobs (it reads it), get_job_progress (it reads it), get_captions (it reads it)", true,
		},
	}
}

func operationDrift() map[string]drifting {
	return map[string]drifting{
		"an operation is gone": {
			func(doc map[string]any) { delete(part(doc, "paths"), "/v3/folders/{folder_id}") },
			"GET /v3/folders/{folder_id}: is gone | get_folder (it calls the operation)", true,
		},
		"an operation has another path": {
			func(doc map[string]any) {
				part(doc, "paths")["/v3/directories/{folder_id}"] = part(doc, "paths", "/v3/folders/{folder_id}")
				delete(part(doc, "paths"), "/v3/folders/{folder_id}")
			},
			"GET /v3/folders/{folder_id}: is called GET /v3/directories/{folder_id} now, was GET /v3/folders/{folder_id} | " +
				"get_folder (it calls the operation)", true,
		},
		"an operation is new": {
			func(doc map[string]any) {
				part(doc, "paths")["/v3/gizmos"] = map[string]any{"get": map[string]any{"responses": map[string]any{}}}
			},
			"GET /v3/gizmos: is new", false,
		},
		"an operation is deprecated": {
			func(doc map[string]any) { operation(doc, "post", "/v3/folders")["deprecated"] = true },
			"POST /v3/folders: is deprecated now | create_folder", false,
		},
		"another permission": {
			func(doc map[string]any) {
				operation(doc, "get", "/v3/lipsyncs/{lipsync_id}")["x-scopes"] = []any{"videos:read"}
			},
			"GET /v3/lipsyncs/{lipsync_id}: a key needs videos:read now, needed lipsync:read | get_lipsync, wait_for_jobs, list_jobs, get_job_progress, get_captions", false,
		},
		"a preview": {
			func(doc map[string]any) { operation(doc, "post", "/v3/folders")["x-preview"] = true },
			"POST /v3/folders: is a preview now, which HeyGen enables for accounts | create_folder", false,
		},
		"no OAuth token": {
			func(doc map[string]any) {
				operation(doc, "post", "/v3/folders")["security"] = []any{map[string]any{"ApiKeyAuth": []any{}}}
			},
			"POST /v3/folders: takes an API key only now, and no OAuth token | create_folder", false,
		},
		"an error code": {
			func(doc map[string]any) {
				part(operation(doc, "get", "/v3/lipsyncs/{lipsync_id}"), "x-error-codes")["404"] = []any{"gone_for_good"}
			},
			"GET /v3/lipsyncs/{lipsync_id}: status 404: codes gone: not_found; new: gone_for_good | get_lipsync, wait_for_jobs, list_jobs, get_job_progress, get_captions", false,
		},
		"operations of older versions": {
			func(doc map[string]any) {
				part(doc, "paths")["/v2/videos"] = map[string]any{"get": map[string]any{"responses": map[string]any{}}}
			},
			"1 operations outside /v3/ are left aside.", false,
		},
	}
}
