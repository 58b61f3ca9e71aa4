package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/vocabulary"
)

type createFillerRemovalInput struct {
	Video Media   `json:"video" required:"true" opaque:"true" doc:"{url} or {asset_id}."`
	Title *string `json:"title" len:"0-255" doc:"Title."`
	callback128
	engine.Paid
	engine.Keyed
}

// fillerStarted is the answer to create_filler_word_removal.
type fillerStarted struct {
	ID string `json:"filler_word_removal_id"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *fillerStarted) JobIDs() []string { return []string{o.ID} }

// fillerID is the input of a tool about one removal.
type fillerID struct {
	ID string `json:"filler_word_removal_id" in:"path" required:"true" len:"1-255" obvious:"true" doc:"A removal's id."`
}

// fillerRemoval is v3's removal.
type fillerRemoval struct {
	ID        string  `json:"filler_word_removal_id"`
	Title     string  `json:"title"`
	Status    string  `json:"status"`
	State     string  `json:"state"`
	Progress  int     `json:"progress"`
	VideoURL  string  `json:"video_url"`
	Thumbnail string  `json:"thumbnail_url"`
	Cuts      int     `json:"num_cuts"`
	Before    float64 `json:"original_duration"`
	After     float64 `json:"output_duration"`
	Less      float64 `json:"reduction_pct"`
	Failure   string  `json:"failure_message"`
	CreatedAt string  `json:"created_at"`
}

func fillerWordTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createFillerRemovalInput, fillerStarted]{
			Name:  "create_filler_word_removal",
			Title: "Cut filler words out of a video",
			Asked: "clean interview ums ahs pauses ehms uhs stammer stutter hesitations speech tighten silence awkward mumbling",
			Description: "Cuts the um and uh, and long silences, out of a video. Costs " +
				prices.Text(prices.FillerWordsMinute) + " USD a minute of it, one minute at least, " +
				"and nothing if nothing changes. Answers at once with the filler_word_removal_id.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/filler-word-removals", Key: true},
			Job:      "filler_word_removal",
			Estimate: estimateBy((*createFillerRemovalInput).bill),
		}.Bind(),
		engine.Tool[fillerID, fillerRemoval]{
			Name:        "get_filler_word_removal",
			Title:       "Get a filler-word removal",
			Description: "A removal's status and, once completed, what was cut and the link to the video, which expires.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/filler-word-removals/{filler_word_removal_id}"},
		}.Bind(),
	}
}

// fillerRemovalJob is a removal on its way.
func fillerRemovalJob() jobs.Kind {
	return jobs.Kind{
		Name:    "filler_word_removal",
		Get:     heygen.Op{Method: "GET", Path: "/v3/filler-word-removals/{filler_word_removal_id}"},
		Ref:     func(id string) any { return &fillerID{ID: id} },
		Files:   []string{"video_url"},
		Charged: chargedFillers,
		States: vocabulary.States{
			vocabulary.Pending: {"pending"},
			vocabulary.Running: {"running"},
			vocabulary.Done:    {"completed"},
			vocabulary.Failed:  {"failed"},
		},
	}
}
