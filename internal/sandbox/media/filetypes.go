package media

import (
	"bytes"
	"encoding/binary"
	"math"
	"net/http"
	"regexp"
	"strings"
)

// The types of files that the sandbox treats in a way of their own.
const (
	TypeMP4  = "video/mp4"
	TypeWebM = "video/webm"
	TypeMP3  = "audio/mpeg"
	TypeWAV  = "audio/wav"
	TypeSRT  = "application/x-subrip"
	TypeZip  = "application/zip"

	mp3Bytes = 16_000 // a second at 128 kbit/s, the usual rate
)

// Types are the media types that v3 takes, each with its file ending and v3's word for it.
func Types() map[string][2]string {
	return map[string][2]string{
		"image/png": {".png", "image"}, "image/jpeg": {".jpg", "image"},
		TypeMP4: {".mp4", "video"}, TypeWebM: {".webm", "video"},
		TypeMP3: {".mp3", "audio"}, TypeWAV: {".wav", "audio"},
		"application/pdf": {".pdf", "document"}, TypeSRT: {".srt", "subtitle"}, TypeZip: {".zip", "archive"},
	}
}

// DetectType tells the media type of a file from its bytes. It is "" for a type that v3 does not
// take.
func DetectType(raw []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(raw), ";")
	switch {
	case kind == "audio/wave":
		kind = TypeWAV
	case len(raw) > 1 && raw[0] == 0xFF && raw[1]&0xE0 == 0xE0:
		kind = TypeMP3 // frames without a head of tags
	case kind == "text/plain" && regexp.MustCompile(`^\s*\d+\r?\n\d\d:\d\d:\d\d,\d{3} -->`).Match(raw):
		kind = TypeSRT
	}
	if _, ok := Types()[kind]; !ok {
		return ""
	}
	return kind
}

// Duration reads from the head of a recording how many seconds it lasts. It is 0 for other files,
// and at least a second for a recording whose head does not say.
func Duration(kind string, raw []byte) float64 {
	seconds := 0.0
	switch kind {
	case TypeWAV:
		if len(raw) > wavHead {
			seconds = float64(len(raw)-wavHead) / float64(binary.LittleEndian.Uint32(raw[28:]))
		}
	case TypeMP3:
		seconds = float64(len(raw)) / mp3Bytes
	case TypeMP4:
		seconds = mp4Length(raw)
	case TypeWebM:
		// The duration is a float of milliseconds in 8 bytes; their number is written in one byte
		// or in eight.
		for _, size := range []string{"\x88", "\x01\x00\x00\x00\x00\x00\x00\x08"} {
			if _, after, ok := bytes.Cut(raw, []byte("\x44\x89"+size)); ok && len(after) >= 8 {
				seconds = math.Float64frombits(binary.BigEndian.Uint64(after)) / 1000
			}
		}
	default:
		return 0
	}
	if !(seconds >= minSeconds) || seconds > MaxSeconds { // NaN too
		return minSeconds
	}
	return math.Round(seconds*FrameRate) / FrameRate
}

// mp4Length reads the movie's head, of which there are two versions.
func mp4Length(raw []byte) float64 {
	_, head, ok := bytes.Cut(raw, []byte("mvhd"))
	switch {
	case !ok || len(head) < 32:
		return 0
	case head[0] == 0:
		return float64(binary.BigEndian.Uint32(head[16:])) / float64(binary.BigEndian.Uint32(head[12:]))
	}
	return float64(binary.BigEndian.Uint64(head[24:])) / float64(binary.BigEndian.Uint32(head[20:]))
}
