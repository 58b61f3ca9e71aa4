package tools

import (
	"encoding/json"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/vocabulary"
)

type createRenderInput struct {
	Project     InlineMedia                `json:"project" required:"true" opaque:"true" doc:"Zip: {url}, {asset_id} or {media_type, data: base64 of up to 10,000 characters; larger: create_asset_upload}."`
	Composition *string                    `json:"composition" len:"0-512" doc:"HTML file to render. Omitted: index.html."`
	Variables   map[string]json.RawMessage `json:"variables" doc:"Values for the composition."`
	Format      *string                    `json:"format" enum:"mp4,webm,mov" default:"mp4" doc:"Of the video."`
	Resolution  *string                    `json:"resolution" enum:"1080p,4k" default:"1080p" doc:"4k: mp4 only, half as much again."`
	AspectRatio *string                    `json:"aspect_ratio" enum:"16:9,9:16,1:1" default:"16:9" doc:"Of the video."`
	FPS         *int                       `json:"fps" min:"1" max:"240" default:"30" doc:"1 to 240."`
	Quality     *string                    `json:"quality" enum:"draft,standard,high" default:"standard" doc:"Of the encoding."`
	Title       *string                    `json:"title" len:"0-500" doc:"Title."`
	callbackURL
	CallbackID *string `json:"callback_id" len:"0-256" doc:"Echoed to callback_url."`
	engine.Paid
	engine.Keyed
}

// Check holds what 4k works with.
func (r *createRenderInput) Check(path string) *faults.Fault {
	if r.Resolution != nil && *r.Resolution == "4k" && r.Format != nil && *r.Format != "mp4" {
		return faults.Invalid(faults.Join(path, "resolution"), "4k works with format mp4 only.", "Choose 1080p, or mp4.")
	}
	return nil
}

// renderStarted is the answer to create_hyperframes_render.
type renderStarted struct {
	ID string `json:"render_id"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *renderStarted) JobIDs() []string { return []string{o.ID} }

// renderID is the input of a tool about one render.
type renderID struct {
	ID string `json:"render_id" in:"path" required:"true" len:"1-255" obvious:"true" doc:"A render's id."`
}

// hyperframesRender is v3's render.
type hyperframesRender struct {
	ID          string  `json:"render_id"`
	Status      string  `json:"status"`
	State       string  `json:"state"`
	Title       string  `json:"title"`
	VideoURL    string  `json:"video_url"`
	Thumbnail   string  `json:"thumbnail_url"`
	Duration    float64 `json:"duration"`
	Format      string  `json:"format"`
	Failure     string  `json:"failure_message"`
	CreatedAt   string  `json:"created_at"`
	CompletedAt string  `json:"completed_at"`
}

// deletedRender is the answer to delete_hyperframes_render.
type deletedRender struct {
	ID string `json:"render_id"`
}

func hyperframesTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createRenderInput, renderStarted]{
			Name:  "create_hyperframes_render",
			Title: "Render a HyperFrames project",
			Asked: "html motion graphics animation css code web page render mp4 javascript gsap lottie",
			Description: "Renders a zipped HyperFrames project, up to 200 MB, to a video. Costs " + prices.Text(prices.HyperFramesMinuteLeast) + " to " + prices.Text(prices.HyperFramesMinuteMost) +
				" USD a minute once done. Answers at once with the render_id.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/hyperframes/renders", Key: true},
			Job:      "hyperframes_render",
			Estimate: estimateBy((*createRenderInput).bill),
		}.Bind(),
		engine.Tool[page100, page]{
			Name:        "list_hyperframes_renders",
			Title:       "List HyperFrames renders",
			Description: "The account's renders, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/hyperframes/renders"},
			ListFields:  []string{"render_id", "title", "status", "format", "duration", "created_at", "failure_message"},
		}.Bind(),
		engine.Tool[renderID, hyperframesRender]{
			Name:        "get_hyperframes_render",
			Title:       "Get a HyperFrames render",
			Description: "A render's status and, once completed, the link to its video, which expires.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/hyperframes/renders/{render_id}"},
		}.Bind(),
		engine.Tool[renderID, deletedRender]{
			Name:        "delete_hyperframes_render",
			Title:       "Delete a HyperFrames render",
			Description: "Deletes a render and its video.",
			Effect:      engine.Deletes,
			VerifyWith:  "get_hyperframes_render",
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/hyperframes/renders/{render_id}"},
		}.Bind(),
	}
}

// renderJob is a render on its way.
func renderJob() jobs.Kind {
	return jobs.Kind{
		Name:    "hyperframes_render",
		Get:     heygen.Op{Method: "GET", Path: "/v3/hyperframes/renders/{render_id}"},
		Ref:     func(id string) any { return &renderID{ID: id} },
		Files:   []string{"video_url"},
		Charged: chargedRender,
		IDForms: []string{"hfr_"},
		States: vocabulary.States{
			vocabulary.Pending: {"queued"},
			vocabulary.Running: {"rendering"},
			vocabulary.Done:    {"completed"},
			vocabulary.Failed:  {"failed"},
		},
		ListTool: "list_hyperframes_renders",
	}
}
