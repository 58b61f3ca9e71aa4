// Package media makes the files of the sandbox, and reads as much of an uploaded file as the sandbox
// must know. It owns the formats: mp4, webm, wav, png, gif and subtitles are made while they are sent,
// from a length and an id; type and length of an upload are read from its head. It knows nothing of
// jobs, accounts and links.
//
// Read media.go first; then mp4.go shows how a format is made.
package media

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
	SampleSeconds = 3.0 // of a voice
)

// File is what the files of one id hold. It never changes once it is in the sandbox's map.
type File struct {
	Seconds float64
	Text    string // what is said, for subtitles

	Raw  []byte // a file that somebody uploaded, whatever its name; nil for what is made here
	Type string // its type, such as image/png
}

// Content is one file, which is made while it is sent.
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

// Content is the file of a media by the ending of its name. It is nil for an ending that is not made here.
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
		return &Content{"audio/wav", wavSize(m.Seconds), func(w io.Writer) error { return writeWAV(w, id, m.Seconds) }}, nil
	case ".gif":
		raw, err := movingGIF(id)
		return wholeContent("image/gif", raw), err
	case ".srt":
		return wholeContent("application/x-subrip", []byte(SRT(m.Text, m.Seconds))), nil
	case ".vtt":
		return wholeContent("text/vtt", []byte(VTT(m.Text, m.Seconds))), nil
	}
	return nil, nil
}

// Preview is a preview of a size such as 640x360.
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

// Serve writes the file as it is made, or the one range of it that is asked for: players seek by ranges, and nothing
// here needs a whole file.
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
