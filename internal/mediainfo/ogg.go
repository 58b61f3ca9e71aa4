package mediainfo

import (
	"bytes"
	"encoding/binary"
	"math"
)

const (
	// oggPage is more than a page can have, so that the end of a file has the head of its last page.
	oggPage = 64 << 10
	// oggHead is the head of a page without the sizes of its packets.
	oggHead = 27
	// opusRate is what positions in Opus are counted in, whatever the sound was recorded with.
	opusRate = 48000
)

// ogg takes the length from the position that the last page of the first stream tells.
func (f *file) ogg() (float64, error) {
	first, err := f.part(0, oggHead)
	if err != nil {
		return 0, err
	}
	packet, err := f.part(oggHead+int64(first[26]), 19)
	if err != nil {
		return 0, err
	}
	rate, skipped := 0.0, 0.0
	switch {
	case bytes.HasPrefix(packet, []byte("OpusHead")):
		rate, skipped = opusRate, float64(binary.LittleEndian.Uint16(packet[10:]))
	case bytes.HasPrefix(packet, []byte("\x01vorbis")):
		rate = float64(binary.LittleEndian.Uint32(packet[12:]))
	}
	if rate == 0 || f.size < 0 {
		return 0, ErrUnknown
	}
	from := max(0, f.size-oggPage)
	tail, err := f.part(from, int(f.size-from))
	if err != nil {
		return 0, err
	}
	for end := len(tail); ; {
		at := bytes.LastIndex(tail[:end], []byte("OggS"))
		if at < 0 {
			return 0, ErrUnknown
		}
		end = at
		page := tail[at:]
		if len(page) < oggHead || !bytes.Equal(page[14:18], first[14:18]) { // of another stream
			continue
		}
		if position := binary.LittleEndian.Uint64(page[6:]); position <= math.MaxInt64 { // else no packet ends in it
			return (float64(position) - skipped) / rate, nil
		}
	}
}

// flac takes the length from the first block, which says how many samples there are.
func (f *file) flac() (float64, error) {
	b, err := f.part(8, 18)
	if err != nil {
		return 0, err
	}
	packed := u64(b[10:]) // the rate in 20 bits, channels and depth in 8, and the samples in 36
	rate, samples := packed>>44, packed&(1<<36-1)
	if rate == 0 || samples == 0 { // of a stream that was written without an end
		return 0, ErrUnknown
	}
	return float64(samples) / float64(rate), nil
}
