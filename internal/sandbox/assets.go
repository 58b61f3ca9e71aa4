package sandbox

import (
	"heygen-mcp/internal/sandbox/media"

	"heygen-mcp/internal/sandbox/seeded"

	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"
)

// maxUpload is the largest file that POST /v3/assets takes.
const maxUpload = 32 << 20

func (s *Sandbox) assetRoutes() []route {
	return []route{
		{"POST", "/v3/assets", s.uploadAsset},
		{"GET", "/v3/assets", s.listAssets},
		{"GET", "/v3/assets/search", s.searchAssets},
		{"GET", "/v3/assets/statuses", s.getStatuses(assetJobs(), "asset_ids")},
		{"GET", "/v3/assets/{asset_id}", s.getAsset},
		{"DELETE", "/v3/assets/{asset_id}", s.deleteAsset},
		{"POST", "/v3/assets/direct-uploads", s.createUpload},
		{"POST", "/v3/assets/direct-uploads/batches", s.createUploadBatch},
		{"POST", "/v3/assets/{asset_id}/complete", s.completeUpload},
		{"POST", "/v3/assets/complete/batches", s.completeUploadBatch},
		{"GET", "/v3/assets/batches/{batch_id}", s.getBatch(assetJobs())},
	}
}

// assetJobs are uploads: an asset is pending until its bytes are there and its owner has said so. It costs nothing.
func assetJobs() jobKind {
	return jobKind{
		name: "asset", prefix: "asst_", missing: "asset_not_found",
		pending: "pending_upload", running: "processing", completed: "completed", failed: "failed",
	}
}

// asset is what a job knows that is an upload. The file itself is the job's media, and is nil until the upload is complete.
type asset struct {
	declared string // the type it was announced as, "" where it was sent at once
	size     int64
	checksum string // in hex, "" for none

	object []byte // what lies in the bucket; nil until it is put there
}

// uploadAsset answers POST /v3/assets: the file comes as the one field of a form, and is ready at once.
func (s *Sandbox) uploadAsset(r *http.Request, v *visit) (any, *apiError) {
	name, raw, apiErr := formFile(r.Header.Get("Content-Type"), v.body)
	if apiErr != nil {
		return nil, apiErr
	}
	kind := media.DetectType(raw)
	if kind == "" || kind == media.TypeZip {
		return nil, invalid("file", "'file' must be one of: png, jpeg, mp4, webm, mp3, wav, pdf, srt.")
	}
	j := &job{
		kind: assetJobs(), title: name, data: &asset{size: int64(len(raw))},
		media: &media.File{Raw: raw, Type: kind, Seconds: media.Duration(kind, raw)},
	}
	now := s.clock.Now()
	j.schedule(now, 0, 0, s.speed)
	if apiErr := s.admit(v, j, now); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"asset_id": j.id, "url": s.assetLink(r, j), "mime_type": kind, "size_bytes": len(raw)}, nil
}

// formFile takes the field "file" out of a form.
func formFile(contentType string, body []byte) (name string, raw []byte, apiErr *apiError) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/form-data" {
		return "", nil, invalid("", "The request must be multipart/form-data.")
	}
	part, err := multipart.NewReader(bytes.NewReader(body), params["boundary"]).NextPart()
	switch {
	case errors.Is(err, io.EOF):
		return "", nil, invalid("file", "'file' is required.")
	case err != nil:
		return "", nil, invalid("", "The form could not be read.")
	case part.FormName() != "file":
		return "", nil, invalid(part.FormName(), "Unknown field '%s'.", part.FormName())
	}
	raw, err = io.ReadAll(part)
	switch {
	case err != nil:
		return "", nil, invalid("", "The form could not be read.")
	case len(raw) == 0 || part.FileName() == "":
		return "", nil, invalid("file", "'file' must be a file with a name.")
	case len(raw) > maxUpload:
		return "", nil, refuse(http.StatusRequestEntityTooLarge, "payload_too_large", "file", "The file is larger than 32 MB.")
	}
	return part.FileName(), raw, nil
}

// listAssets answers GET /v3/assets, the newest first. Nobody else's are in the caller's workspace.
func (s *Sandbox) listAssets(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	items := slices.DeleteFunc(s.ownJobs(v, assetJobs()), func(j *job) bool {
		return j.media == nil || q.Get("username") != v.account.name || q.Has("folder_id") && q.Get("folder_id") != j.folder
	})
	return bySerial(s, l, items, func(j *job) any { return s.showAsset(r, j) }), nil
}

// getAsset answers GET /v3/assets/{asset_id}.
func (s *Sandbox) getAsset(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, assetJobs(), chi.URLParam(r, "asset_id"))
	if apiErr == nil && j.media == nil {
		apiErr = notFound(assetJobs().missing, "Asset")
	}
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showAsset(r, j), nil
}

// deleteAsset answers DELETE /v3/assets/{asset_id}.
func (s *Sandbox) deleteAsset(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, assetJobs(), chi.URLParam(r, "asset_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.drop(j)
	return map[string]any{"id": j.id}, nil
}

func (s *Sandbox) showAsset(r *http.Request, j *job) any {
	return map[string]any{
		"id":          j.id,
		"name":        j.title,
		"type":        media.Types()[j.media.Type][1],
		"owner":       j.owner.name,
		"space_id":    seeded.HexID(s.seed, "space", j.owner.name),
		"folder_id":   orNull(j.folder),
		"uploaded_at": j.created.Unix(),
		"url":         s.assetLink(r, j),
	}
}

// assetLink leads to the file, under the ending of what it is and not of what it was called.
func (s *Sandbox) assetLink(r *http.Request, j *job) string {
	return s.link(r, "assets/"+j.id+media.Types()[j.media.Type][0])
}
