package refusals

import (
	"slices"
	"strings"

	"heygen-mcp/heygen"
)

// maxOtherKinds bounds how many calls a refusal costs that looks for an id under other kinds. They are made
// at once, and only after HeyGen did not find an id.
const maxOtherKinds = 12

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
		filler      = "GET /v3/filler-word-removals/{job_id}"
	)
	first := map[string][]string{
		"/v3/videos":                        {translation, lipsync, session, modelVideo, proofread, look},
		"/v3/video-translations":            {video, proofread, spoken, lipsync},
		"/v3/video-translations/proofreads": {translation, video, spoken},
		"/v3/lipsyncs":                      {video, translation, lips},
		"/v3/video-agents":                  {video, template},
		"/v3/avatars/looks":                 {group, asset, video, clone},
		"/v3/avatars":                       {look, clone},
		"/v3/assets":                        {video, look, translation, lipsync, modelVideo, uploads},
		"/v3/voices":                        {modelVoice, look, group},
		"/v3/models/audio/voices":           {clone, look},
		"/v3/videos/batches":                {spoken, lips, uploads, video},
		"/v3/video-translations/batches":    {videos, lips, uploads, translation},
		"/v3/lipsyncs/batches":              {videos, spoken, uploads, lipsync},
		"/v3/assets/batches":                {videos, spoken, lips, asset},
		"/v3/workflows":                     {run, template},
		"/v3/workflow-runs":                 {workflow},
		"/v3/brand-kits":                    {glossary},
		"/v3/brand-glossaries":              {kit},
		"/v3/templates":                     {video, workflow},
		"/v3/ai-clipping":                   {removal, filler, video},
		"/v3/background-removals":           {clipping, filler, video},
		"/v3/filler-word-removals":          {clipping, removal, video},
	}[collection]
	// What is asked for most, for what was not found among these.
	for _, get := range []string{
		video, translation, look, clone, asset, session, lipsync, proofread, modelVideo, spoken, template, group, videos, lips, clipping,
	} {
		if !slices.Contains(first, get) && !strings.HasPrefix(get, "GET "+collection+"/{") {
			first = append(first, get)
		}
	}
	return first
}

// ofOtherKind tells of an id that HeyGen knows as one of another kind. It reports whether it is one.
func (r *Refusal) ofOtherKind(e *heygen.Error, a Attempt, argument string) bool {
	id := a.idOf(argument)
	if a.Known == nil || id == "" {
		return false
	}
	collection := a.Tools.collection(argument, e.Op)
	if collection == "" {
		return false
	}
	var gets []heygen.Op
	for _, get := range otherKinds(collection) {
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
	r.Message = "HeyGen finds nothing under the given " + argument + ": it is " + WithArticle(is) + "."
	takes := found
	if same := (heygen.Op{Method: e.Op.Method, Path: found.Path}); a.Tools[same.String()] != "" {
		takes = same // what deletes the one deletes the other
	}
	r.NextStep = a.Tools.fill("<" + takes.String() + "> takes it, as " + is + ".")
	if is == argument {
		r.Message = "HeyGen finds nothing under the given " + argument + " here: it is of another kind."
	}
	if a.Input != nil && is != argument && a.Input.Has(is) {
		r.NextStep = "Send it as " + is + " instead. " + a.Tools.source(argument, collection)
	}
	switch of := collection; {
	case of == "/v3/avatars/looks" && is == "group_id":
		r.NextStep = a.Tools.fill("<GET /v3/avatars/looks> with this group_id shows the looks to choose " + argument + " from.")
	case of == "/v3/avatars" && is == "look_id":
		r.NextStep = a.Tools.fill("<GET /v3/avatars/looks/{look_id}> shows by group_id which avatar the look is of.")
	case of == "/v3/assets" && is == "video_id":
		r.NextStep = a.Tools.fill("A video is no asset: <" + found.String() + "> gives its video_url, which can be sent " +
			"as a URL.")
	case of == "/v3/assets" && is == "video_translation_id":
		r.NextStep = a.Tools.fill("A translation is no asset: <GET /v3/video-translations/{video_translation_id}> gives " +
			"its video_url, which can be sent as a URL.")
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

// WithArticle is a name with a or an before it, by its first letter.
func WithArticle(name string) string {
	if name != "" && strings.ContainsRune("aeio", rune(name[0])) {
		return "an " + name
	}
	return "a " + name
}
