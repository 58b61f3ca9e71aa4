package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

const (
	// linkLifetime is how long a link opens its file; v3 publishes no number.
	linkLifetime = 24 * time.Hour
)

// link is a signed address of a file, on the host by which the request came.
func (s *Sandbox) link(r *http.Request, name string) string { return s.signed(r, "/files/"+name) }

// signed is a signed address of anything here.
func (s *Sandbox) signed(r *http.Request, path string) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	expires := strconv.FormatInt(s.clock.Now().Add(linkLifetime).Unix(), 10)
	return scheme + "://" + r.Host + path + "?expires=" + expires + "&signature=" + s.signature(path, expires)
}

func (s *Sandbox) signature(path, expires string) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("file\n" + path + "\n" + expires))
	return hex.EncodeToString(mac.Sum(nil))
}

// opens says whether a link's query opens a path.
func (s *Sandbox) opens(path string, q url.Values) bool {
	expires, err := strconv.ParseInt(q.Get("expires"), 10, 64)
	signed := hmac.Equal([]byte(q.Get("signature")), []byte(s.signature(path, q.Get("expires"))))
	return err == nil && signed && s.clock.Now().Unix() < expires
}

// sample links to three seconds of a voice.
func (s *Sandbox) sample(r *http.Request, id string) string { return s.link(r, "samples/"+id+".wav") }

// picture links to a picture of that size, which the id decides.
func (s *Sandbox) picture(r *http.Request, id string, width, height int) string {
	return s.link(r, fmt.Sprintf("previews/%dx%d/%s.png", width, height, id))
}

// serveFile answers a signed link, as a storage host would: a credential sent
// along is refused, because it should never have left for here.
func (s *Sandbox) serveFile(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "" || r.Header.Get("X-Api-Key") != "" {
		http.Error(w, "Only one way to authorize a request is allowed: the signature in the link.", http.StatusBadRequest)
		return
	}
	if !s.opens(r.URL.Path, r.URL.Query()) {
		http.Error(w, "The link has expired or its signature does not match.", http.StatusForbidden)
		return
	}
	dir, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/files/"), "/")
	id, _, _ := strings.Cut(path.Base(name), ".")
	var one *content
	var err error
	switch dir {
	case "previews":
		one, err = pictureContent(id, path.Dir(name))
	case "samples":
		one, err = (&media{seconds: sampleSeconds}).content(id, ".wav")
	default:
		s.mu.Lock()
		of := s.media[id]
		s.mu.Unlock()
		if of != nil {
			one, err = of.content(id, path.Ext(name))
		}
	}
	switch {
	case err != nil:
		http.Error(w, "The file could not be made.", http.StatusInternalServerError)
	case one == nil:
		http.NotFound(w, r)
	default:
		one.serve(w, r)
	}
}

// byteRange reads a Range header of one range; what it cannot read is no
// range at all, as RFC 9110 has it. to is the first byte left out.
func byteRange(header string, size int64) (from, to int64, partial, ok bool) {
	spec, found := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	if !found || !dash || strings.Contains(spec, ",") {
		return 0, size, false, true
	}
	a, errA := strconv.ParseInt(first, 10, 64)
	b, errB := strconv.ParseInt(last, 10, 64)
	switch {
	case first == "" && errB == nil && b > 0:
		return max(size-b, 0), size, true, true
	case errA != nil || last != "" && (errB != nil || b < a):
		return 0, size, false, true
	case a >= size:
		return 0, 0, false, false
	case last == "":
		return a, size, true, true
	}
	return a, min(b, size-1) + 1, true, true
}

// windowFull ends the writing once everything asked for is written.
type windowFull struct{}

func (windowFull) Error() string { return "everything asked for is written" }

// window lets through the part of what is written that was asked for.
type window struct {
	to         io.Writer
	skip, left int64
}

func (x *window) Write(b []byte) (int, error) {
	n := len(b)
	cut := min(x.skip, int64(len(b)))
	x.skip -= cut
	b = b[cut:]
	if int64(len(b)) > x.left {
		b = b[:x.left]
	}
	if len(b) > 0 {
		if _, err := x.to.Write(b); err != nil {
			return 0, fmt.Errorf("write a part of the video: %w", err)
		}
	}
	x.left -= int64(len(b))
	if x.left == 0 {
		return n, windowFull{}
	}
	return n, nil
}
