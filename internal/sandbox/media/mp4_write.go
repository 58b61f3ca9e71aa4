package media

import (
	"encoding/binary"
	"slices"
)

const (
	clipWidth  = 640
	clipHeight = 360
	// movieScale is the movie's own clock, in ticks a second. It divides by the picture rate, so
	// that no duration is rounded.
	movieScale = 1000
)

// trackKind is what differs between the two tracks' boxes.
type trackKind struct {
	id      int64
	track   *clipTrack
	samples int
	scale   int64    // ticks a second
	length  int64    // in ticks
	stts    [][2]int // runs of (samples, ticks each)
	handler string
	name    string
	media   []byte // vmhd or smhd
	volume  int64
	w, h    int64
}

// header makes the moov box of a file whose samples begin at offset.
func (f *film) header(offset int64) []byte {
	length := int64(f.pictures) * movieScale / clipRate
	mvhd := be32(0, 0, 0, movieScale, length, 0x00010000)
	mvhd = append(mvhd, 1, 0, 0, 0) // volume 1.0
	mvhd = append(mvhd, make([]byte, 8)...)
	mvhd = append(mvhd, unityMatrix()...)
	mvhd = append(mvhd, make([]byte, 24)...)
	mvhd = putBE32(mvhd, 3) // the next free track number

	last := int(f.audioLength - int64(f.frames-1)*clipAudioFrame)
	video := trackKind{
		id: 1, track: &f.video, samples: f.pictures, scale: clipRate, length: int64(f.pictures),
		stts: [][2]int{{f.pictures, 1}}, handler: "vide", name: "VideoHandler",
		media: mp4Box("vmhd", be32(1, 0, 0)), w: clipWidth, h: clipHeight,
	}
	audio := trackKind{
		id: 2, track: &f.audio, samples: f.frames, scale: clipAudioRate, length: f.audioLength,
		stts: [][2]int{{f.frames - 1, clipAudioFrame}, {1, last}}, handler: "soun", name: "SoundHandler",
		media: mp4Box("smhd", be32(0, 0)), volume: 0x0100,
	}
	return mp4Box("moov", mp4Box("mvhd", mvhd), f.trak(video, offset, length), f.trak(audio, offset, length))
}

// trak makes one track's box; length is in the movie's ticks.
func (f *film) trak(k trackKind, offset, length int64) []byte {
	tkhd := be32(3, 0, 0, k.id, 0, length, 0, 0) // 3: enabled, and in the movie
	tkhd = append(tkhd, 0, 0, 0, 0)              // layer, alternate group
	tkhd = putBE32(tkhd, k.volume<<16)
	tkhd = append(tkhd, unityMatrix()...)
	tkhd = putBE32(putBE32(tkhd, k.w<<16), k.h<<16)

	mdhd := putBE32(be32(0, 0, 0, k.scale, k.length), 0x55c40000) // language: undetermined
	hdlr := append(be32(0, 0), k.handler...)
	hdlr = append(hdlr, make([]byte, 12)...)
	hdlr = append(append(hdlr, k.name...), 0)

	dref := mp4Box("dref", be32(0, 1), mp4Box("url ", be32(1))) // 1: the samples are in this file
	minf := mp4Box("minf", k.media, mp4Box("dinf", dref), f.stbl(k, offset))
	mdia := mp4Box("mdia", mp4Box("mdhd", mdhd), mp4Box("hdlr", hdlr), minf)
	return mp4Box("trak", mp4Box("tkhd", tkhd), mdia)
}

// stbl makes the sample table: how long each sample lasts, how big it is, which are key frames, and
// where the chunks lie.
func (f *film) stbl(k trackKind, offset int64) []byte {
	stts := slices.DeleteFunc(slices.Clone(k.stts), func(run [2]int) bool { return run[0] == 0 })
	times := be32(0, int64(len(stts)))
	for _, run := range stts {
		times = putBE32(putBE32(times, int64(run[0])), int64(run[1]))
	}

	sizes := be32(0, 0, int64(k.samples)) // 0: they differ
	var keys []byte
	for i := range k.samples {
		sizes = putBE32(sizes, int64(len(k.track.sample(i))))
		if k.track.key[i%len(k.track.samples)] {
			keys = putBE32(keys, int64(i+1))
		}
	}

	var offsets, runs []byte
	chunks, perChunk := int64(0), 0
	for c := range f.chunks() {
		if c.track == k.track {
			chunks++
			offsets = putBE32(offsets, offset)
			if n := c.to - c.from; n != perChunk {
				perChunk = n
				runs = append(runs, be32(chunks, int64(n), 1)...)
			}
		}
		offset += c.bytes()
	}

	parts := [][]byte{
		k.track.stsd,
		mp4Box("stts", times),
		mp4Box("stsc", be32(0, int64(len(runs)/12)), runs),
		mp4Box("stsz", sizes),
		mp4Box("stco", be32(0, chunks), offsets),
	}
	if k.handler == "vide" {
		parts = append(parts, mp4Box("stss", be32(0, int64(len(keys)/4)), keys))
	}
	return mp4Box("stbl", parts...)
}

// unityMatrix shows the picture as it is: neither turned, moved nor scaled.
func unityMatrix() []byte {
	return be32(0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000)
}

// mp4Box makes one box of its parts.
func mp4Box(name string, parts ...[]byte) []byte {
	n := int64(8)
	for _, p := range parts {
		n += int64(len(p))
	}
	b := append(putBE32(make([]byte, 0, n), n), name...)
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// be32 is a row of big-endian 32-bit numbers.
func be32(values ...int64) []byte {
	b := make([]byte, 0, 4*len(values))
	for _, v := range values {
		b = putBE32(b, v)
	}
	return b
}

// putBE32 appends one big-endian 32-bit number. Nothing in a film is longer: see maxVideoSeconds.
func putBE32(b []byte, v int64) []byte {
	return binary.BigEndian.AppendUint32(b, uint32(v&0xffffffff))
}
