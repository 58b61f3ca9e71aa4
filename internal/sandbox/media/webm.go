package media

import (
	_ "embed" // for clipWebM
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// clipWebM is the recording of clip.mp4 once more, as VP8 and Opus, for those who ask for webm. It
// is without an alpha channel: what v3 would leave out of the picture is in it. Its only key frame
// is its first, and its tone begins and ends in silence, so that any part of it can be followed by
// its start. This made it, with the picture of clip.go:
//
//	ffmpeg -f lavfi -i PICTURE \
//	  -f lavfi -i "aevalsrc='(0.5-0.5*cos(PI*t))\
//	*(0.04*sin(2*PI*187.5*t)+0.03*sin(2*PI*281.25*t)+0.02*sin(2*PI*375*t))':s=48000:d=2" \
//	  -c:v libvpx -b:v 150k -crf 30 -auto-alt-ref 0 -g 50 -pix_fmt yuv420p -c:a libopus -b:a 24k -ac 1 \
//	  -flags +bitexact -fflags +bitexact -map_metadata -1 clip.webm
//
//go:embed clip.webm
var clipWebM []byte

// Elements of Matroska by their ids.
const (
	webmHead       = 0x1A45DFA3
	webmSegment    = 0x18538067
	webmInfo       = 0x1549A966
	webmScale      = 0x2AD7B1
	webmDuration   = 0x4489
	webmMuxer      = 0x4D80
	webmWriter     = 0x5741
	webmTracks     = 0x1654AE6B
	webmCues       = 0x1C53BB6B
	webmCuePoint   = 0xBB
	webmCueTime    = 0xB3
	webmCueTracks  = 0xB7
	webmCueTrack   = 0xF7
	webmCueCluster = 0xF1
	webmCluster    = 0x1F43B675
	webmTimestamp  = 0xE7
	webmBlock      = 0xA3

	webmLoop     = 2000 // milliseconds of the clip that are repeated
	webmPicture  = 40   // milliseconds between pictures, as clipRate says
	webmPictures = 1    // the track of pictures; the other is the sound
)

// webmFilm is the plan of one video: a head, and then the clip over and over, one cluster each
// time.
type webmFilm struct {
	head   []byte
	blocks []webmSample
	length int // milliseconds
	bytes  int64
}

// webmSample is one block as an element, and its time within the clip.
type webmSample struct {
	at  int
	raw []byte
}

// planWebM lays a video of that length out.
func planWebM(seconds float64) (*webmFilm, error) {
	if math.IsNaN(seconds) || seconds > MaxSeconds {
		return nil, fmt.Errorf("a video of %v seconds cannot be made: the longest lasts %d", seconds, MaxSeconds)
	}
	tracks, blocks, err := readWebM(clipWebM)
	if err != nil {
		return nil, err
	}
	f := &webmFilm{blocks: blocks, length: max(webmPicture, int(math.Round(seconds*1000)))}
	info := element(webmInfo, element(webmScale, []byte{0x0F, 0x42, 0x40}), // a tick is a millisecond
		element(webmMuxer, []byte("sandbox")), element(webmWriter, []byte("sandbox")),
		element(webmDuration, binary.BigEndian.AppendUint64(nil, math.Float64bits(float64(f.length)))))
	before := len(info) + len(tracks)
	// The cues are as long whatever they point to, so that one trial run tells where the clusters
	// begin.
	cues := f.cues(int64(before))
	cues = f.cues(int64(before + len(cues)))
	size := int64(before + len(cues))
	for from := 0; from < f.length; from += webmLoop {
		size += f.clusterSize(from)
	}
	f.head = element(webmHead, element(0x4282, []byte("webm")), element(0x4287, []byte{2}), element(0x4285, []byte{2}))
	f.head = append(binary.BigEndian.AppendUint32(f.head, webmSegment), longSize(size)...)
	f.bytes = int64(len(f.head)) + size
	f.head = append(append(append(f.head, info...), tracks...), cues...)
	return f, nil
}

// write writes the whole file, a cluster at a time.
func (f *webmFilm) write(w io.Writer) error {
	if _, err := w.Write(f.head); err != nil {
		return fmt.Errorf("write the video's head: %w", err)
	}
	for from := 0; from < f.length; from += webmLoop {
		parts := [][]byte{element(webmTimestamp, binary.BigEndian.AppendUint32(nil, uint32(from)))}
		for _, one := range f.blocks {
			if from+one.at < f.length {
				parts = append(parts, one.raw)
			}
		}
		if _, err := w.Write(element(webmCluster, parts...)); err != nil {
			return fmt.Errorf("write the video's samples: %w", err)
		}
	}
	return nil
}

func (f *webmFilm) clusterSize(from int) int64 {
	size := int64(4 + 8 + 1 + 8 + 4) // the cluster's own head, and its timestamp
	for _, one := range f.blocks {
		if from+one.at < f.length {
			size += int64(len(one.raw))
		}
	}
	return size
}

// cues say where each cluster lies, for players that jump.
func (f *webmFilm) cues(first int64) []byte {
	var points [][]byte
	for from := 0; from < f.length; from += webmLoop {
		points = append(points, element(webmCuePoint,
			element(webmCueTime, binary.BigEndian.AppendUint32(nil, uint32(from))),
			element(webmCueTracks, element(webmCueTrack, []byte{webmPictures}),
				element(webmCueCluster, binary.BigEndian.AppendUint64(nil, uint64(first)))))) //nolint:gosec // a place in a file
		first += f.clusterSize(from)
	}
	return element(webmCues, points...)
}

// element puts parts under an id. Sizes always take eight bytes, which keeps every length known
// beforehand.
func element(id uint32, parts ...[]byte) []byte {
	var out []byte
	for shift := 24; shift >= 0; shift -= 8 {
		if b := byte(id >> shift); len(out) > 0 || b != 0 { //nolint:gosec // G115: the byte is what is meant
			out = append(out, b)
		}
	}
	size := 0
	for _, one := range parts {
		size += len(one)
	}
	out = append(out, longSize(int64(size))...)
	for _, one := range parts {
		out = append(out, one...)
	}
	return out
}

func longSize(n int64) []byte {
	return binary.BigEndian.AppendUint64(nil, 1<<56|uint64(n)) //nolint:gosec // a length
}

// readWebM takes the tracks and the first two seconds of blocks out of the clip.
func readWebM(clip []byte) (tracks []byte, blocks []webmSample, err error) {
	var visit func(id uint32, body []byte) error
	visit = func(id uint32, body []byte) error {
		switch id {
		case webmSegment, webmCluster:
			return eachElement(body, visit)
		case webmTracks:
			tracks = element(webmTracks, body)
		case webmBlock:
			if len(body) < 4 {
				return errors.New("clip.webm has a block without a head")
			}
			block := slices.Clone(body)
			at := int(binary.BigEndian.Uint16(block[1:]))
			if block[0] == 0x80|webmPictures {
				at -= at % webmPicture                            // the encoder's delay of the sound moved the pictures by some milliseconds
				binary.BigEndian.PutUint16(block[1:], uint16(at)) //nolint:gosec // below webmLoop
			}
			if at < webmLoop {
				blocks = append(blocks, webmSample{at, element(webmBlock, block)})
			}
		}
		return nil
	}
	err = eachElement(clip, visit)
	if err == nil && (tracks == nil || blocks == nil) {
		err = errors.New("clip.webm has no tracks or no samples")
	}
	return tracks, blocks, err
}

// eachElement goes through the elements of a body.
func eachElement(body []byte, do func(id uint32, body []byte) error) error {
	for len(body) > 0 {
		id, n := readVint(body, true)
		size, m := readVint(body[min(n, len(body)):], false)
		if n == 0 || m == 0 || n+m > len(body) || uint64(len(body)-n-m) < size { //nolint:gosec // G115: asked for before
			return errors.New("clip.webm is broken off")
		}
		if err := do(uint32(id), body[n+m:uint64(n+m)+size]); err != nil { //nolint:gosec // ids have four bytes at most
			return err
		}
		body = body[uint64(n+m)+size:] //nolint:gosec // both are small and positive
	}
	return nil
}

// readVint reads a number whose first byte says how long it is; an id keeps the mark that says so.
// 0 bytes are none.
func readVint(b []byte, id bool) (v uint64, n int) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0
	}
	for n = 1; b[0]>>(8-n) == 0; n++ { //nolint:revive // the loop counts
	}
	if n > len(b) {
		return 0, 0
	}
	v = uint64(b[0])
	if !id {
		v &= 1<<(8-n) - 1
	}
	for _, one := range b[1:n] {
		v = v<<8 | uint64(one)
	}
	return v, n
}
