package tools

import (
	"maps"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

type createClippingInput struct {
	Video    Media          `json:"video" required:"true" opaque:"true" doc:"{url} or {asset_id}."`
	Settings *clippingStyle `json:"output_settings" opaque:"true" doc:"{duration_types: of 30, 60, 180, long, a clip each; aspect_ratio: portrait, landscape, square; prompt: what to look for; captions; caption_style}."`
	Title    *string        `json:"title" len:"0-255" doc:"Title."`
	Language *string        `json:"input_language" lang:"iso639,translation" doc:"ISO 639-1. Omitted: detected."`
	callback128
	engine.Paid
	engine.Keyed
}

// clippingStyle is how clips are made.
type clippingStyle struct {
	Durations    []string `json:"duration_types" len:"1-4" doc:"30, 60, 180 seconds, or long."`
	AspectRatio  *string  `json:"aspect_ratio" enum:"landscape,portrait,square" default:"portrait" doc:"Of every clip."`
	Prompt       *string  `json:"prompt" len:"0-500" doc:"What to look for."`
	Captions     *bool    `json:"captions" doc:"Burn captions in."`
	CaptionStyle *string  `json:"caption_style" enum:"subtle_gray,shadow_mint,subtle_cyan,stamp_red,retro_gold,block_dark,racing,modern_dark,modern_boxed,chunky,clean,shadow_lime,tag_yellow,pop_purple,spotlight,outline_classic,exotic,golden,simple,pop_single,energy,bold,elegant,neon_pink" default:"outline_classic" doc:"Their look."`
}

// Check holds which durations there are.
func (s *clippingStyle) Check(path string) *faults.Fault {
	return eachOf(faults.Join(path, "duration_types"), s.Durations, "30", "60", "180", "long")
}

// clippingStarted is the answer to create_ai_clipping.
type clippingStarted struct {
	ID string `json:"job_id"`
	engine.Cost
	engine.JobHint
}

// JobIDs are of the one job.
func (o *clippingStarted) JobIDs() []string { return []string{o.ID} }

// clippingID is the input of a tool about one clipping job.
type clippingID struct {
	ID string `json:"job_id" in:"path" required:"true" len:"1-255" doc:"A clipping job's id."`
}

// clipping is v3's clipping job.
type clipping struct {
	ID        string  `json:"job_id"`
	Title     string  `json:"title"`
	Status    string  `json:"status"`
	State     string  `json:"state"`
	Progress  int     `json:"progress"`
	Clips     []any   `json:"clips"`
	Source    float64 `json:"source_duration"`
	Language  string  `json:"input_language"`
	Failure   string  `json:"failure_message"`
	CreatedAt string  `json:"created_at"`
}

func aiClippingTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createClippingInput, clippingStarted]{
			Name:  "create_ai_clipping",
			Title: "Cut clips out of a video",
			Asked: "highlights shorts reels vertical tiktok chop webinar podcast teasers best moments snippets long " +
				"recording cut pieces viral social media interview stream instagram stories story youtube",
			Description: "Finds the best moments of a long video and makes short clips of them. Costs credits by the clip " +
				"once done. Answers at once with the job_id.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/ai-clipping", Key: true},
			Job:      "ai_clipping",
			Estimate: estimateBy((*createClippingInput).bill),
		}.Bind(),
		engine.Tool[clippingID, clipping]{
			Name:        "get_ai_clipping",
			Title:       "Get a clipping job",
			Asked:       "clips ready",
			Description: "A clipping job's status and its clips so far, with links, which expire.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/ai-clipping/{job_id}"},
		}.Bind(),
		engine.Tool[page100, page]{
			Name:        "list_ai_clipping",
			Title:       "List clipping jobs",
			Description: "The account's clipping jobs, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/ai-clipping"},
			ListFields:  []string{"title", "status", "created_at", "failure_message"},
		}.Bind(),
		engine.Tool[clippingID, removed]{
			Name:        "delete_ai_clipping",
			Title:       "Delete a clipping job",
			Description: "Deletes a clipping job and its clips.",
			Effect:      engine.Deletes,
			VerifyWith:  "get_ai_clipping",
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/ai-clipping/{job_id}"},
		}.Bind(),
	}
}

// aiClippingJob is a clipping job on its way.
func aiClippingJob() jobs.Kind {
	return jobs.Kind{
		Name:     "ai_clipping",
		Get:      heygen.Op{Method: "GET", Path: "/v3/ai-clipping/{job_id}"},
		Ref:      func(id string) any { return &clippingID{ID: id} },
		OtherIDs: []string{"ai_clipping_id"}, // of the create
		Files:    []string{"video_url"},
		Charged:  chargedClips,
		Main:     firstClip,
		Tells:    []string{"clip_count"},
		States: vocabulary.States{
			vocabulary.Pending:  {"pending"},
			vocabulary.Running:  {"running"},
			vocabulary.Done:     {"completed"},
			vocabulary.Failed:   {"failed"},
			vocabulary.Canceled: {"cancelled"},
		},
		ListTool: "list_ai_clipping",
	}
}

// firstClip is the first clip that was made, with how many there are.
func firstClip(full map[string]any) map[string]any {
	clips, _ := full["clips"].([]any)
	main := map[string]any{"clip_count": len(clips)}
	for _, c := range clips {
		if clip, _ := c.(map[string]any); clip["video_url"] != nil && clip["status"] == "completed" {
			maps.Copy(main, clip)
			break
		}
	}
	return main
}
