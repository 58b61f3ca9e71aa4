package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

type createLipsyncInput struct {
	lipsync
	engine.Paid
	engine.Keyed
}

// lipsync is a video whose lips are to fit an audio, alone or in a batch.
type lipsync struct {
	Video Media `json:"video" required:"true" opaque:"true" doc:"{url} or {asset_id}."`
	Audio Media `json:"audio" required:"true" opaque:"true" doc:"What the lips are to say: {url} or {asset_id}."`
	dubbing
	FPS *string `json:"fps_mode" doc:"vfr, cfr or passthrough."`
	callback
	inFolder
}

// lipsyncStarted is the answer to a create.
type lipsyncStarted struct {
	ID string `json:"lipsync_id"`
	engine.Cost
	engine.JobHint
}

// JobIDs are of the one job.
func (o *lipsyncStarted) JobIDs() []string { return []string{o.ID} }

// lipsyncID is the input of a tool about one lip-sync.
type lipsyncID struct {
	ID string `json:"lipsync_id" in:"path" required:"true" obvious:"true" doc:"A lip-sync's id."`
}

type renameLipsyncInput struct {
	lipsyncID
	Title string `json:"title" required:"true" doc:"New title."`
}

// lipsynced is v3's lip-sync.
type lipsynced struct {
	ID       string  `json:"lipsync_id"`
	Title    string  `json:"title"`
	Status   string  `json:"status"`
	State    string  `json:"state"`
	VideoURL string  `json:"video_url"`
	Captions string  `json:"caption_url"`
	Duration float64 `json:"duration"`
	Failure  string  `json:"failure_message"`
}

type createLipsyncsInput struct {
	Lipsyncs    []lipsync `json:"lipsyncs" required:"true" len:"1-100" once:"true" opaque:"true" doc:"1 to 100 objects as create_lipsync takes, without idempotency_key."`
	Title       *string   `json:"title" doc:"Title of the batch."`
	CallbackURL *string   `json:"callback_url" callback:"true" pattern:"^https?://" quiet:"true" doc:"Receives an unsigned POST when all are done."`
	engine.Paid
	engine.Keyed
}

type lipsyncStatusesInput struct {
	IDs []string `json:"lipsync_ids" in:"query" doc:"Up to 100 ids."`
	batchIDs
}

// Check asks for at least one id.
func (s *lipsyncStatusesInput) Check(path string) *faults.Fault {
	return needsIDs(path, "lipsync_ids", s.IDs, s.BatchIDs)
}

func lipsyncTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createLipsyncInput, lipsyncStarted]{
			Name:  "create_lipsync",
			Title: "Lip-sync a video",
			Asked: "mouth follow new recording better audio swap track lips soundtrack re-record fit match movement " +
				"voice dubbed studio lay narration over the old face",
			Description: "Makes the lips in a video fit another audio. Costs credits once done. Answers at once with " +
				"the lipsync_id.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/lipsyncs", Key: true},
			Job:      "lipsync",
			Estimate: estimateBy((*createLipsyncInput).bill),
		}.Bind(),
		engine.Tool[lipsyncID, lipsynced]{
			Name:        "get_lipsync",
			Title:       "Get a lip-sync",
			Description: "A lip-sync's status and, once completed, its links, which expire.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/lipsyncs/{lipsync_id}"},
		}.Bind(),
		engine.Tool[page100, page]{
			Name:        "list_lipsyncs",
			Title:       "List lip-syncs",
			Asked:       "mouth matched so far",
			Description: "The account's lip-syncs, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/lipsyncs"},
			ListFields:  []string{"title", "status", "duration", "failure_message"},
		}.Bind(),
		engine.Tool[renameLipsyncInput, lipsynced]{
			Name:        "update_lipsync",
			Title:       "Rename a lip-sync",
			Description: "Changes a lip-sync's title.",
			Effect:      engine.Changes,
			Op:          heygen.Op{Method: "PATCH", Path: "/v3/lipsyncs/{lipsync_id}"},
			VerifyWith:  "get_lipsync",
		}.Bind(),
		engine.Tool[lipsyncID, removed]{
			Name:        "delete_lipsync",
			Title:       "Delete a lip-sync",
			Description: "Deletes a lip-sync and its files for good.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/lipsyncs/{lipsync_id}"},
			VerifyWith:  "get_lipsync",
		}.Bind(),
		engine.Tool[createLipsyncsInput, createdBatch]{
			Name:        "create_lipsync_batch",
			Title:       "Lip-sync many videos",
			Asked:       "many mouth audio pairs",
			Description: "Starts up to 100 lip-syncs at once. Each costs as with create_lipsync.",
			Effect:      engine.Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/lipsyncs/batches", Key: true},
			Job:         "lipsync_batch",
			Estimate:    estimateBy((*createLipsyncsInput).bill),
		}.Bind(),
		engine.Tool[batchPage, batch]{
			Name:        "get_lipsync_batch",
			Title:       "Get a batch of lip-syncs",
			Description: "How far a batch is, and its items, each with its lipsync_id.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/lipsyncs/batches/{batch_id}"},
		}.Bind(),
		engine.Tool[lipsyncStatusesInput, page]{
			Name:        "bulk_lipsync_statuses",
			Title:       "Get statuses of lip-syncs",
			Description: "The statuses of up to 100 lip-syncs.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/lipsyncs/statuses"},
		}.Bind(),
	}
}

// lipsyncJob is a lip-sync on its way.
func lipsyncJob() jobs.Kind {
	return jobs.Kind{
		Name:     "lipsync",
		Get:      heygen.Op{Method: "GET", Path: "/v3/lipsyncs/{lipsync_id}"},
		Ref:      func(id string) any { return &lipsyncID{ID: id} },
		Statuses: heygen.Op{Method: "GET", Path: "/v3/lipsyncs/statuses"},
		IDs:      func(ids []string) any { return &lipsyncStatusesInput{IDs: ids} },
		OtherIDs: []string{"video_id"}, // of statuses and batches
		Files:    []string{"video_url"},
		States:   plainStates(),
		Seconds:  "duration",
		ListTool: "list_lipsyncs",
	}
}

// lipsyncBatchJob is a batch of lip-syncs on its way.
func lipsyncBatchJob() jobs.Kind {
	return batchJob("lipsync_batch", "/v3/lipsyncs/batches/{batch_id}")
}
