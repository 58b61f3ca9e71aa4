package refusals

import (
	"strings"

	"heygen-mcp/heygen"
)

// maxOtherKinds bounds how many calls a refusal costs that looks for an id under other kinds.
const maxOtherKinds = 3

// otherKinds are the gets of the kinds whose ids are most often taken for those of a collection, the
// likeliest first. Each only reads, and costs nothing.
func otherKinds(collection string) []string {
	const (
		video       = "GET /v3/videos/{video_id}"
		translation = "GET /v3/video-translations/{video_translation_id}"
		proofread   = "GET /v3/video-translations/proofreads/{proofread_id}"
		lipsync     = "GET /v3/lipsyncs/{lipsync_id}"
		session     = "GET /v3/video-agents/{session_id}"
		look        = "GET /v3/avatars/looks/{look_id}"
		group       = "GET /v3/avatars/{group_id}"
		asset       = "GET /v3/assets/{asset_id}"
		modelVideo  = "GET /v3/models/videos/{video_id}"
		clone       = "GET /v3/voices/{voice_id}"
		modelVoice  = "GET /v3/models/audio/voices/{voice_id}"
		videos      = "GET /v3/videos/batches/{batch_id}"
		spoken      = "GET /v3/video-translations/batches/{batch_id}"
		lips        = "GET /v3/lipsyncs/batches/{batch_id}"
		uploads     = "GET /v3/assets/batches/{batch_id}"
		workflow    = "GET /v3/workflows/{workflow_id}"
		run         = "GET /v3/workflow-runs/{run_id}"
		glossary    = "GET /v3/brand-glossaries/{brand_glossary_id}"
		kit         = "GET /v3/brand-kits/{brand_kit_id}"
		template    = "GET /v3/templates/{template_id}"
		clipping    = "GET /v3/ai-clipping/{job_id}"
		removal     = "GET /v3/background-removals/{job_id}"
	)
	return map[string][]string{
		"/v3/videos":                        {translation, lipsync, session},
		"/v3/models/videos":                 {video},
		"/v3/video-translations":            {video, proofread, lipsync},
		"/v3/video-translations/proofreads": {translation, video},
		"/v3/lipsyncs":                      {video, translation},
		"/v3/video-agents":                  {video, template},
		"/v3/avatars/looks":                 {group, asset, video},
		"/v3/avatars":                       {look},
		"/v3/assets":                        {video, look, translation},
		"/v3/voices":                        {modelVoice, look, group},
		"/v3/models/audio/voices":           {clone, look},
		"/v3/videos/batches":                {spoken, lips, uploads},
		"/v3/video-translations/batches":    {videos, lips, uploads},
		"/v3/lipsyncs/batches":              {videos, spoken, uploads},
		"/v3/assets/batches":                {videos, spoken, lips},
		"/v3/workflows":                     {run, template},
		"/v3/workflow-runs":                 {workflow},
		"/v3/brand-kits":                    {glossary},
		"/v3/brand-glossaries":              {kit},
		"/v3/templates":                     {video, workflow},
		"/v3/ai-clipping":                   {removal, video},
		"/v3/background-removals":           {clipping, video},
		"/v3/podcasts":                      {video},
		"/v3/hyperframes/renders":           {video},
		"/v3/filler-word-removals":          {video},
		"/v3/video-quality/comparisons":     {video},
	}[collection]
}

// ofOtherKind tells of an id that HeyGen knows as one of another kind. It reports whether it is one.
func (r *Refusal) ofOtherKind(e *heygen.Error, a Attempt, argument string) bool {
	id := a.idOf(argument)
	if a.Known == nil || id == "" {
		return false
	}
	var gets []heygen.Op
	for _, get := range otherKinds(a.Tools.collection(argument, e.Op)) {
		method, path, _ := strings.Cut(get, " ")
		if a.Tools[get] != "" && len(gets) < maxOtherKinds {
			gets = append(gets, heygen.Op{Method: method, Path: path})
		}
	}
	found, ok := a.Known(gets, id)
	if !ok {
		return false
	}
	params := found.PathParams()
	is := params[len(params)-1]
	r.Message = "HeyGen finds nothing under the given " + argument + ": it is a " + is + "."
	r.NextStep = a.Tools.fill("<" + found.String() + "> takes it, as " + is + ".")
	if is == argument {
		r.Message = "HeyGen finds nothing under the given " + argument + " here: it is of another kind."
	}
	switch of := a.Tools.collection(argument, e.Op); {
	case of == "/v3/avatars/looks" && is == "group_id":
		r.NextStep = a.Tools.fill("<GET /v3/avatars/looks> with this group_id shows the looks to choose " + argument + " from.")
	case of == "/v3/avatars" && is == "look_id":
		r.NextStep = a.Tools.fill("<GET /v3/avatars/looks/{look_id}> shows by group_id which avatar the look is of.")
	case of == "/v3/assets" && is == "video_id":
		r.NextStep = a.Tools.fill("A video is no asset: <GET /v3/videos/{video_id}> gives its video_url, which can be sent as a URL.")
	case of == "/v3/assets" && is == "video_translation_id":
		r.NextStep = a.Tools.fill("A translation is no asset: <GET /v3/video-translations/{video_translation_id}> gives its video_url, which can be sent as a URL.")
	}
	return true
}

// idOf is the one id that was given under a name, at any depth; "" for none or several.
func (a Attempt) idOf(argument string) string {
	found := ""
	var walk func(v any)
	walk = func(v any) {
		switch t := v.(type) {
		case map[string]any:
			for name, member := range t {
				if id, isText := member.(string); isText && name == argument && id != found {
					if found != "" {
						id = "\x00" // which is no id, so that no other is found again
					}
					found = id
				}
				walk(member)
			}
		case []any:
			for _, member := range t {
				walk(member)
			}
		}
	}
	walk(a.Given)
	if found == "\x00" {
		return ""
	}
	return found
}
