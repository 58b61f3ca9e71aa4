package engine

import (
	"crypto/hmac"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// linkLifetime is how long a link is valid. v3 publishes no number.
const linkLifetime = 24 * time.Hour

// Link is a signed URL of a file, on the host of the request.
func (e *Engine) Link(r *http.Request, name string) string { return e.SignedURL(r, "/files/"+name) }

// SignedURL is a signed URL of a path of the sandbox. It is valid for linkLifetime.
func (e *Engine) SignedURL(r *http.Request, path string) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	expires := strconv.FormatInt(e.clock.Now().Add(linkLifetime).Unix(), 10)
	return scheme + "://" + r.Host + path + "?expires=" + expires + "&signature=" + e.signature(path, expires)
}

func (e *Engine) signature(path, expires string) string {
	mac := e.MAC()
	mac.Write([]byte("file\n" + path + "\n" + expires))
	return hex.EncodeToString(mac.Sum(nil))
}

// ValidLink reports whether the query of a link has the signature of its path and has not expired.
func (e *Engine) ValidLink(path string, q url.Values) bool {
	expires, err := strconv.ParseInt(q.Get("expires"), 10, 64)
	signed := hmac.Equal([]byte(q.Get("signature")), []byte(e.signature(path, q.Get("expires"))))
	return err == nil && signed && e.clock.Now().Unix() < expires
}

// SampleLink links to a recording of a voice, of media.SampleSeconds.
func (e *Engine) SampleLink(r *http.Request, id string) string {
	return e.Link(r, "samples/"+id+".wav")
}

// PictureLink links to a picture of this size in pixels. The id decides what it shows.
func (e *Engine) PictureLink(r *http.Request, id string, width, height int) string {
	return e.Link(r, fmt.Sprintf("previews/%dx%d/%s.png", width, height, id))
}
