package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

const (
	maxPreview    = 640 // pixels a side; the path is signed, so this is a second lock
	sampleSeconds = 3.0 // of a voice
)

// media is what the files of one id hold. It never changes once it is in the sandbox's map.
type media struct {
	seconds float64
	text    string // what is said, for subtitles

	raw  []byte // a file that somebody uploaded, whatever its name; nil for what is made here
	kind string // its type, such as image/png
}

// content is one file, which is made while it is sent.
type content struct {
	kind  string
	size  int64
	write func(io.Writer) error
}

func wholeContent(kind string, raw []byte) *content {
	return &content{kind, int64(len(raw)), func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(raw))
		return err
	}}
}

// content is the file of a media by the ending of its name. It is nil for an ending that is not made here.
func (m *media) content(id, ending string) (*content, error) {
	if m.raw != nil {
		return wholeContent(m.kind, m.raw), nil
	}
	switch ending {
	case ".mp4":
		return &content{"video/mp4", videoSize(m.seconds), func(w io.Writer) error { return writeVideo(w, m.seconds) }}, nil
	case ".mov":
		// QuickTime's players read an mp4 under this name too.
		return &content{"video/quicktime", videoSize(m.seconds), func(w io.Writer) error { return writeVideo(w, m.seconds) }}, nil
	case ".webm":
		film, err := planWebM(m.seconds)
		if err != nil {
			return nil, err
		}
		return &content{"video/webm", film.bytes, film.write}, nil
	case ".wav":
		return &content{"audio/wav", wavSize(m.seconds), func(w io.Writer) error { return writeWAV(w, id, m.seconds) }}, nil
	case ".gif":
		raw, err := movingGIF(id)
		return wholeContent("image/gif", raw), err
	case ".srt":
		return wholeContent("application/x-subrip", []byte(subtitlesSRT(m.text, m.seconds))), nil
	case ".vtt":
		return wholeContent("text/vtt", []byte(subtitlesVTT(m.text, m.seconds))), nil
	}
	return nil, nil
}

// pictureContent is a preview of a size such as 640x360.
func pictureContent(id, size string) (*content, error) {
	width, height, _ := strings.Cut(size, "x")
	x, errX := strconv.Atoi(width)
	y, errY := strconv.Atoi(height)
	if errX != nil || errY != nil || x < 1 || y < 1 || x > maxPreview || y > maxPreview {
		return nil, nil
	}
	raw, err := previewPNG(id, x, y)
	return wholeContent("image/png", raw), err
}

// serve writes the file as it is made, or the one range of it that is asked for: players seek by ranges, and nothing
// here needs a whole file.
func (c *content) serve(w http.ResponseWriter, r *http.Request) {
	from, to, partial, ok := byteRange(r.Header.Get("Range"), c.size)
	w.Header().Set("Content-Type", c.kind)
	w.Header().Set("Accept-Ranges", "bytes")
	if !ok {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes */%d", c.size))
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
		return
	}
	w.Header().Set("Content-Length", strconv.FormatInt(to-from, 10))
	if partial {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to-1, c.size))
		w.WriteHeader(http.StatusPartialContent)
	}
	if r.Method == http.MethodHead {
		return
	}
	err := c.write(&window{to: w, skip: from, left: to - from})
	if err != nil && !errors.Is(err, windowFull{}) {
		panic(http.ErrAbortHandler) // a short file must not look like a whole one
	}
}
