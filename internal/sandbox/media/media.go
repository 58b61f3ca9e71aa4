// Package media makes the files of the sandbox, and reads as much of an uploaded file as the
// sandbox must know. It owns the formats: mp4, webm, wav, png, gif and subtitles are made while
// they are sent, from a length and an id; type and length of an upload are read from its head. It
// knows nothing of jobs, accounts and links.
//
// Read media.go first; then mp4.go shows how a format is made.
package media

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
)

const (
	maxPreview = 640 // pixels a side; the path is signed, so this is a second lock
	// SampleSeconds is how long the sample of a voice lasts.
	SampleSeconds = 3.0
)

// File is what the files of one id hold. It does not change once it is kept.
type File struct {
	Seconds float64
	Text    string // what is said, for subtitles

	Raw  []byte // of an upload, which is sent as it is; nil for a file that is made here
	Type string // the media type of an upload, such as image/png
}

// Content is one file, which is made while it is written.
type Content struct {
	Type  string
	size  int64
	Write func(io.Writer) error
}

func wholeContent(kind string, raw []byte) *Content {
	return &Content{kind, int64(len(raw)), func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(raw))
		return err
	}}
}

// Content is the file with an ending such as .mp4. It is nil for an ending that is not made here.
func (m *File) Content(id, ending string) (*Content, error) {
	if m.Raw != nil {
		return wholeContent(m.Type, m.Raw), nil
	}
	switch ending {
	case ".mp4":
		return &Content{"video/mp4", videoSize(m.Seconds), func(w io.Writer) error { return writeVideo(w, m.Seconds) }}, nil
	case ".mov":
		// QuickTime's players read an mp4 under this name too.
		return &Content{"video/quicktime", videoSize(m.Seconds), func(w io.Writer) error { return writeVideo(w, m.Seconds) }}, nil
	case ".webm":
		film, err := planWebM(m.Seconds)
		if err != nil {
			return nil, err
		}
		return &Content{"video/webm", film.bytes, film.write}, nil
	case ".wav":
		return &Content{"audio/wav", wavSize(m.Seconds), func(w io.Writer) error { return WriteWAV(w, id, m.Seconds) }}, nil
	case ".gif":
		raw, err := movingGIF(id)
		return wholeContent("image/gif", raw), err
	case ".srt":
		return wholeContent("application/x-subrip", []byte(SRT(m.Text, m.Seconds))), nil
	case ".m3u8":
		return wholeContent("application/vnd.apple.mpegurl", playlist(id, m.Seconds)), nil
	case ".vtt":
		return wholeContent("text/vtt", []byte(VTT(m.Text, m.Seconds))), nil
	}
	return nil, nil
}

// playlist is that of a stream of one segment.
func playlist(id string, seconds float64) []byte {
	return fmt.Appendf(nil, "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:%.0f\n#EXTINF:%.3f,\n%s.mp4\n#EXT-X-ENDLIST\n",
		math.Ceil(seconds), seconds, id)
}

// Preview is a picture of a size such as 640x360, or nil for a size that is malformed or too large.
func Preview(id, size string) (*Content, error) {
	width, height, _ := strings.Cut(size, "x")
	x, errX := strconv.Atoi(width)
	y, errY := strconv.Atoi(height)
	if errX != nil || errY != nil || x < 1 || y < 1 || x > maxPreview || y > maxPreview {
		return nil, nil
	}
	raw, err := previewPNG(id, x, y)
	return wholeContent("image/png", raw), err
}

// Serve answers with the file, or with the one range of it that is asked for: players seek by
// ranges. No file is held in memory as a whole.
func (c *Content) Serve(w http.ResponseWriter, r *http.Request) {
	from, to, partial, ok := byteRange(r.Header.Get("Range"), c.size)
	w.Header().Set("Content-Type", c.Type)
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
	err := c.Write(&rangeWriter{to: w, skip: from, left: to - from})
	if err != nil && !errors.Is(err, rangeWritten{}) {
		panic(http.ErrAbortHandler) // a short file must not look like a whole one
	}
}
