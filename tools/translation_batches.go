package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

type createTranslationsInput struct {
	Translations []translation `json:"video_translations" required:"true" len:"1-100" once:"true" opaque:"true" doc:"1 to 100 objects as create_video_translation takes, without idempotency_key."`
	Title        *string       `json:"title" doc:"Title of the batch."`
	CallbackURL  *string       `json:"callback_url" callback:"true" pattern:"^https?://" quiet:"true" doc:"Receives an unsigned POST when all are done."`
	engine.Paid
	engine.Keyed
}

type translationStatusesInput struct {
	IDs []string `json:"video_translation_ids" in:"query" doc:"Up to 100 ids."`
	batchIDs
}

// Check asks for at least one id.
func (s *translationStatusesInput) Check(path string) *faults.Fault {
	return needsIDs(path, "video_translation_ids", s.IDs, s.BatchIDs)
}

func translationBatchTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createTranslationsInput, createdBatch]{
			Name:  "create_video_translation_batch",
			Title: "Translate many videos",
			Asked: "lectures course many clips several whole series dozens playlist dub",
			Description: "Starts up to 100 translations at once; each language of each is an item and costs as with " +
				"create_video_translation.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/video-translations/batches", Key: true},
			Also:     []heygen.Op{languagesOp()},
			Reads:    []string{"languages"},
			Job:      "video_translation_batch",
			Estimate: estimateBy((*createTranslationsInput).bill),
		}.Bind(),
		engine.Tool[batchPage, batch]{
			Name:        "get_video_translation_batch",
			Title:       "Get a batch of translations",
			Asked:       "batch of dubs",
			Description: "How far a batch is, and its items, each with its video_translation_id.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-translations/batches/{batch_id}"},
		}.Bind(),
		engine.Tool[translationStatusesInput, page]{
			Name:        "bulk_video_translation_statuses",
			Title:       "Get statuses of translations",
			Description: "The statuses of up to 100 translations.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-translations/statuses"},
		}.Bind(),
	}
}

// translationBatchJob is a batch of translations on its way.
func translationBatchJob() jobs.Kind {
	return batchJob("video_translation_batch", "/v3/video-translations/batches/{batch_id}")
}
