package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// linkLifetime is how long a link opens its file; v3 publishes no number.
	linkLifetime = 24 * time.Hour
	maxPreview   = 640 // pixels a side; the path is signed, so this is a second lock
	cueWords     = 8   // of a subtitle, about a line
)

// media is what the files of one id hold. It never changes once it is in the sandbox's map.
type media struct {
	seconds float64
	text    string // what is said, for subtitles
}

// link is a signed address of a file, on the host by which the request came.
func (s *Sandbox) link(r *http.Request, path string) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	expires := strconv.FormatInt(s.clock.Now().Add(linkLifetime).Unix(), 10)
	path = "/files/" + path
	return scheme + "://" + r.Host + path + "?expires=" + expires + "&signature=" + s.signature(path, expires)
}

func (s *Sandbox) signature(path, expires string) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("file\n" + path + "\n" + expires))
	return hex.EncodeToString(mac.Sum(nil))
}

// serveFile answers a signed link, as a storage host would: a credential sent
// along is refused, because it should never have left for here.
func (s *Sandbox) serveFile(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "" || r.Header.Get("X-Api-Key") != "" {
		http.Error(w, "Only one way to authorize a request is allowed: the signature in the link.", http.StatusBadRequest)
		return
	}
	q := r.URL.Query()
	expires, err := strconv.ParseInt(q.Get("expires"), 10, 64)
	signed := hmac.Equal([]byte(q.Get("signature")), []byte(s.signature(r.URL.Path, q.Get("expires"))))
	if err != nil || !signed || s.clock.Now().Unix() >= expires {
		http.Error(w, "The link has expired or its signature does not match.", http.StatusForbidden)
		return
	}
	path := strings.TrimPrefix(r.URL.Path, "/files/")
	if rest, ok := strings.CutPrefix(path, "previews/"); ok {
		s.servePreview(w, r, rest)
		return
	}
	id, kind, _ := strings.Cut(path[strings.LastIndex(path, "/")+1:], ".")
	s.mu.Lock()
	one, ok := s.media[id]
	s.mu.Unlock()
	switch {
	case !ok:
		http.NotFound(w, r)
	case kind == "srt":
		w.Header().Set("Content-Type", "application/x-subrip")
		_, _ = io.WriteString(w, subtitles(one)) // a client that left is no concern of the sandbox
	default:
		serveVideo(w, r, one)
	}
}

func (s *Sandbox) servePreview(w http.ResponseWriter, r *http.Request, rest string) {
	size, id, _ := strings.Cut(strings.TrimSuffix(rest, ".png"), "/")
	width, height, _ := strings.Cut(size, "x")
	x, errX := strconv.Atoi(width)
	y, errY := strconv.Atoi(height)
	if errX != nil || errY != nil || x < 1 || y < 1 || x > maxPreview || y > maxPreview {
		http.NotFound(w, r)
		return
	}
	picture, err := previewPNG(id, x, y)
	if err != nil {
		http.Error(w, "The picture could not be made.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Content-Length", strconv.Itoa(len(picture)))
	_, _ = w.Write(picture) // a client that left is no concern of the sandbox
}

// serveVideo writes the file as it is made, or the one range of it that is
// asked for: players seek by ranges, and nothing here needs a whole file.
func serveVideo(w http.ResponseWriter, r *http.Request, v *media) {
	size := videoSize(v.seconds)
	from, to, partial, ok := byteRange(r.Header.Get("Range"), size)
	w.Header().Set("Content-Type", "video/mp4")
	w.Header().Set("Accept-Ranges", "bytes")
	if !ok {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes */%d", size))
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
		return
	}
	w.Header().Set("Content-Length", strconv.FormatInt(to-from, 10))
	if partial {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to-1, size))
		w.WriteHeader(http.StatusPartialContent)
	}
	if r.Method == http.MethodHead {
		return
	}
	err := writeVideo(&window{to: w, skip: from, left: to - from}, v.seconds)
	if err != nil && !errors.Is(err, windowFull{}) {
		panic(http.ErrAbortHandler) // a short file must not look like a whole one
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

// subtitles spreads a script evenly over its video.
func subtitles(v *media) string {
	words := strings.Fields(v.text)
	var out strings.Builder
	for from := 0; from < len(words); from += cueWords {
		to := min(from+cueWords, len(words))
		fmt.Fprintf(&out, "%d\n%s --> %s\n%s\n\n", from/cueWords+1,
			cueTime(v.seconds*float64(from)/float64(len(words))),
			cueTime(v.seconds*float64(to)/float64(len(words))), strings.Join(words[from:to], " "))
	}
	return out.String()
}

func cueTime(at float64) string {
	ms := int64(at * 1000)
	return fmt.Sprintf("%02d:%02d:%02d,%03d", ms/3600000, ms/60000%60, ms/1000%60, ms%1000)
}
