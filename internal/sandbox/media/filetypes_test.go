package media

import (
	"bytes"
	"testing"
)

func TestFilesAreWhatTheirBytesSay(t *testing.T) {
	t.Parallel()
	made := func(one *Content, err error) []byte {
		var buf bytes.Buffer
		if err == nil {
			err = one.Write(&buf)
		}
		if err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	for name, c := range map[string]struct {
		raw    []byte
		kind   string
		length float64
	}{
		"png":        {made(Preview("p", "64x64")), "image/png", 0},
		"jpeg":       {[]byte("\xFF\xD8\xFF\xE0"), "image/jpeg", 0},
		"wav":        {made((&File{Seconds: 2.5}).Content("a", ".wav")), TypeWAV, 2.48},
		"short wav":  {[]byte("RIFF\x24\x00\x00\x00WAVEfmt "), TypeWAV, 1},
		"mp4":        {made((&File{Seconds: 7}).Content("a", ".mp4")), TypeMP4, 7},
		"webm":       {made((&File{Seconds: 4}).Content("a", ".webm")), TypeWebM, 4},
		"mp3":        {append([]byte("ID3"), make([]byte, 3*mp3Bytes)...), TypeMP3, 3},
		"mp3 frames": {[]byte{0xFF, 0xFB, 0x90}, TypeMP3, 1},
		"pdf":        {[]byte("%PDF-1.7"), "application/pdf", 0},
		"srt":        {[]byte("1\n00:00:00,000 --> 00:00:01,000\nHi\n"), TypeSRT, 0},
		"zip":        {[]byte("PK\x03\x04"), TypeZip, 0},
		"words":      {[]byte("Hello"), "", 0},
		"nothing":    {nil, "", 0},
	} {
		kind := DetectType(c.raw)
		if got := Duration(kind, c.raw); kind != c.kind || got != c.length && (got < c.length-0.05 || got > c.length+0.05) {
			t.Errorf("%s: %q of %v s, want %q of %v s", name, kind, got, c.kind, c.length)
		}
	}
}
