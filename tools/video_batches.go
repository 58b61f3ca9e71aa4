package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

type createVideosInput struct {
	Videos      []videoItem `json:"videos" required:"true" len:"1-100" once:"true" opaque:"true" doc:"1 to 100 objects: type (avatar, image, cinematic_avatar or studio) and what the create_video_from_… tool of that type takes, but folder_id and idempotency_key."`
	Title       *string     `json:"title" doc:"Title of the batch."`
	CallbackURL *string     `json:"callback_url" callback:"true" pattern:"^https?://" quiet:"true" doc:"Receives an unsigned POST when all are done."`
	inFolder
	engine.Paid
	engine.Keyed
}

// videoItem is a video of any type.
type videoItem struct {
	inputs.Union `by:"type"`
	Avatar       *avatarVideo    `variant:"avatar"`
	Image        *imageVideo     `variant:"image"`
	Cinematic    *cinematicVideo `variant:"cinematic_avatar"`
	Studio       *studioVideo    `variant:"studio"`
}

// createdVideos is the answer to create_video_batch.
type createdVideos struct {
	createdBatch
	engine.Cost
}

type videoStatusesInput struct {
	VideoIDs []string `json:"video_ids" in:"query" doc:"Up to 100 ids."`
	batchIDs
}

// Check holds that there is something to look up.
func (s *videoStatusesInput) Check(path string) *faults.Fault {
	return needsIDs(path, "video_ids", s.VideoIDs, s.BatchIDs)
}

func videoBatchTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createVideosInput, createdVideos]{
			Name:  "create_video_batch",
			Title: "Create many videos",
			Asked: "many different scripts in one go dozens series bulk several at the same time list of spreadsheet",
			Description: "Starts up to 100 videos at once. Each costs as with its create_video_from_… tool. One that cannot " +
				"be made fails alone; get_video_batch says why.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/videos/batches", Key: true},
			Job:      "video_batch",
			Estimate: estimateBy((*createVideosInput).bill),
		}.Bind(),
		engine.Tool[batchPage, batch]{
			Name:        "get_video_batch",
			Title:       "Get a batch of videos",
			Asked:       "batch of videos status failed how many finished",
			Description: "How far a batch is, and its items with their video_id, status and error, in the order they were sent.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/videos/batches/{batch_id}"},
		}.Bind(),
		engine.Tool[videoStatusesInput, page]{
			Name:        "bulk_video_statuses",
			Title:       "Get statuses of videos",
			Asked:       "statuses state check several at once polling many list of ids",
			Description: "Of up to 100 videos, by ids of videos or batches. get_video gives the links.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/videos/statuses"},
		}.Bind(),
	}
}

// videoBatchJob is a batch of videos on its way.
func videoBatchJob() jobs.Kind {
	return batchJob("video_batch", "/v3/videos/batches/{batch_id}")
}
