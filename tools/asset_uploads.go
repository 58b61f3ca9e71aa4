package tools

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/vocabulary"
)

// announcedFile is a file whose bytes will be put where v3 says.
type announcedFile struct {
	Filename    string  `json:"filename" required:"true" len:"1-" doc:"Name of the file."`
	ContentType string  `json:"content_type" required:"true" len:"1-" doc:"MIME type."`
	Size        int     `json:"size_bytes" required:"true" doc:"Exact size in bytes."`
	Checksum    *string `json:"checksum_sha256" doc:"SHA-256 in hex; the storage then checks it."`
}

// Complete spells the type as HeyGen does.
func (announcedFile) Complete(object map[string]any) {
	name, _ := object["filename"].(string)
	foldMediaType(object, "content_type", name)
}

// uploadKey is the key of uploads, which are one take only where checksums tell their files apart.
type uploadKey struct {
	IdempotencyKey *string `json:"idempotency_key" in:"-" pattern:"^[A-Za-z0-9_:.-]{1,255}$" doc:"Same key within 24 h: begun once. Omitted: only equal files with checksum_sha256 are one take, for up to ten minutes."`
}

// choose gives the call a key of its own where one of the files has no checksum: then equal arguments do
// not mean equal files.
func (k uploadKey) choose(c *engine.Call, files ...announcedFile) {
	for _, f := range files {
		if f.Checksum == nil {
			c.RandomKey(k.IdempotencyKey)
		}
	}
}

type createAssetUploadInput struct {
	announcedFile
	uploadKey
}

// uploadSlot is where the bytes go.
type uploadSlot struct {
	AssetID   string         `json:"asset_id"`
	URL       string         `json:"upload_url"`
	Headers   map[string]any `json:"upload_headers"`
	Curl      string         `json:"curl"`
	MaxBytes  int            `json:"max_bytes"`
	ExpiresIn int            `json:"expires_in_seconds"`
	Status    string         `json:"status"`
	State     string         `json:"state"`
}

// curl is the upload as a shell can do it, from the directory of the file. Every part is quoted: the
// name comes from an agent and the rest from outside, and the line is made to be run.
func curl(file string, slot uploadSlot) string {
	if strings.HasPrefix(file, "-") || file == "." {
		file = "./" + file // or curl reads from its standard input
	}
	// --fail-with-body: what the storage says of a refusal is shown, where -f would drop it. -g: a name or
	// URL with brackets is one name; curl would make many of it.
	line := []string{"curl --fail-with-body -sS -g -T", shellWord(file)}
	for _, name := range faults.SortedKeys(slot.Headers) {
		line = append(line, "-H", shellWord(fmt.Sprintf("%s: %v", name, slot.Headers[name])))
	}
	return strings.Join(append(line, shellWord(slot.URL)), " ")
}

// shellWord quotes a word so that a shell takes it as it is.
func shellWord(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

type completeAssetUploadInput struct {
	assetID
	Checksum *string `json:"checksum_sha256" doc:"SHA-256 in hex, to be compared."`
}

// completedUpload is the answer to complete_asset_upload.
type completedUpload struct {
	uploadedAsset
	Status string `json:"status"`
	engine.JobHint
}

// The pauses before an upload is looked for again: the first doubles up to the last, five in all, as
// HeyGen's own client does it. What was put a moment ago may not be seen everywhere yet.
const firstLook, lastLook = 500 * time.Millisecond, 8 * time.Second

// ifRefused is what to do about an upload that the storage does not take: the same line is refused again.
const ifRefused = "If the storage refuses it, what curl prints says why. Size, type and time are part of " +
	"the URL: with another of these, or after expires_in_seconds, begin anew with create_asset_upload."

// completeUpload asks until the uploaded bytes are seen.
func completeUpload(
	ctx context.Context, c *engine.Call, op heygen.Op, in *completeAssetUploadInput,
) (*engine.Result[completedUpload], error) {
	for wait := firstLook; ; wait *= 2 {
		r, err := engine.Fetch[completedUpload](ctx, c, op, in)
		e, ok := errors.AsType[*heygen.Error](err)
		if !ok || e.Status != http.StatusConflict {
			return r, err
		}
		if wait > lastLook || c.Engine().Sleep(ctx, wait) != nil {
			refusal := refusals.From(err, refusals.Attempt{})
			refusal.Param, refusal.Retryable, refusal.RetryAfter = "", true, 0
			refusal.NextStep = "Run the curl line that create_asset_upload gave, see that it succeeds, then call again. " + ifRefused
			return nil, refusal
		}
	}
}

type createAssetUploadsInput struct {
	Files       []announcedFile `json:"files" required:"true" len:"1-100" opaque:"true" doc:"1 to 100 of {filename, content_type, size_bytes, checksum_sha256?}."`
	Title       *string         `json:"title" doc:"Title of the batch."`
	CallbackURL *string         `json:"callback_url" callback:"true" doc:"Reserved by HeyGen; nothing is sent."`
	uploadKey
}

// uploadSlots is the answer to create_asset_upload_batch.
type uploadSlots struct {
	BatchID string `json:"batch_id"`
	Items   []any  `json:"items"`
}

type completeAssetBatchInput struct {
	BatchID string `json:"batch_id" required:"true" len:"1-" obvious:"true" doc:"A batch's id."`
}

type assetStatusesInput struct {
	IDs []string `json:"asset_ids" in:"query" doc:"Up to 100 ids."`
	batchIDs
}

func (s *assetStatusesInput) Check(path string) *faults.Fault {
	return needsIDs(path, "asset_ids", s.IDs, s.BatchIDs)
}

func assetUploadTools() []engine.BoundTool {
	one := heygen.Op{Method: "POST", Path: "/v3/assets/direct-uploads", Key: true}
	many := heygen.Op{Method: "POST", Path: "/v3/assets/direct-uploads/batches", Key: true}
	complete := heygen.Op{Method: "POST", Path: "/v3/assets/{asset_id}/complete", Once: true}
	return []engine.BoundTool{
		engine.Tool[createAssetUploadInput, uploadSlot]{
			Name:  "create_asset_upload",
			Title: "Start an upload",
			Asked: "laptop computer disk local my own big large huge gigabyte 900 MB recording mp4 from drive file send",
			Description: "Begins the upload of a file on disk, up to max_bytes. The curl line of the answer, or a PUT to " +
				"upload_url with upload_headers verbatim and no credential, sends the bytes; complete_asset_upload then " +
				"makes the asset.",
			Effect: engine.Creates,
			Op:     one,
			Run: func(ctx context.Context, c *engine.Call, in *createAssetUploadInput) (*engine.Result[uploadSlot], error) {
				in.choose(c, in.announcedFile)
				return engine.Fetch[uploadSlot](ctx, c, one, in)
			},
			Augment: func(in *createAssetUploadInput, r *engine.Result[uploadSlot]) {
				r.Out.Curl = curl(in.Filename, r.Out)
				r.NextStep = "Run curl, see that it succeeds, then complete_asset_upload. " + ifRefused
			},
		}.Bind(),
		engine.Tool[completeAssetUploadInput, completedUpload]{
			Name:        "complete_asset_upload",
			Title:       "Complete an upload",
			Asked:       "finished sending put bytes through next what now all parts are sent close upload chunks",
			Description: "Makes an asset of the bytes that were put. Harmless to repeat.",
			Effect:      engine.Changes,
			Completes:   true,
			Op:          complete,
			Run: func(ctx context.Context, c *engine.Call, in *completeAssetUploadInput) (*engine.Result[completedUpload], error) {
				return completeUpload(ctx, c, complete, in)
			},
			Augment: func(_ *completeAssetUploadInput, r *engine.Result[completedUpload]) {
				if r.Out.State != vocabulary.Done {
					r.Out.Wait("asset", r.Out.AssetID)
				}
			},
		}.Bind(),
		engine.Tool[createAssetUploadsInput, uploadSlots]{
			Name:  "create_asset_upload_batch",
			Title: "Start many uploads",
			Asked: "many several fifty",
			Description: "Begins up to 100 uploads. Each item has a curl line that sends its bytes, in the order of files; " +
				"complete_asset_batch then makes the assets.",
			Effect: engine.Creates,
			Op:     many,
			Run: func(ctx context.Context, c *engine.Call, in *createAssetUploadsInput) (*engine.Result[uploadSlots], error) {
				in.choose(c, in.Files...)
				return engine.Fetch[uploadSlots](ctx, c, many, in)
			},
			Augment: func(in *createAssetUploadsInput, r *engine.Result[uploadSlots]) {
				for i, it := range r.Out.Items {
					if slot, ok := it.(map[string]any); ok && i < len(in.Files) {
						slot["curl"] = curl(in.Files[i].Filename, engine.View[uploadSlot](slot))
					}
				}
				r.NextStep = "Run the curl of every item, see that it succeeds, then complete_asset_batch. " + ifRefused
			},
		}.Bind(),
		engine.Tool[completeAssetBatchInput, createdBatch]{
			Name:        "complete_asset_batch",
			Title:       "Complete many uploads",
			Description: "Makes assets of the files of a batch once all are put. One bad file fails alone. Harmless to repeat.",
			Effect:      engine.Changes,
			Completes:   true,
			Op:          heygen.Op{Method: "POST", Path: "/v3/assets/complete/batches", Once: true},
			Job:         "asset_batch",
			Free:        "uploads have no price",
		}.Bind(),
		engine.Tool[batchPage, batch]{
			Name:        "get_asset_batch",
			Title:       "Get a batch of uploads",
			Description: "How far a batch is, and its items, each with its asset_id.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/assets/batches/{batch_id}"},
		}.Bind(),
		engine.Tool[assetStatusesInput, page]{
			Name:        "bulk_asset_statuses",
			Title:       "Get statuses of assets",
			Description: "The statuses of up to 100 assets.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/assets/statuses"},
		}.Bind(),
	}
}

// assetJob is an upload that was completed. v3's asset itself does not say how far it is.
func assetJob() jobs.Kind {
	return jobs.Kind{
		Name:     "asset",
		Get:      heygen.Op{Method: "GET", Path: "/v3/assets/{asset_id}"},
		Ref:      func(id string) any { return &assetID{ID: id} },
		Statuses: heygen.Op{Method: "GET", Path: "/v3/assets/statuses"},
		IDs:      func(ids []string) any { return &assetStatusesInput{IDs: ids} },
		OtherIDs: []string{"video_id"}, // of statuses and batches
		Also: []heygen.Op{
			{Method: "POST", Path: "/v3/assets/direct-uploads"},
			{Method: "POST", Path: "/v3/assets/{asset_id}/complete"},
		},
		Files:   []string{"url"},
		IDForms: []string{"asst_", "ast_"},
		States: vocabulary.States{
			vocabulary.Pending: {"pending_upload", "queued"},
			vocabulary.Running: {"processing"},
			vocabulary.Done:    {"completed"},
			vocabulary.Failed:  {"failed"},
		},
		ListTool: "list_assets",
		IdleHint: "One that stays queued was never uploaded: run its curl line, or begin anew if that is refused, then " +
			"complete_asset_upload.",
	}
}

// assetBatchJob is a batch of uploads.
func assetBatchJob() jobs.Kind {
	k := batchJob("asset_batch", "/v3/assets/batches/{batch_id}")
	k.Also = []heygen.Op{{Method: "POST", Path: "/v3/assets/direct-uploads/batches"}}
	return k
}
