package sandbox

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // decoders of the pictures that a video begins with
	_ "image/png"
	"math"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
	"heygen-mcp/internal/sandbox/seeded"
)

const (
	modeText      = "text_to_video"
	modeImage     = "image_to_video"
	modeReference = "reference_to_video"
	adaptiveRatio = "adaptive"

	modelVideoSeconds  = 5 // unless another length is asked for
	modelVideoOwn      = 40.0
	maxModelReferences = 12
	maxInlineImage     = 5 << 20
	maxInlineMedia     = 16 << 20
	maxPictureShape    = 4.0 // of one side to the other
)

func (s *Sandbox) modelVideoRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/models/videos", s.createModelVideo),
		engine.On("GET", "/v3/models/videos/{video_id}", s.getModelVideo),
	}
}

func modelVideoJobs() engine.JobKind {
	return engine.JobKind{
		Name: "model video", Missing: "not_found", Limited: true,
		Pending: "pending", Running: "processing", Completed: "completed", Failed: "failed",
	}
}

// modelVideo is what a job knows that makes a video of HeyGen Video.
type modelVideo struct {
	ratio         string
	width, height int
	seed          int64
}

type modelVideoRequest struct {
	Mode            *string     `json:"mode"`
	Image           *fileInput  `json:"image"`
	ReferenceImages []fileInput `json:"reference_images"`
	ReferenceVideos []fileInput `json:"reference_videos"`
	ReferenceAudio  []fileInput `json:"reference_audio"`
	Duration        *int        `json:"duration"`
	Resolution      *string     `json:"resolution"`
	AspectRatio     *string     `json:"aspect_ratio"`
	Seed            *int64      `json:"seed"`
	CallbackURL     *string     `json:"callback_url"`
	CallbackID      *string     `json:"callback_id"`
}

func (in *modelVideoRequest) mode() string       { return or(in.Mode, modeReference) }
func (in *modelVideoRequest) resolution() string { return or(in.Resolution, "768p") }

// createModelVideo answers POST /v3/models/videos.
func (s *Sandbox) createModelVideo(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in modelVideoRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	ratio, apiErr := in.check()
	if apiErr != nil {
		return nil, apiErr
	}
	input, apiErr := s.openModelMedia(r, v, &in)
	if apiErr != nil {
		return nil, apiErr
	}
	length := float64(or(in.Duration, modelVideoSeconds))
	of := &modelVideo{ratio: ratio}
	of.width, of.height = modelVideoSize(ratio, in.resolution())
	j := &engine.Job{
		Kind: modelVideoJobs(), CallbackURL: value(in.CallbackURL), CallbackID: value(in.CallbackID),
		Price: in.price(length, input),
		Media: &media.File{Seconds: length}, Data: of, Failure: "The video could not be generated.",
	}
	if apiErr := s.Begin(v, j, modelVideoOwn+length); apiErr != nil {
		return nil, apiErr
	}
	if of.seed = int64(seeded.Pick(math.MaxInt32, s.Seed, j.ID, "seed")); in.Seed != nil {
		of.seed = *in.Seed
	}
	return map[string]any{"video_id": j.ID, "status": j.Status(s.Now())}, nil
}

// check holds what the three modes take, and returns the shape of the video.
func (in *modelVideoRequest) check() (string, *engine.Error) {
	seen, references := len(in.ReferenceImages)+len(in.ReferenceVideos), 0
	references = seen + len(in.ReferenceAudio)
	mode, ratio := in.mode(), value(in.AspectRatio)
	wide := ratio == "16:9" || ratio == "9:16"
	switch {
	case mode == modeImage && in.Image == nil:
		return "", engine.Invalid("image", "'image' is required in image_to_video.")
	case mode != modeImage && in.Image != nil:
		return "", engine.Invalid("image", "'image' is for image_to_video only.")
	case mode != modeReference && references > 0:
		return "", engine.Invalid("reference_images", "References are for reference_to_video only.")
	case mode == modeReference && seen == 0:
		return "", engine.Invalid(
			"reference_images",
			"At least one image or video is required as a reference.",
		)
	case references > maxModelReferences:
		return "", engine.Invalid(
			"reference_images",
			"At most %d references can be given in all.",
			maxModelReferences,
		)
	case mode == modeImage && in.AspectRatio != nil:
		return "", engine.Invalid("aspect_ratio", "'aspect_ratio' cannot be set in image_to_video.")
	case mode == modeText && ratio == adaptiveRatio:
		return "", engine.Invalid("aspect_ratio", "'adaptive' is for reference_to_video only.")
	case ratio == "" && mode == modeText:
		ratio, wide = "16:9", true
	case ratio == "":
		ratio = adaptiveRatio
	}
	if large := in.resolution() == "1080p" || in.resolution() == "2k"; large && !wide {
		return "", engine.Invalid(
			"resolution",
			"'resolution' %s needs an aspect_ratio of 16:9 or 9:16.",
			in.resolution(),
		)
	}
	return ratio, nil
}

// openModelMedia checks every file of a request, and returns the seconds of video among them.
func (s *Sandbox) openModelMedia(
	r *http.Request,
	v *engine.Request,
	in *modelVideoRequest,
) (float64, *engine.Error) {
	if in.Image != nil {
		found, _, apiErr := s.openPart(r, v, in.Image, "image", "image")
		if apiErr == nil {
			apiErr = checkInline(in.Image, found, "image", maxInlineImage)
		}
		if apiErr == nil {
			apiErr = checkShape(found.Raw)
		}
		return 0, apiErr
	}
	seconds := 0.0
	for _, group := range []struct {
		name, kind string
		most       int
		files      []fileInput
	}{
		{"reference_images", "image", maxInlineImage, in.ReferenceImages},
		{"reference_videos", "video", maxInlineMedia, in.ReferenceVideos},
		{"reference_audio", "audio", maxInlineMedia, in.ReferenceAudio},
	} {
		for i := range group.files {
			param := fmt.Sprintf("%s[%d]", group.name, i)
			found, _, apiErr := s.openPart(r, v, &group.files[i], param, group.kind)
			if apiErr == nil {
				apiErr = checkInline(&group.files[i], found, param, group.most)
			}
			if apiErr != nil {
				return 0, apiErr
			}
			if group.kind == "video" &&
				found.Type != "" { // how long one lasts that lies elsewhere is not known
				seconds += found.Seconds
			}
		}
	}
	return seconds, nil
}

// checkInline refuses a file inside the call that is larger than v3 takes there.
func checkInline(in *fileInput, found *media.File, param string, most int) *engine.Error {
	if in.Type == "base64" && len(found.Raw) > most {
		return engine.Invalid(
			contract.Member(param, "data"),
			"'%s' is larger than %d MB.",
			contract.Member(param, "data"),
			most>>20,
		)
	}
	return nil
}

// checkShape refuses a picture that is too long or too wide, as far as its sides can be read.
func checkShape(raw []byte) *engine.Error {
	size, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || size.Height == 0 {
		return nil
	}
	if shape := float64(size.Width) / float64(size.Height); shape > maxPictureShape ||
		shape < 1/maxPictureShape {
		return engine.Invalid("image", "The sides of 'image' must be between 1:4 and 4:1.")
	}
	return nil
}

// price is v3's, in millionths of a dollar. That of 1080p is not published, and taken to lie
// between.
func (in *modelVideoRequest) price(length, input float64) int64 {
	prices := map[string]float64{"480p": 0.02, "768p": 0.03, "1080p": 0.06, "2k": 0.09}
	perSecond := prices[in.resolution()]
	if in.mode() == modeReference {
		perSecond, length = 2*perSecond, length+input
	}
	return int64(math.Round(perSecond * length * engine.MicroUSD))
}

// modelVideoSize is the size in pixels of a shape, even on both sides.
func modelVideoSize(ratio, resolution string) (width, height int) {
	short := map[string]int{"480p": 480, "768p": 768, "1080p": 1080, "2k": 1440}[resolution]
	sides := map[string][2]int{
		"21:9": {21, 9}, "4:3": {4, 3}, "1:1": {1, 1}, "3:4": {3, 4}, "9:16": {9, 16},
	}[ratio]
	if !slices.Contains([]string{"21:9", "4:3", "1:1", "3:4", "9:16"}, ratio) {
		sides = [2]int{16, 9}
	}
	least := min(sides[0], sides[1])
	return short * sides[0] / least / 2 * 2, short * sides[1] / least / 2 * 2
}

// getModelVideo answers GET /v3/models/videos/{video_id}.
func (s *Sandbox) getModelVideo(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, modelVideoJobs(), chi.URLParam(r, "video_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	now, of := s.Now(), engine.DataOf[modelVideo](j)
	out := map[string]any{
		"video_id": j.ID, "status": j.Status(now), "video_url": nil, "duration": nil, "width": nil,
		"height":       nil,
		"aspect_ratio": of.ratio, "seed": of.seed, "timings": map[string]any{"inference": nil},
		"failure_code": nil, "failure_message": j.Reason(now),
	}
	switch {
	case j.Succeeded(now):
		out["video_url"], out["duration"] = s.Link(r, "models/"+j.ID+".mp4"), j.Media.Seconds
		out["width"], out["height"] = of.width, of.height
		out["timings"] = map[string]any{"inference": j.Ends.Sub(j.Started()).Seconds()}
	case j.Status(now) == j.Kind.Failed:
		out["failure_code"] = "generation_failed"
	}
	return out, nil
}
