package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	// maxZip is the largest project, maxDirect the largest of other files, which is v3's bound of a
	// video.
	maxZip    = 200 << 20
	maxDirect = 100 << 20

	assetSeconds = 2.0 // that an upload takes once it is complete
)

// uploadRequest announces a file.
type uploadRequest struct {
	Filename    string  `json:"filename"`
	ContentType string  `json:"content_type"`
	Size        int64   `json:"size_bytes"`
	Checksum    *string `json:"checksum_sha256"`
}

func (in *uploadRequest) most() int64 {
	if in.ContentType == media.TypeZip {
		return maxZip
	}
	return maxDirect
}

// plan makes the job of an announced file, which waits for its bytes. path is where the request
// stands in the body.
func (in *uploadRequest) plan(path string) (*engine.Job, *engine.Error) {
	_, known := media.Types()[in.ContentType]
	sum, err := hex.DecodeString(value(in.Checksum))
	switch {
	case in.Filename == "":
		return nil, engine.Invalid(contract.Member(path, "filename"), "'%s' must not be empty.", contract.Member(path, "filename"))
	case !known:
		return nil, engine.Invalid(contract.Member(path, "content_type"), "The type '%s' is not taken.", in.ContentType)
	case in.Size < 1 || in.Size > in.most():
		return nil, engine.Invalid(contract.Member(path, "size_bytes"), "'%s' must be between 1 and %d.", contract.Member(path, "size_bytes"), in.most())
	case in.Checksum != nil && (err != nil || len(sum) != sha256.Size):
		return nil, engine.Invalid(contract.Member(path, "checksum_sha256"), "'%s' must be a SHA-256 in hex.", contract.Member(path, "checksum_sha256"))
	}
	return &engine.Job{
		Kind: assetJobs(), Title: in.Filename, Idle: true, Failure: "The upload could not be processed.",
		Data: &asset{declared: in.ContentType, size: in.Size, checksum: strings.ToLower(value(in.Checksum))},
	}, nil
}

// createUpload answers POST /v3/assets/direct-uploads.
func (s *Sandbox) createUpload(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in uploadRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := in.plan("")
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.BeginIdle(v, j); apiErr != nil {
		return nil, apiErr
	}
	return s.showSlot(r, j, in.most()), nil
}

// createUploadBatch answers POST /v3/assets/direct-uploads/batches. One file that cannot be taken
// refuses them all: no bytes have moved yet.
func (s *Sandbox) createUploadBatch(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Title       *string         `json:"title"`
		CallbackURL *string         `json:"callback_url"`
		Files       []uploadRequest `json:"files"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b := &engine.Batch{Kind: assetJobs(), Title: value(in.Title), CallbackURL: value(in.CallbackURL)}
	for i := range in.Files {
		j, apiErr := in.Files[i].plan(fmt.Sprintf("files[%d]", i))
		if apiErr != nil {
			return nil, apiErr
		}
		b.Items = append(b.Items, engine.BatchItem{Job: j})
	}
	s.BeginBatch(v, b)
	slots := make([]any, len(b.Items))
	for i, one := range b.Items {
		slots[i] = s.showSlot(r, one.Job, in.Files[i].most())
	}
	return map[string]any{"batch_id": b.ID, "items": slots}, nil
}

// showSlot is where and how the bytes are to be put.
func (s *Sandbox) showSlot(r *http.Request, j *engine.Job, most int64) any {
	of := engine.DataOf[asset](j)
	headers := map[string]string{"Content-Type": of.declared, "x-amz-server-side-encryption": "AES256"}
	if sum, err := hex.DecodeString(of.checksum); err == nil && len(sum) > 0 {
		headers[checksumHeader] = base64.StdEncoding.EncodeToString(sum)
	}
	return map[string]any{
		"asset_id": j.ID, "upload_url": s.bucketLink(r, j.ID, of.size, headers), "upload_headers": headers,
		"max_bytes": most, "expires_in_seconds": int(bucketLifetime.Seconds()), "status": j.Kind.Pending,
	}
}

// completeUpload answers POST /v3/assets/{asset_id}/complete. Asked again, it answers the same again.
func (s *Sandbox) completeUpload(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Checksum *string `json:"checksum_sha256"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := s.OwnJob(v, assetJobs(), chi.URLParam(r, "asset_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	of := engine.DataOf[asset](j)
	if j.Media == nil {
		if of.object == nil || v.UploadUnseen() {
			return nil, engine.Refuse(http.StatusConflict, "conflict", "", "Uploaded object not found yet.")
		}
		if in.Checksum != nil && !strings.EqualFold(*in.Checksum, hexSum(of.object)) {
			return nil, engine.Invalid("checksum_sha256", "'checksum_sha256' is not that of the uploaded file.")
		}
		kind := media.DetectType(of.object)
		if kind == "" {
			return nil, engine.Invalid("", "The uploaded file is of a type that is not taken.")
		}
		s.finish(j, kind)
	}
	return map[string]any{
		"asset_id": j.ID, "url": s.assetLink(r, j), "mime_type": j.Media.Type, "size_bytes": of.size, "status": "processing",
	}, nil
}

// finish makes an asset of what lies in the bucket, under the type that it turned out to be.
func (s *Sandbox) finish(j *engine.Job, kind string) {
	of := engine.DataOf[asset](j)
	j.Media = &media.File{Raw: of.object, Type: kind, Seconds: media.Duration(kind, of.object)}
	s.PutFile(j.ID, j.Media)
	of.object = nil
	s.Release(j, assetSeconds)
}

// completeUploadBatch answers POST /v3/assets/complete/batches. Each file is judged by itself;
// asked again, it looks again at those that were not there.
func (s *Sandbox) completeUploadBatch(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		BatchID string `json:"batch_id"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b, apiErr := s.OwnBatch(v, assetJobs(), in.BatchID)
	if apiErr != nil {
		return nil, apiErr
	}
	for i := range b.Items {
		one := &b.Items[i]
		if one.Job == nil || one.Job.Cancelled || one.Job.Media != nil {
			continue
		}
		one.Refused = s.judge(one.Job)
		if one.Job.Ended { // it was not there the last time
			s.Reopen(b, one.Job)
		}
		one.Job.Fails = one.Refused != nil
		if one.Refused != nil {
			s.Release(one.Job, 0)
			continue
		}
		s.finish(one.Job, engine.DataOf[asset](one.Job).declared)
	}
	return engine.ShowCreatedBatch(b), nil
}

// judge says what is wrong with a file of a batch.
func (s *Sandbox) judge(j *engine.Job) *engine.Error {
	of := engine.DataOf[asset](j)
	switch {
	case of.object == nil:
		return engine.Refuse(http.StatusConflict, "resource_not_ready", "", "Uploaded object not found yet.")
	case media.DetectType(of.object) != of.declared:
		return engine.Invalid("content_type", "The uploaded file is not of the type '%s'.", of.declared)
	}
	return nil
}

func hexSum(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
