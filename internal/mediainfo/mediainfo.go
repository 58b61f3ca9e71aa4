// Package mediainfo owns how long a media file is, as its header or its end says: mp4, mov, m4a, webm, avi, MPEG
// transport and program streams, flv, wmv, wma, wav, aiff, mp3, aac, ogg and flac; and how long any other can be at the
// most. It reads a few small parts of the file through an io.ReaderAt, so that a file far away need not be fetched, and
// believes nothing that it reads. It does not know where the file is.
//
// Reading order: mediainfo.go (which kind), mp4.go (and fragments.go and fragment.go, for those in fragments), webm.go
// (and webm_tail.go, for those that browsers record), avi.go, ts.go, ps.go, flv.go, asf.go, wav.go, aiff.go, mp3.go,
// aac.go, frames.go, ogg.go, longest.go.
package mediainfo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ErrUnknown says that a file does not tell how long it is, or is of no kind that is known here.
var ErrUnknown = errors.New("its length is not known")

// longest is beyond any file that somebody has translated, in seconds: a header that says more is wrong.
const longest = 24 * 3600.0

// head is how much of the beginning tells the kind of a file.
const head = 12

// Seconds is how long a file of a size in bytes is; a size of -1 is not known. The error is ErrUnknown, or
// that of r.
func Seconds(r io.ReaderAt, size int64) (float64, error) {
	first, err := read(r, 0, head)
	if err != nil {
		return 0, err
	}
	f := &file{r: r, size: size}
	var seconds float64
	switch {
	case isBox(first):
		seconds, err = f.mp4()
	case bytes.HasPrefix(first, []byte("\x1a\x45\xdf\xa3")):
		seconds, err = f.webm()
	case bytes.Equal(first[8:], []byte("WAVE")):
		seconds, err = f.wav()
	case bytes.Equal(first[8:], []byte("AVI ")):
		seconds, err = f.avi()
	case bytes.HasPrefix(first, []byte("OggS")):
		seconds, err = f.ogg()
	case bytes.HasPrefix(first, []byte("fLaC")):
		seconds, err = f.flac()
	case bytes.HasPrefix(first, []byte("FORM")) && bytes.HasPrefix(first[8:], []byte("AIF")):
		seconds, err = f.aiff()
	case bytes.HasPrefix(first, []byte("FLV")):
		seconds, err = f.flv()
	case bytes.HasPrefix(first, []byte(asfHeader[:head])):
		seconds, err = f.asf()
	case bytes.HasPrefix(first, psBegins()):
		seconds, err = f.ps()
	case bytes.HasPrefix(first, []byte("ID3")), isFrame(first), isADTS(first):
		seconds, err = f.tagged()
	default:
		seconds, err = f.ts()
	}
	if err != nil {
		return 0, err
	}
	if !(seconds > 0 && seconds <= longest) { // which no NaN is
		return 0, ErrUnknown
	}
	return seconds, nil
}

// file is a file that is read in parts.
type file struct {
	r    io.ReaderAt
	size int64 // -1 where it is not known
}

// read reads n bytes. A file that ends before tells nothing.
func read(r io.ReaderAt, at int64, n int) ([]byte, error) {
	if at < 0 {
		return nil, ErrUnknown
	}
	b := make([]byte, n)
	switch got, err := r.ReadAt(b, at); {
	case got == n:
		return b, nil
	case err == nil, errors.Is(err, io.EOF):
		return nil, ErrUnknown
	default:
		return nil, fmt.Errorf("reading a media file: %w", err)
	}
}

// part is read of the file.
func (f *file) part(at int64, n int) ([]byte, error) { return read(f.r, at, n) }

// beyond reports whether the file ends at a place or before it.
func (f *file) beyond(at int64) bool { return f.size >= 0 && at >= f.size }

// u32 and u64 are numbers as most files have them, the high byte first.
func u32(b []byte) int64  { return int64(binary.BigEndian.Uint32(b)) }
func u64(b []byte) uint64 { return binary.BigEndian.Uint64(b) }
