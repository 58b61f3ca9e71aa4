package sandbox

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// maxUpload is the largest file that POST /v3/assets takes.
const maxUpload = 32 << 20

func (s *Sandbox) assetRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/assets", s.uploadAsset),
		engine.On("GET", "/v3/assets", s.listAssets),
		engine.On("GET", "/v3/assets/search", s.searchAssets),
		engine.On("GET", "/v3/assets/statuses", s.GetStatuses(assetJobs(), "asset_ids")),
		engine.On("GET", "/v3/assets/{asset_id}", s.getAsset),
		engine.On("DELETE", "/v3/assets/{asset_id}", s.deleteAsset),
		engine.On("POST", "/v3/assets/direct-uploads", s.createUpload),
		engine.On("POST", "/v3/assets/direct-uploads/batches", s.createUploadBatch),
		engine.On("POST", "/v3/assets/{asset_id}/complete", s.completeUpload),
		engine.On("POST", "/v3/assets/complete/batches", s.completeUploadBatch),
		engine.On("GET", "/v3/assets/batches/{batch_id}", s.GetBatch(assetJobs())),
	}
}

// assetJobs are uploads: an asset is pending until its bytes are there and its owner has said so.
// It costs nothing.
func assetJobs() engine.JobKind {
	return engine.JobKind{
		Name: "asset", Prefix: "asst_", Missing: "asset_not_found",
		Pending: "pending_upload", Running: "processing", Completed: "completed", Failed: "failed",
	}
}

// asset is what a job knows that is an upload. The file itself is the job's media, and is nil until
// the upload is complete.
type asset struct {
	declared string // the type it was announced as, "" where it was sent at once
	size     int64
	checksum string // in hex, "" for none

	object []byte // what lies in the bucket; nil until it is put there
}

// uploadAsset answers POST /v3/assets: the file comes as the one field of a form, and is ready at
// once.
func (s *Sandbox) uploadAsset(r *http.Request, v *engine.Request) (any, *engine.Error) {
	name, raw, apiErr := formFile(r.Header.Get("Content-Type"), v.Body)
	if apiErr != nil {
		return nil, apiErr
	}
	kind := media.DetectType(raw)
	if kind == "" || kind == media.TypeZip {
		return nil, engine.Invalid("file", "'file' must be one of: png, jpeg, mp4, webm, mp3, wav, pdf, srt.")
	}
	j := &engine.Job{
		Kind: assetJobs(), Title: name, Data: &asset{size: int64(len(raw))},
		Media: &media.File{Raw: raw, Type: kind, Seconds: media.Duration(kind, raw)},
	}
	if apiErr := s.BeginEnded(v, j); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"asset_id": j.ID, "url": s.assetLink(r, j), "mime_type": kind, "size_bytes": len(raw)}, nil
}

// formFile takes the field "file" out of a form.
func formFile(contentType string, body []byte) (name string, raw []byte, apiErr *engine.Error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/form-data" {
		return "", nil, engine.Invalid("", "The request must be multipart/form-data.")
	}
	part, err := multipart.NewReader(bytes.NewReader(body), params["boundary"]).NextPart()
	switch {
	case errors.Is(err, io.EOF):
		return "", nil, engine.Invalid("file", "'file' is required.")
	case err != nil:
		return "", nil, engine.Invalid("", "The form could not be read.")
	case part.FormName() != "file":
		return "", nil, engine.Invalid(part.FormName(), "Unknown field '%s'.", part.FormName())
	}
	raw, err = io.ReadAll(part)
	switch {
	case err != nil:
		return "", nil, engine.Invalid("", "The form could not be read.")
	case len(raw) == 0 || part.FileName() == "":
		return "", nil, engine.Invalid("file", "'file' must be a file with a name.")
	case len(raw) > maxUpload:
		return "", nil, engine.Refuse(http.StatusRequestEntityTooLarge, "payload_too_large", "file", "The file is larger "+
			"than 32 MB.")
	}
	return part.FileName(), raw, nil
}

// listAssets answers GET /v3/assets, the newest first. Nobody else's are in the caller's workspace.
func (s *Sandbox) listAssets(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	items := slices.DeleteFunc(s.OwnJobs(v, assetJobs()), func(j *engine.Job) bool {
		return j.Media == nil || q.Get("username") != v.Account.Name || q.Has("folder_id") && q.Get("folder_id") != j.Folder
	})
	return engine.BySerial(s.Engine, l, items, func(j *engine.Job) any { return s.showAsset(r, j) }), nil
}

// getAsset answers GET /v3/assets/{asset_id}.
func (s *Sandbox) getAsset(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, assetJobs(), chi.URLParam(r, "asset_id"))
	if apiErr == nil && j.Media == nil {
		apiErr = engine.NotFound(assetJobs().Missing, "Asset")
	}
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showAsset(r, j), nil
}

// deleteAsset answers DELETE /v3/assets/{asset_id}.
func (s *Sandbox) deleteAsset(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, assetJobs(), chi.URLParam(r, "asset_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.DropJob(j)
	return map[string]any{"id": j.ID}, nil
}

func (s *Sandbox) showAsset(r *http.Request, j *engine.Job) any {
	return map[string]any{
		"id":          j.ID,
		"name":        j.Title,
		"type":        media.Types()[j.Media.Type][1],
		"owner":       j.Owner.Name,
		"space_id":    s.NewID("space", j.Owner.Name),
		"folder_id":   engine.OrNull(j.Folder),
		"uploaded_at": j.Created.Unix(),
		"url":         s.assetLink(r, j),
	}
}

// assetLink leads to the file, under the ending of what it is and not of what it was called.
func (s *Sandbox) assetLink(r *http.Request, j *engine.Job) string {
	return s.Link(r, "assets/"+j.ID+media.Types()[j.Media.Type][0])
}
