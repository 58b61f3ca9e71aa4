package tools

import (
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/vocabulary"
)

const (
	modelVideoSeconds = 5  // what HeyGen makes where no duration is given
	maxReferences     = 12 // images, videos and audio together
)

// modelVideo is what every video of HeyGen Video takes, besides what it is made from.
type modelVideo struct {
	Resolution  *string `json:"resolution" enum:"480p,768p,1080p,2k" default:"768p" doc:"1080p and 2k: 16:9 and 9:16 only."`
	Duration    *int    `json:"duration" min:"5" max:"15" default:"5" doc:"Seconds, 5 to 15."`
	Seed        *int    `json:"seed" min:"0" max:"4294967295" doc:"The same seed repeats a result."`
	Enhancement *string `json:"prompt_enhancement" enum:"turbo,quality,disabled" default:"turbo" doc:"How HeyGen elaborates the prompt."`
	CallbackURL *string `json:"callback_url" callback:"true" pattern:"^https?://" quiet:"true" doc:"Receives an unsigned POST when it is done."`
	CallbackID  *string `json:"callback_id" len:"0-256" doc:"Echoed to callback_url."`
	engine.Paid
	engine.Keyed
}

type textToVideoInput struct {
	Prompt      string  `json:"prompt" required:"true" len:"1-32000" doc:"What is seen and heard."`
	AspectRatio *string `json:"aspect_ratio" enum:"21:9,16:9,4:3,1:1,3:4,9:16" default:"16:9" doc:"Of the video."`
	modelVideo
}

type imageToVideoInput struct {
	Prompt string      `json:"prompt" required:"true" len:"1-32000" doc:"What happens, and what is heard."`
	Image  InlineMedia `json:"image" required:"true" opaque:"true" doc:"Gives the shape, 1:4 to 4:1. {url} or {asset_id}."`
	modelVideo
}

type referenceToVideoInput struct {
	Prompt      string        `json:"prompt" required:"true" len:"1-32000" doc:"Names references by kind and place: <Picture 1>, <Video 1>, <Audio 1>."`
	Images      []InlineMedia `json:"reference_images" len:"0-9" opaque:"true" doc:"Up to 9, each {url} or {asset_id}."`
	Videos      []InlineMedia `json:"reference_videos" len:"0-3" opaque:"true" doc:"Up to 3, alike. Their seconds are billed too."`
	Audio       []InlineMedia `json:"reference_audio" len:"0-3" opaque:"true" doc:"Up to 3, alike, beside an image or video."`
	AspectRatio *string       `json:"aspect_ratio" enum:"21:9,16:9,4:3,1:1,3:4,9:16,adaptive" default:"adaptive" doc:"Of the video; adaptive follows the references."`
	modelVideo
}

// modelVideoStarted is the answer to a create of HeyGen Video.
type modelVideoStarted struct {
	VideoID string `json:"video_id"`
	Status  string `json:"status"`
	engine.Cost
	engine.JobHint
}

// JobIDs are of the one job.
func (o *modelVideoStarted) JobIDs() []string { return []string{o.VideoID} }

// modelVideoID is the input of a tool about one video of HeyGen Video.
type modelVideoID struct {
	VideoID string `json:"video_id" in:"path" required:"true" len:"1-255" doc:"From text_to_video and its like."`
}

// modelVideoState is v3's video of HeyGen Video.
type modelVideoState struct {
	VideoID        string         `json:"video_id"`
	Status         string         `json:"status"`
	State          string         `json:"state"`
	VideoURL       string         `json:"video_url"`
	Duration       float64        `json:"duration"`
	Width          int            `json:"width"`
	Height         int            `json:"height"`
	AspectRatio    string         `json:"aspect_ratio"`
	Seed           int            `json:"seed"`
	Timings        map[string]any `json:"timings"`
	FailureCode    string         `json:"failure_code"`
	FailureMessage string         `json:"failure_message"`
}

func modelVideoTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[textToVideoInput, modelVideoStarted]{
			Name:  "text_to_video",
			Title: "Make a video from a prompt",
			Asked: "drone landscape city nature footage clip b-roll no people scenery ocean animals slow motion surreal waves " +
				"sunset imaginary sentence text only person stock short fantasy animal",
			Description: "Generates a shot of 5 to 15 s with sound from a prompt alone, without an avatar. " +
				prices.Text(prices.ModelVideo480p) + " to " + prices.Text(prices.ModelVideo2K) +
				" USD a second, by resolution, once done. Answers at once with a video_id for get_model_video.",
			Effect:   engine.Creates,
			Op:       modelVideoOp("text_to_video"),
			Job:      "model_video",
			Estimate: estimateBy((*textToVideoInput).bill),
		}.Bind(),
		engine.Tool[imageToVideoInput, modelVideoStarted]{
			Name:  "image_to_video",
			Title: "Make a video from an image and a prompt",
			Asked: "animate painting drawing bring to life move make the picture still pan zoom motion product shot " +
				"camera moves",
			Description: "Sets a picture in motion as a prompt says, with sound; costs and answers as " +
				"text_to_video. For a person who speaks a script: create_video_from_image.",
			Effect:   engine.Creates,
			Op:       modelVideoOp("image_to_video"),
			Job:      "model_video",
			Estimate: estimateBy((*imageToVideoInput).bill),
		}.Bind(),
		engine.Tool[referenceToVideoInput, modelVideoStarted]{
			Name:  "reference_to_video",
			Title: "Make a video from references and a prompt",
			Asked: "same dog character object consistent keep every shot look the same several pictures product face " +
				"references style",
			Description: "Generates a shot with the people, things, motion and sounds of references: at most 12, " +
				"and at least one image or video. Each second costs twice that of text_to_video, also " +
				"each second of a reference video.",
			Effect:   engine.Creates,
			Op:       modelVideoOp("reference_to_video"),
			Job:      "model_video",
			Estimate: estimateBy((*referenceToVideoInput).bill),
		}.Bind(),
		engine.Tool[modelVideoID, modelVideoState]{
			Name:  "get_model_video",
			Title: "Get a generated video",
			Asked: "generated clip ready file veo seedance",
			Description: "The status of a video of text_to_video, image_to_video or reference_to_video and, " +
				"once completed, its link, which expires.",
			Op: heygen.Op{Method: "GET", Path: "/v3/models/videos/{video_id}"},
		}.Bind(),
	}
}

// modelVideoOp is the create of one mode.
func modelVideoOp(mode string) heygen.Op {
	return heygen.Op{
		Method: "POST", Path: "/v3/models/videos",
		Model: "heygen-video-1", VariantIn: "mode", Variant: mode, Key: true,
	}
}

// Check holds which shapes the large resolutions have.
func (v *textToVideoInput) Check(path string) *faults.Fault {
	return v.checkShape(path, v.AspectRatio == nil || isWide(*v.AspectRatio))
}

// Check holds how many references there may be, and which shapes the large resolutions have.
func (v *referenceToVideoInput) Check(path string) *faults.Fault {
	seen := len(v.Images) + len(v.Videos)
	switch all := seen + len(v.Audio); {
	case seen == 0:
		return faults.Invalid(faults.Join(path, "reference_images"),
			"reference_images or reference_videos must name at least one.",
			"Give an image or a video to go by; without one, use text_to_video.")
	case all > maxReferences:
		return faults.Invalid(faults.Join(path, "reference_images"),
			"At most 12 references can be given, images, videos and audio together.", "Leave some out.")
	}
	return v.checkShape(path, v.AspectRatio != nil && isWide(*v.AspectRatio))
}

// isWide reports whether a shape is one of those that the large resolutions have.
func isWide(ratio string) bool { return ratio == "16:9" || ratio == "9:16" }

// checkShape refuses a large resolution of another shape than those that it is made in.
func (v *modelVideo) checkShape(path string, fits bool) *faults.Fault {
	if large := slices.Contains([]string{"1080p", "2k"}, v.resolution()); large && !fits {
		return faults.Invalid(faults.Join(path, "resolution"),
			"resolution "+v.resolution()+" needs an aspect_ratio of 16:9 or 9:16.",
			"Set aspect_ratio to one of these, or choose 768p.")
	}
	return nil
}

// resolution is the one that was asked for, "" for HeyGen's own choice.
func (v *modelVideo) resolution() string {
	if v.Resolution == nil {
		return ""
	}
	return *v.Resolution
}

// seconds is how long the video will be.
func (v *modelVideo) seconds() float64 {
	if v.Duration == nil {
		return modelVideoSeconds
	}
	return float64(*v.Duration)
}

// modelVideoJob is a video of HeyGen Video on its way. v3 has no list of them and stops none.
func modelVideoJob() jobs.Kind {
	return jobs.Kind{
		Name:  "model_video",
		Get:   heygen.Op{Method: "GET", Path: "/v3/models/videos/{video_id}"},
		Ref:   func(id string) any { return &modelVideoID{VideoID: id} },
		Files: []string{"video_url"},
		States: vocabulary.States{
			vocabulary.Pending:  {"pending"},
			vocabulary.Running:  {"processing"},
			vocabulary.Done:     {"completed"},
			vocabulary.Failed:   {"failed"},
			vocabulary.Canceled: {"cancelled"},
		},
	}
}
