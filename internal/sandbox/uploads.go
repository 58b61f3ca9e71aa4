package sandbox

import (
	"heygen-mcp/internal/sandbox/contract"

	"heygen-mcp/internal/sandbox/media"

	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
)

const (
	// maxZip is the largest project, maxDirect the largest of other files, which is v3's bound of a video.
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

// plan makes the job of an announced file, which waits for its bytes. path is where the request stands in the body.
func (in *uploadRequest) plan(path string) (*job, *apiError) {
	_, known := media.Types()[in.ContentType]
	sum, err := hex.DecodeString(value(in.Checksum))
	switch {
	case in.Filename == "":
		return nil, invalid(contract.Member(path, "filename"), "'%s' must not be empty.", contract.Member(path, "filename"))
	case !known:
		return nil, invalid(contract.Member(path, "content_type"), "The type '%s' is not taken.", in.ContentType)
	case in.Size < 1 || in.Size > in.most():
		return nil, invalid(contract.Member(path, "size_bytes"), "'%s' must be between 1 and %d.", contract.Member(path, "size_bytes"), in.most())
	case in.Checksum != nil && (err != nil || len(sum) != sha256.Size):
		return nil, invalid(contract.Member(path, "checksum_sha256"), "'%s' must be a SHA-256 in hex.", contract.Member(path, "checksum_sha256"))
	}
	return &job{
		kind: assetJobs(), title: in.Filename, idle: true, failure: "The upload could not be processed.",
		data: &asset{declared: in.ContentType, size: in.Size, checksum: strings.ToLower(value(in.Checksum))},
	}, nil
}

// createUpload answers POST /v3/assets/direct-uploads.
func (s *Sandbox) createUpload(r *http.Request, v *visit) (any, *apiError) {
	var in uploadRequest
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := in.plan("")
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.beginIdle(v, j); apiErr != nil {
		return nil, apiErr
	}
	return s.showSlot(r, j, in.most()), nil
}

// createUploadBatch answers POST /v3/assets/direct-uploads/batches. One file that cannot be taken refuses them all: no
// bytes have moved yet.
func (s *Sandbox) createUploadBatch(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Title       *string         `json:"title"`
		CallbackURL *string         `json:"callback_url"`
		Files       []uploadRequest `json:"files"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b := &batch{kind: assetJobs(), title: value(in.Title), callbackURL: value(in.CallbackURL)}
	for i := range in.Files {
		j, apiErr := in.Files[i].plan(fmt.Sprintf("files[%d]", i))
		if apiErr != nil {
			return nil, apiErr
		}
		b.items = append(b.items, batchItem{job: j})
	}
	s.beginBatch(v, b)
	slots := make([]any, len(b.items))
	for i, one := range b.items {
		slots[i] = s.showSlot(r, one.job, in.Files[i].most())
	}
	return map[string]any{"batch_id": b.id, "items": slots}, nil
}

// showSlot is where and how the bytes are to be put.
func (s *Sandbox) showSlot(r *http.Request, j *job, most int64) any {
	of := dataOf[asset](j)
	headers := map[string]string{"Content-Type": of.declared, "x-amz-server-side-encryption": "AES256"}
	if sum, err := hex.DecodeString(of.checksum); err == nil && len(sum) > 0 {
		headers[checksumHeader] = base64.StdEncoding.EncodeToString(sum)
	}
	return map[string]any{
		"asset_id": j.id, "upload_url": s.bucketLink(r, j.id, of.size, headers), "upload_headers": headers,
		"max_bytes": most, "expires_in_seconds": int(bucketLifetime.Seconds()), "status": j.kind.pending,
	}
}

// completeUpload answers POST /v3/assets/{asset_id}/complete. Asked again, it answers again.
func (s *Sandbox) completeUpload(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Checksum *string `json:"checksum_sha256"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := s.ownJob(v, assetJobs(), chi.URLParam(r, "asset_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	of := dataOf[asset](j)
	if j.media == nil {
		if of.object == nil || v.fault != nil && v.fault.Fault == faultUnseen {
			return nil, refuse(http.StatusConflict, "resource_not_ready", "", "Uploaded object not found yet.")
		}
		if in.Checksum != nil && !strings.EqualFold(*in.Checksum, hexSum(of.object)) {
			return nil, invalid("checksum_sha256", "'checksum_sha256' is not that of the uploaded file.")
		}
		kind := media.DetectType(of.object)
		if kind == "" {
			return nil, invalid("", "The uploaded file is of a type that is not taken.")
		}
		s.finish(j, kind)
	}
	return map[string]any{
		"asset_id": j.id, "url": s.assetLink(r, j), "mime_type": j.media.Type, "size_bytes": of.size,
		"status": j.status(s.clock.Now()),
	}, nil
}

// finish makes an asset of what lies in the bucket, under the type that it turned out to be.
func (s *Sandbox) finish(j *job, kind string) {
	of := dataOf[asset](j)
	j.media = &media.File{Raw: of.object, Type: kind, Seconds: media.Duration(kind, of.object)}
	s.media[j.id] = j.media
	of.object = nil
	s.release(j, assetSeconds)
}

// completeUploadBatch answers POST /v3/assets/complete/batches. Each file is judged by itself; asked again, it looks again
// at those that were not there.
func (s *Sandbox) completeUploadBatch(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		BatchID string `json:"batch_id"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b, apiErr := s.ownBatch(v, assetJobs(), in.BatchID)
	if apiErr != nil {
		return nil, apiErr
	}
	for i := range b.items {
		one := &b.items[i]
		if one.job == nil || one.job.cancelled || one.job.media != nil {
			continue
		}
		one.refused = s.judge(one.job)
		if one.job.ended { // it was not there the last time
			one.job.ended, b.ended = false, false
			one.job.owner.running = append(one.job.owner.running, one.job)
		}
		one.job.fails = one.refused != nil
		if one.refused != nil {
			s.release(one.job, 0)
			continue
		}
		s.finish(one.job, dataOf[asset](one.job).declared)
	}
	return s.showCreatedBatch(b), nil
}

// judge says what is wrong with a file of a batch.
func (s *Sandbox) judge(j *job) *apiError {
	of := dataOf[asset](j)
	switch {
	case of.object == nil:
		return refuse(http.StatusConflict, "resource_not_ready", "", "Uploaded object not found yet.")
	case media.DetectType(of.object) != of.declared:
		return invalid("content_type", "The uploaded file is not of the type '%s'.", of.declared)
	}
	return nil
}

func hexSum(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
