package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

// comparison is two videos of one prompt, of which one is to be preferred.
type comparison struct {
	Prompt   string      `json:"prompt" required:"true" len:"1-10000" doc:"What both videos were made from. It is context: question_id decides."`
	ModelA   string      `json:"model_a" required:"true" len:"1-255" doc:"Your name for what made video_a."`
	ModelB   string      `json:"model_b" required:"true" len:"1-255" doc:"Your name for what made video_b."`
	VideoA   InlineMedia `json:"video_a" required:"true" opaque:"true" doc:"{url} or {asset_id}."`
	VideoB   InlineMedia `json:"video_b" required:"true" opaque:"true" doc:"The other video, likewise."`
	Question string      `json:"question_id" required:"true" enum:"engagement,prompt_intent,composition,temporal_consistency,craft,q1" doc:"In what one is better; q1 is engagement."`
	Judge    *string     `json:"judge_model_version" len:"1-128" doc:"Omitted: HeyGen's present one."`
}

type createComparisonInput struct {
	comparison
	engine.Paid
	engine.Keyed
}

// comparisonID is the input of a tool about one comparison.
type comparisonID struct {
	ID string `json:"comparison_id" in:"path" required:"true" obvious:"true" doc:"A comparison's id."`
}

// compared is v3's comparison.
type compared struct {
	ID      string         `json:"comparison_id"`
	Status  string         `json:"status"`
	Outcome map[string]any `json:"result"`
	Problem any            `json:"error"`
}

// knownComparison is a comparison with how far it is.
type knownComparison struct {
	compared
	State string `json:"state"`
}

// startedComparison is the answer to create_video_quality_comparison.
type startedComparison struct {
	compared
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedComparison) JobIDs() []string { return []string{o.ID} }

type createComparisonsInput struct {
	Comparisons []comparison `json:"comparisons" required:"true" len:"1-100" once:"true" opaque:"true" doc:"1 to 100 objects as create_video_quality_comparison takes, without key."`
	engine.Paid
	engine.Keyed
}

type comparisonBatchPage struct {
	BatchID string  `json:"batch_id" in:"path" required:"true" obvious:"true" doc:"A batch's id."`
	Limit   *int    `json:"limit" in:"query" min:"1" max:"100" default:"100" obvious:"true" doc:"Items a page."`
	Token   *string `json:"token" in:"query" len:"1-2048" obvious:"true" doc:"next_token of the page before."`
}

// comparisonBatch is v3's batch with a page of its items.
type comparisonBatch struct {
	BatchID string         `json:"batch_id"`
	Status  string         `json:"status"`
	State   string         `json:"state"`
	Total   int            `json:"total_items"`
	Counts  map[string]any `json:"counts"`
	Items   []any          `json:"items"`
	More    bool           `json:"has_more"`
	Next    string         `json:"next_token"`
}

func videoQualityTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createComparisonInput, startedComparison]{
			Name:  "create_video_quality_comparison",
			Title: "Compare two videos",
			Asked: "sharp sharpness against the original compression hurt damage bitrate encode worse degraded loss " +
				"compressed artefacts",
			Description: "Has a model of HeyGen's judge which of two videos is better, and how sure it " +
				"is. Answers with the result where that is quick, else with the comparison_id at once. " +
				"Takes an API key only.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/video-quality/comparisons", Key: true},
			Job:      "video_quality",
			Estimate: unpriced[createComparisonInput]("comparisons"),
			Augment: func(_ *createComparisonInput, r *engine.Result[startedComparison]) {
				if r.Out.Status != "processing" { // there is nothing to wait for
					r.Out.JobHint = engine.JobHint{State: r.Out.State}
				}
			},
		}.Bind(),
		engine.Tool[comparisonID, knownComparison]{
			Name:        "get_video_quality_comparison",
			Title:       "Get a comparison of videos",
			Description: "A comparison's status and, once completed, the winner and the confidence in it.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-quality/comparisons/{comparison_id}"},
		}.Bind(),
		engine.Tool[createComparisonsInput, createdBatch]{
			Name:        "create_video_quality_comparison_batch",
			Title:       "Compare many pairs of videos",
			Description: "Starts up to 100 comparisons at once. Takes an API key only.",
			Effect:      engine.Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/video-quality/comparisons/batches", Key: true},
			Job:         "video_quality_batch",
			Estimate:    unpriced[createComparisonsInput]("comparisons"),
		}.Bind(),
		engine.Tool[comparisonBatchPage, comparisonBatch]{
			Name:        "get_video_quality_comparison_batch",
			Title:       "Get a batch of comparisons",
			Description: "How far a batch is, and its comparisons, by item_index.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-quality/comparisons/batches/{batch_id}"},
		}.Bind(),
	}
}

// videoQualityJob is a comparison on its way.
func videoQualityJob() jobs.Kind {
	return jobs.Kind{
		Name: "video_quality",
		Get:  heygen.Op{Method: "GET", Path: "/v3/video-quality/comparisons/{comparison_id}"},
		Ref:  func(id string) any { return &comparisonID{ID: id} },
		// An item of a batch holds its comparison.
		Member: "comparison",
		Main:   func(full map[string]any) map[string]any { return memberOf(full, "result") },
		Tells:  []string{"winner", "winner_side", "confidence"},
		States: vocabulary.States{
			vocabulary.Running: {"processing"},
			vocabulary.Done:    {"completed"},
			vocabulary.Failed:  {"failed"},
		},
	}
}

// videoQualityBatchJob is a batch of comparisons on its way.
func videoQualityBatchJob() jobs.Kind {
	batch := batchJob("video_quality_batch", "/v3/video-quality/comparisons/batches/{batch_id}")
	batch.Ref = func(id string) any { return &comparisonBatchPage{BatchID: id} }
	return batch
}
