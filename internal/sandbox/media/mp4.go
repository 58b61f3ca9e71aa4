package media

import (
	"fmt"
	"io"
	"math"
)

// MaxSeconds is more than any video of v3 lasts, and keeps every offset within 32 bits.
const MaxSeconds = 4 * 60 * 60

// film is the plan of one video: what is in it, and where each part lies.
type film struct {
	video, audio clipTrack
	pictures     int   // number of video samples
	frames       int   // number of AAC frames
	audioLength  int64 // in audio samples; the last AAC frame is cut to it
	ftyp, moov   []byte
	bytes        int64 // the whole file
}

// writeVideo writes an mp4 of that length: the clip's samples over and over, under a new sample
// table. Only the table is held in memory (some 700 KB for half an hour); the samples go out a
// second at a time.
func writeVideo(w io.Writer, seconds float64) error {
	f, err := planFilm(seconds)
	if err != nil {
		return err
	}
	head := append(f.ftyp, f.moov...)
	head = putBE32(head, f.bytes-int64(len(head)))
	head = append(head, "mdat"...)
	if _, err := w.Write(head); err != nil {
		return fmt.Errorf("write the video's head: %w", err)
	}
	var buf []byte
	for c := range f.chunks() {
		buf = buf[:0]
		for i := c.from; i < c.to; i++ {
			buf = append(buf, c.track.sample(i)...)
		}
		if _, err := w.Write(buf); err != nil {
			return fmt.Errorf("write the video's samples: %w", err)
		}
	}
	return nil
}

// videoSize is the exact number of bytes that writeVideo writes, for a Content-Length; 0 for a
// length that it refuses.
func videoSize(seconds float64) int64 {
	f, err := planFilm(seconds)
	if err != nil {
		return 0
	}
	return f.bytes
}

// planFilm lays the file out. The head stands before the samples, so that a player can begin before
// it has the whole; its own length does not depend on the offsets in it, so that one trial run
// tells where the samples begin.
func planFilm(seconds float64) (*film, error) {
	if math.IsNaN(seconds) || seconds > MaxSeconds {
		return nil, fmt.Errorf("a video of %v seconds cannot be made: the longest lasts %d", seconds, MaxSeconds)
	}
	video, audio, err := readClip(clipMP4)
	if err != nil {
		return nil, err
	}
	f := &film{video: video, audio: audio}
	f.pictures = max(1, int(math.Round(seconds*clipRate))) // a video without a picture is none
	f.audioLength = int64(f.pictures) * clipAudioRate / clipRate
	f.frames = int((f.audioLength + clipAudioFrame - 1) / clipAudioFrame)
	f.ftyp = mp4Box("ftyp", []byte("isom\x00\x00\x02\x00isomiso2avc1mp41"))
	f.moov = f.header(0)
	f.moov = f.header(int64(len(f.ftyp) + len(f.moov) + 8))
	f.bytes = int64(len(f.ftyp) + len(f.moov) + 8)
	for c := range f.chunks() {
		f.bytes += c.bytes()
	}
	return f, nil
}

// filmChunk is a run of samples of one track that lie together.
type filmChunk struct {
	track    *clipTrack
	from, to int
}

func (c filmChunk) bytes() int64 {
	var n int64
	for i := c.from; i < c.to; i++ {
		n += int64(len(c.track.sample(i)))
	}
	return n
}

// sample is the i-th sample of the video, which is some sample of the clip again.
func (t *clipTrack) sample(i int) []byte { return t.samples[i%len(t.samples)] }

// chunks goes through the file's chunks in order: a second of pictures, then the second's sound.
func (f *film) chunks() func(yield func(filmChunk) bool) {
	return func(yield func(filmChunk) bool) {
		sound := 0
		for from := 0; from < f.pictures; from += clipRate {
			to := min(from+clipRate, f.pictures)
			if !yield(filmChunk{&f.video, from, to}) {
				return
			}
			next := f.frames
			if to < f.pictures {
				next = to / clipRate * clipAudioRate / clipAudioFrame
			}
			if next > sound && !yield(filmChunk{&f.audio, sound, next}) {
				return
			}
			sound = next
		}
	}
}
