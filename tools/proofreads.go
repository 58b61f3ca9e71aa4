package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

type createProofreadInput struct {
	Video       Media    `json:"video" required:"true" opaque:"true" doc:"{type: url, url} or {type: asset_id, asset_id}."`
	Langs       []string `json:"output_languages" required:"true" len:"1-10" doc:"Names from list_video_translation_languages; one proofread each."`
	Title       string   `json:"title" required:"true" doc:"Title."`
	Mode        *string  `json:"mode" enum:"speed,precision" default:"speed" doc:"precision: better lips, twice the price; Enterprise plans only."`
	SRT         *Media   `json:"srt" opaque:"true" doc:"Subtitles to begin with: {type: url, url} or {type: asset_id, asset_id}."`
	Speakers    *int     `json:"speaker_num" doc:"How many people speak."`
	Glossary    *string  `json:"brand_glossary_id" doc:"Terms and pronunciations."`
	Voice       *string  `json:"brand_voice_id" doc:"Older name of brand_glossary_id."`
	Stretching  *bool    `json:"enable_video_stretching" doc:"The length may change to fit the speech."`
	Enhancement *bool    `json:"enable_speech_enhancement" doc:"Clean the speech."`
	NoMusic     *bool    `json:"disable_music_track" doc:"Drop background music."`
	SameFormat  *bool    `json:"keep_the_same_format" doc:"Keep codec and bitrate."`
	inFolder
	engine.Paid
	engine.Keyed
}

// Check holds v3's rule between two names of one thing.
func (p *createProofreadInput) Check(path string) *args.Fault {
	if p.Glossary != nil && p.Voice != nil {
		return args.Invalid(args.Join(path, "brand_voice_id"), "brand_glossary_id and brand_voice_id name the same thing.", "Send brand_glossary_id alone.")
	}
	return nil
}

// proofreadID is the input of a tool about one proofread.
type proofreadID struct {
	ID string `json:"proofread_id" in:"path" required:"true" doc:"A proofread's id."`
}

type uploadSRTInput struct {
	proofreadID
	SRT Media `json:"srt" required:"true" opaque:"true" doc:"The edited SRT: {type: url, url} or {type: asset_id, asset_id}."`
}

type fromProofreadInput struct {
	proofreadID
	Captions  *bool `json:"captions" doc:"Ignored by HeyGen: captions are always made."`
	AudioOnly *bool `json:"translate_audio_only" doc:"Keep the lips as they are."`
	callback
	engine.Paid
	engine.Keyed
}

// proofreadIDs is the answer to a create: a proofread for each language.
type proofreadIDs struct {
	IDs    []string `json:"proofread_ids"`
	Status string   `json:"status"`
	engine.Cost
	engine.JobHint
}

// JobIDs are of the jobs.
func (o *proofreadIDs) JobIDs() []string { return o.IDs }

// proofread is v3's proofread.
type proofread struct {
	ID      string `json:"proofread_id"`
	Title   string `json:"title"`
	Status  string `json:"status"`
	State   string `json:"state"`
	Input   string `json:"input_language"`
	Output  string `json:"output_language"`
	Review  bool   `json:"submitted_for_review"`
	Failure string `json:"failure_message"`
}

// proofreadSRT is what download_proofread_srt answers.
type proofreadSRT struct {
	URL      string `json:"srt_url"`
	Original string `json:"original_srt_url"`
}

// fromProofreadStarted is the answer to generate_from_proofread.
type fromProofreadStarted struct {
	ID     string `json:"video_translation_id"`
	Status string `json:"status"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *fromProofreadStarted) JobIDs() []string { return []string{o.ID} }

func proofreadTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createProofreadInput, proofreadIDs]{
			Name:        "create_proofread",
			Title:       "Start a proofread",
			Description: "Step 1 of a translation that a person checks: transcribes and translates into subtitles, for 2 download_proofread_srt, 3 upload_proofread_srt (if edited) and 4 generate_from_proofread. Costs credits by the minute and language. Sessions last about a day.",
			Effect:      engine.Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/video-translations/proofreads", Key: true},
			Job:         "proofread",
			Estimate:    billed((*createProofreadInput).bill),
		}.Bind(),
		engine.Tool[proofreadID, proofread]{
			Name:        "get_proofread",
			Title:       "Get a proofread",
			Description: "A proofread's status; completed means that its subtitles can be downloaded.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-translations/proofreads/{proofread_id}"},
		}.Bind(),
		engine.Tool[proofreadID, proofreadSRT]{
			Name:        "download_proofread_srt",
			Title:       "Download a proofread's subtitles",
			Description: "Step 2: links to the translated SRT and the original one, once the proofread is completed.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-translations/proofreads/{proofread_id}/srt"},
		}.Bind(),
		engine.Tool[uploadSRTInput, proofread]{
			Name:        "upload_proofread_srt",
			Title:       "Upload a proofread's subtitles",
			Description: "Step 3, if the SRT was edited: puts it in the place of the translated one. Numbers and times must stay.",
			Effect:      engine.Changes,
			Op:          heygen.Op{Method: "PUT", Path: "/v3/video-translations/proofreads/{proofread_id}/srt"},
			VerifyWith:  "download_proofread_srt",
			Augment: func(_ *uploadSRTInput, r *engine.Result[proofread]) {
				r.NextStep = "generate_from_proofread renders it. If that was done before with other subtitles, pass it a new idempotency_key: under the old one the earlier translation is answered."
			},
		}.Bind(),
		engine.Tool[fromProofreadInput, fromProofreadStarted]{
			Name:        "generate_from_proofread",
			Title:       "Translate from a proofread",
			Description: "Step 4: renders the translation from the proofread's subtitles. Costs credits once done. After another upload it needs a new idempotency_key.",
			Effect:      engine.Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/video-translations/proofreads/{proofread_id}/generate", Key: true},
			Job:         "video_translation",
			Estimate:    billed((*fromProofreadInput).bill),
		}.Bind(),
	}
}

// proofreadJob is a proofread: what ends it is a person.
func proofreadJob() jobs.Kind {
	return jobs.Kind{
		Name: "proofread",
		Get:  heygen.Op{Method: "GET", Path: "/v3/video-translations/proofreads/{proofread_id}"},
		Ref:  func(id string) any { return &proofreadID{ID: id} },
		Also: []heygen.Op{{Method: "PUT", Path: "/v3/video-translations/proofreads/{proofread_id}/srt"}},
		States: engine.States{
			engine.Running:    {"processing"},
			engine.NeedsInput: {"completed"},
			engine.Failed:     {"failed"},
		},
		NeedsUser: map[string]string{
			"completed": "The user checks the subtitles: download_proofread_srt, upload_proofread_srt if edited, then generate_from_proofread, unless that is done.",
		},
	}
}
