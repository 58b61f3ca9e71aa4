package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

type createTranslationInput struct {
	translation
	engine.Paid
	engine.Keyed
}

// translation is a video to be translated, alone or in a batch.
type translation struct {
	Video Media    `json:"video" required:"true" opaque:"true" doc:"{url} or {asset_id}."`
	Langs []string `json:"output_languages" required:"true" len:"1-10" lang:"translation" doc:"E.g. Spanish, pt-BR; one job each."`
	Input *string  `json:"input_language" lang:"code,translation" doc:"Code of the spoken language, e.g. en; omitted: detected."`
	dubbing
	AudioOnly *bool       `json:"translate_audio_only" doc:"Keep the lips as they are."`
	Audio     *Media      `json:"audio" opaque:"true" doc:"Replaces the video's own audio: {url} or {asset_id}."`
	FPS       *string     `json:"fps_mode" enum:"vfr,cfr,passthrough" doc:"Only with audio."`
	SRT       *Media      `json:"srt" opaque:"true" doc:"Subtitles to work from: {url} or {asset_id}; needs srt_role."`
	SRTRole   *string     `json:"srt_role" enum:"input,output" doc:"Language of srt: the spoken or the target one."`
	Speakers  *int        `json:"speaker_num" doc:"How many people speak."`
	Stock     *stockVoice `json:"stock_voice_config" opaque:"true" doc:"{use_stock_voice, preferred_stock_voice_ids}: no voice cloning."`
	Glossary  *string     `json:"brand_glossary_id" doc:"Terms and pronunciations."`
	Voice     *string     `json:"brand_voice_id" doc:"Older name of brand_glossary_id."`
	callback
	inFolder
}

// dubbing is what translations and lip-syncs share.
type dubbing struct {
	Mode        *string  `json:"mode" enum:"speed,precision" default:"speed" doc:"precision: better lips, twice the price; of translations on Enterprise plans only."`
	Title       *string  `json:"title" doc:"Title."`
	Start       *float64 `json:"start_time" doc:"Seconds into the video."`
	End         *float64 `json:"end_time" doc:"Seconds into the video."`
	Captions    *bool    `json:"enable_caption" doc:"Ignored by HeyGen: captions are always made."`
	Dynamic     *bool    `json:"enable_dynamic_duration" doc:"Default true: the length may change to fit the speech."`
	Enhancement *bool    `json:"enable_speech_enhancement" obvious:"true" doc:"Clean the speech."`
	Watermark   *bool    `json:"enable_watermark" obvious:"true" doc:"Add a watermark."`
	NoMusic     *bool    `json:"disable_music_track" obvious:"true" doc:"Drop background music."`
	SameFormat  *bool    `json:"keep_the_same_format" doc:"Keep codec and bitrate."`
}

// stockVoice asks for voices of the library instead of the speaker's own.
type stockVoice struct {
	Use *bool    `json:"use_stock_voice" doc:"Use them."`
	IDs []string `json:"preferred_stock_voice_ids" doc:"Which, if they fit."`
}

// Check holds the rule between the ends of a cut.
func (d *dubbing) Check(path string) *faults.Fault {
	if d.Start != nil && d.End != nil && *d.End <= *d.Start {
		return faults.Invalid(faults.Join(path, "end_time"), "end_time must be after start_time.", "Send seconds from the "+
			"start of the video.")
	}
	return nil
}

// Check holds v3's rules between the fields of a translation.
func (t *translation) Check(path string) *faults.Fault {
	switch {
	case (t.SRT == nil) != (t.SRTRole == nil):
		return faults.Invalid(faults.Join(path, "srt_role"), "srt and srt_role are needed together.", "Send both, or "+
			"neither.")
	case t.FPS != nil && t.Audio == nil:
		return faults.Invalid(faults.Join(path, "fps_mode"), "fps_mode counts only with audio.", "Send audio too, or leave "+
			"fps_mode out.")
	case t.Glossary != nil && t.Voice != nil:
		return faults.Invalid(faults.Join(path, "brand_voice_id"), "brand_glossary_id and brand_voice_id name the same thing.", "Send brand_glossary_id alone.")
	}
	return t.dubbing.Check(path)
}

// translationIDs is the answer to a create: a job for each language.
type translationIDs struct {
	IDs []string `json:"video_translation_ids"`
	engine.Cost
	engine.JobHint
}

// JobIDs are of the jobs.
func (o *translationIDs) JobIDs() []string { return o.IDs }

// translationID is the input of a tool about one translation.
type translationID struct {
	ID string `json:"video_translation_id" in:"path" required:"true" obvious:"true" doc:"A translation's id."`
}

type renameTranslationInput struct {
	translationID
	Title string `json:"title" required:"true" doc:"New title."`
}

// translated is v3's translation.
type translated struct {
	ID       string  `json:"video_translation_id"`
	Title    string  `json:"title"`
	Status   string  `json:"status"`
	State    string  `json:"state"`
	Input    string  `json:"input_language"`
	Output   string  `json:"output_language"`
	VideoURL string  `json:"video_url"`
	AudioURL string  `json:"audio_url"`
	SRT      string  `json:"srt_caption_url"`
	VTT      string  `json:"vtt_caption_url"`
	Duration float64 `json:"duration"`
	Failure  string  `json:"failure_message"`
}

// removed is the answer to a deletion that says no more than the id of what is gone.
type removed struct{}

// languages is what list_video_translation_languages answers.
type languages struct {
	Languages []string `json:"languages"`
}

// page100 is the page of the lists that v3 bounds at 100 and begins with 10.
type page100 struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"10" obvious:"true" doc:"Items a page."`
	pageToken
}

func translationTools() []engine.BoundTool {
	return append([]engine.BoundTool{
		engine.Tool[createTranslationInput, translationIDs]{
			Name:  "create_video_translation",
			Title: "Translate a video",
			Asked: "dub localize other languages only the sound audio Hindi French version another language foreign " +
				"international subtitles market localise speak tongue voice over clip",
			Description: "Translates what is said in a video and lip-syncs it, one job a language. Costs credits once a job " +
				"is done. Answers at once with an id for each.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/video-translations", Key: true},
			Also:     []heygen.Op{languagesOp()},
			Reads:    []string{"languages"},
			Job:      "video_translation",
			Estimate: estimateBy((*createTranslationInput).bill),
		}.Bind(),
		engine.Tool[translationID, translated]{
			Name:        "get_video_translation",
			Title:       "Get a translation",
			Asked:       "download link dubbed version finished ready",
			Description: "A translation's status and, once completed, links to video and captions, which expire.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-translations/{video_translation_id}"},
		}.Bind(),
		engine.Tool[page100, page]{
			Name:        "list_video_translations",
			Title:       "List translations",
			Asked:       "dubbed ones translated so far localized overview",
			Description: "The account's translations, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-translations"},
			ListFields:  []string{"title", "status", "output_language", "duration", "failure_message"},
		}.Bind(),
		engine.Tool[renameTranslationInput, translated]{
			Name:        "update_video_translation",
			Title:       "Rename a translation",
			Asked:       "title dubbed",
			Description: "Changes a translation's title.",
			Effect:      engine.Changes,
			Op:          heygen.Op{Method: "PATCH", Path: "/v3/video-translations/{video_translation_id}"},
			VerifyWith:  "get_video_translation",
		}.Bind(),
		engine.Tool[translationID, removed]{
			Name:        "delete_video_translation",
			Title:       "Delete a translation",
			Asked:       "dubbed version old",
			Description: "Deletes a translation and its files for good.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/video-translations/{video_translation_id}"},
			VerifyWith:  "get_video_translation",
		}.Bind(),
		engine.Tool[noArguments, languages]{
			Name:        "list_video_translation_languages",
			Title:       "List translation languages",
			Asked:       "which can supported available Welsh dialects",
			Description: "The names that output_languages takes, such as Spanish (Spain).",
			Op:          languagesOp(),
		}.Bind(),
	}, append(translationBatchTools(), proofreadTools()...)...)
}

func languagesOp() heygen.Op {
	return heygen.Op{Method: "GET", Path: "/v3/video-translations/languages"}
}

// translationJob is a translation on its way.
func translationJob() jobs.Kind {
	return jobs.Kind{
		Name:     "video_translation",
		Get:      heygen.Op{Method: "GET", Path: "/v3/video-translations/{video_translation_id}"},
		Ref:      func(id string) any { return &translationID{ID: id} },
		Statuses: heygen.Op{Method: "GET", Path: "/v3/video-translations/statuses"},
		IDs:      func(ids []string) any { return &translationStatusesInput{IDs: ids} },
		OtherIDs: []string{"video_id"}, // of statuses and batches
		// One of the audio alone has no video.
		Files:    []string{"video_url", "audio_url"},
		Tells:    []string{"output_language"},
		States:   plainStates(),
		Seconds:  "duration",
		Charged:  chargedTranslation,
		ListTool: "list_video_translations",
	}
}
