package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	// bucketLifetime is how long bytes can be put where a slot says; v3 publishes no number.
	bucketLifetime = time.Hour
	bucketTime     = "20060102T150405Z"
	checksumHeader = "x-amz-checksum-sha256"
)

// bucketLink is a signed address that takes one file, as S3's are: the size and every header are
// part of what is signed.
func (s *Sandbox) bucketLink(r *http.Request, id string, size int64, headers map[string]string) string {
	signed := []string{"content-length"}
	values := http.Header{"Content-Length": {strconv.FormatInt(size, 10)}}
	for name, v := range headers {
		signed = append(signed, strings.ToLower(name))
		values.Set(name, v)
	}
	slices.Sort(signed)
	q := url.Values{
		"X-Amz-Algorithm":     {"AWS4-HMAC-SHA256"},
		"X-Amz-Date":          {s.Now().UTC().Format(bucketTime)},
		"X-Amz-Expires":       {strconv.Itoa(int(bucketLifetime.Seconds()))},
		"X-Amz-SignedHeaders": {strings.Join(signed, ";")},
	}
	path := "/uploads/" + id
	q.Set("X-Amz-Signature", s.bucketSignature(path, q, values))
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host + path + "?" + q.Encode()
}

// bucketSignature signs a path, a query without its signature, and the headers that the query
// names.
func (s *Sandbox) bucketSignature(path string, q url.Values, headers http.Header) string {
	unsigned := url.Values{}
	for name, values := range q {
		if name != "X-Amz-Signature" {
			unsigned[name] = values
		}
	}
	mac := s.MAC()
	_, _ = fmt.Fprintf(mac, "PUT\n%s\n%s\n", path, unsigned.Encode()) // a hash takes everything
	for name := range strings.SplitSeq(q.Get("X-Amz-SignedHeaders"), ";") {
		_, _ = fmt.Fprintf(mac, "%s:%s\n", name, strings.TrimSpace(headers.Get(name)))
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// putObject takes the bytes of an announced file, as S3 does: no credential but the signature,
// every signed header as it was signed, and nothing of v3's envelope.
func (s *Sandbox) putObject(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	q := r.URL.Query()
	headers := r.Header.Clone()
	headers.Set("Content-Length", strconv.FormatInt(r.ContentLength, 10))
	made, err := time.Parse(bucketTime, q.Get("X-Amz-Date"))
	switch {
	case r.Header.Get("Authorization") != "" || r.Header.Get("X-Api-Key") != "":
		bucketError(w, http.StatusBadRequest, "InvalidArgument", "Only one auth mechanism is allowed: the signature in "+
			"the URL.")
		return
	case r.ContentLength < 0:
		bucketError(w, http.StatusLengthRequired, "MissingContentLength", "The Content-Length header is required.")
		return
	case err != nil || !hmac.Equal([]byte(q.Get("X-Amz-Signature")), []byte(s.bucketSignature(r.URL.Path, q, headers))):
		bucketError(w, http.StatusForbidden, "SignatureDoesNotMatch", "The size or a header is not the one that was signed.")
		return
	case !s.Now().Before(made.Add(bucketLifetime)):
		bucketError(w, http.StatusForbidden, "AccessDenied", "Request has expired")
		return
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxZip)) // the length is signed, and was at most this
	if err != nil {
		bucketError(w, http.StatusBadRequest, "IncompleteBody", "The body ended early.")
		return
	}
	sum := sha256.Sum256(raw)
	if want := r.Header.Get(checksumHeader); want != "" && want != base64.StdEncoding.EncodeToString(sum[:]) {
		bucketError(w, http.StatusBadRequest, "BadDigest", "The checksum is not that of the body.")
		return
	}
	s.Lock()
	if j := s.Job(chi.URLParam(r, "asset_id")); j != nil && j.Media == nil {
		engine.DataOf[asset](j).object = raw
	}
	s.Unlock()
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
}

// mayPutObject lets pages of any origin put files, as a bucket does that browsers upload to.
func (s *Sandbox) mayPutObject(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", http.MethodPut)
	h.Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers"))
	w.WriteHeader(http.StatusNoContent)
}

func bucketError(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>\n", code, message)
}
