package tools

import (
	"context"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

type createProofreadInput struct {
	Video       Media    `json:"video" required:"true" opaque:"true" doc:"{url} or {asset_id}."`
	Langs       []string `json:"output_languages" required:"true" len:"1-10" lang:"translation" doc:"E.g. Spanish, pt-BR; one proofread each."`
	Title       string   `json:"title" required:"true" doc:"Title."`
	Mode        *string  `json:"mode" enum:"speed,precision" default:"speed" doc:"precision: better lips, twice the price; Enterprise plans only."`
	SRT         *Media   `json:"srt" opaque:"true" doc:"Subtitles to begin with: {url} or {asset_id}."`
	Speakers    *int     `json:"speaker_num" doc:"How many people speak."`
	Glossary    *string  `json:"brand_glossary_id" doc:"Terms and pronunciations."`
	Voice       *string  `json:"brand_voice_id" doc:"Older name of brand_glossary_id."`
	Stretching  *bool    `json:"enable_video_stretching" doc:"The length may change to fit the speech."`
	Enhancement *bool    `json:"enable_speech_enhancement" obvious:"true" doc:"Clean the speech."`
	NoMusic     *bool    `json:"disable_music_track" obvious:"true" doc:"Drop background music."`
	SameFormat  *bool    `json:"keep_the_same_format" doc:"Keep codec and bitrate."`
	inFolder
	engine.Paid
	engine.Keyed
}

// Check holds v3's rule between two names of one thing.
func (p *createProofreadInput) Check(path string) *faults.Fault {
	if p.Glossary != nil && p.Voice != nil {
		return faults.Invalid(faults.Join(path, "brand_voice_id"), "brand_glossary_id and brand_voice_id name the same thing.", "Send brand_glossary_id alone.")
	}
	return nil
}

// proofreadID is the input of a tool about one proofread.
type proofreadID struct {
	ID string `json:"proofread_id" in:"path" required:"true" obvious:"true" doc:"A proofread's id."`
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
	Failure string `json:"failure_message"`
}

// fromProofreadStarted is the answer to generate_from_proofread.
type fromProofreadStarted struct {
	ID     string `json:"video_translation_id"`
	Status string `json:"status"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *fromProofreadStarted) JobIDs() []string { return []string{o.ID} }

// subtitleOps are the operations on a proofread's subtitles.
type subtitleOps struct{ get, put, asset heygen.Op }

func proofreadTools() []engine.BoundTool {
	srt := subtitleOps{
		get:   heygen.Op{Method: "GET", Path: "/v3/video-translations/proofreads/{proofread_id}/srt"},
		put:   heygen.Op{Method: "PUT", Path: "/v3/video-translations/proofreads/{proofread_id}/srt"},
		asset: heygen.Op{Method: "POST", Path: "/v3/assets", Key: true},
	}
	return []engine.BoundTool{
		engine.Tool[createProofreadInput, proofreadIDs]{
			Name:  "create_proofread",
			Title: "Start a proofread",
			Asked: "check colleague review before it is rendered text wording subtitles voiced dubbed spoken approve " +
				"first transcript look over quality draft",
			Description: "Step 1 of a translation that somebody checks: makes subtitles for 2 download_proofread_srt, 3 " +
				"upload_proofread_srt (if edited), 4 generate_from_proofread. Costs credits by the minute and language. Sessions " +
				"last about a day.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/video-translations/proofreads", Key: true},
			Also:     []heygen.Op{languagesOp()},
			Reads:    []string{"languages"},
			Job:      "proofread",
			Estimate: estimateBy((*createProofreadInput).bill),
		}.Bind(),
		engine.Tool[proofreadID, proofread]{
			Name:        "get_proofread",
			Title:       "Get a proofread",
			Asked:       "review ready",
			Description: "A proofread's status; completed means that its subtitles can be downloaded.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-translations/proofreads/{proofread_id}"},
		}.Bind(),
		engine.Tool[downloadSRTInput, proofreadSRT]{
			Name:        "download_proofread_srt",
			Title:       "Download a proofread's subtitles",
			Asked:       "subtitle file text lines transcript translated cues captions get",
			Description: "Step 2, once completed: the translated subtitles as cues, and links to them and the original.",
			Op:          srt.get,
			Run: func(ctx context.Context, c *engine.Call, in *downloadSRTInput) (*engine.Result[proofreadSRT], error) {
				return downloadSubtitles(ctx, c, srt.get, in)
			},
		}.Bind(),
		engine.Tool[uploadSRTInput, replaced]{
			Name:  "upload_proofread_srt",
			Title: "Upload a proofread's subtitles",
			Asked: "put back fixed corrected edited typo wrong word line correct changed fix subtitles mistranslated " +
				"sentence replace",
			Description: "Step 3, if edited: replaces the translated subtitles. Times must stay.",
			Effect:      engine.Changes,
			Op:          srt.put,
			Also:        []heygen.Op{srt.get, srt.asset},
			Reads:       []string{"srt_url", "asset_id"},
			VerifyWith:  "download_proofread_srt",
			Run: func(ctx context.Context, c *engine.Call, in *uploadSRTInput) (*engine.Result[replaced], error) {
				return uploadSubtitles(ctx, c, srt, in)
			},
			Augment: func(_ *uploadSRTInput, r *engine.Result[replaced]) {
				r.NextStep = "generate_from_proofread renders it. If that was done before with other subtitles, pass it a new " +
					"idempotency_key: under the old one the earlier translation is answered."
			},
		}.Bind(),
		engine.Tool[fromProofreadInput, fromProofreadStarted]{
			Name:  "generate_from_proofread",
			Title: "Translate from a proofread",
			Asked: "render after checking subtitles right final step checked approved continue finish film reviewed go " +
				"ahead lines are fine good now produce it",
			Description: "Step 4: renders the translation. Costs credits once done; after another upload it needs a new " +
				"idempotency_key.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/video-translations/proofreads/{proofread_id}/generate", Key: true},
			Job:      "video_translation",
			Estimate: estimateBy((*fromProofreadInput).bill),
		}.Bind(),
	}
}

// proofreadJob is a proofread: what ends it is a person.
func proofreadJob() jobs.Kind {
	return jobs.Kind{
		Name:  "proofread",
		Get:   heygen.Op{Method: "GET", Path: "/v3/video-translations/proofreads/{proofread_id}"},
		Ref:   func(id string) any { return &proofreadID{ID: id} },
		Also:  []heygen.Op{{Method: "PUT", Path: "/v3/video-translations/proofreads/{proofread_id}/srt"}},
		Tells: []string{"output_language"},
		// The proofread costs by itself, whether or not a video is made from it.
		DoneAsking: true,
		States: vocabulary.States{
			vocabulary.Running:    {"processing"},
			vocabulary.NeedsInput: {"completed"},
			vocabulary.Failed:     {"failed"},
		},
		NeedsUser: map[string]string{
			"completed": "The user checks the subtitles: download_proofread_srt, upload_proofread_srt if edited, then generate_from_proofread, unless that is done.",
		},
	}
}
