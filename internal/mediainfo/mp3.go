package mediainfo

import "bytes"

// frame is the head of a frame of MPEG audio.
type frame struct {
	rate    int64 // samples a second
	bits    int64 // a second
	samples int64 // in a frame
	bytes   int64
	side    int64 // where the first frame may have its table, from its beginning
}

// isFrame reports whether a file may begin with a frame of layer III.
func isFrame(b []byte) bool { _, ok := frameOf(b); return ok }

// frameOf reads the head of a frame of layer III.
func frameOf(b []byte) (frame, bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe0 != 0xe0 || b[1]>>1&3 != 1 {
		return frame{}, false
	}
	version, bits, rate := b[1]>>3&3, b[2]>>4, b[2]>>2&3
	if version == 1 || bits == 0 || bits == 15 || rate == 3 {
		return frame{}, false
	}
	one := version == 3 // MPEG-1; the others have half the samples and rates
	kilobits := [...]int64{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
	f := frame{rate: [...]int64{44100, 48000, 32000}[rate], samples: 576}
	mono := b[3]>>6 == 3
	switch {
	case one:
		kilobits = [...]int64{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
		f.samples, f.side = 1152, 36
		if mono {
			f.side = 21
		}
	default:
		f.rate, f.side = f.rate/2, 21
		if version == 0 {
			f.rate /= 2
		}
		if mono {
			f.side = 13
		}
	}
	f.bits = kilobits[bits] * 1000
	f.bytes = f.samples/8*f.bits/f.rate + int64(b[2]>>1&1)
	return f, true
}

// firstFrame is where the sound begins, behind a tag and what fills it up.
func (f *file) firstFrame() (int64, frame, error) {
	at := int64(0)
	b, err := f.part(0, 10)
	if err != nil {
		return 0, frame{}, err
	}
	if bytes.HasPrefix(b, []byte("ID3")) {
		at = 10 + int64(b[6]&0x7f)<<21 + int64(b[7]&0x7f)<<14 + int64(b[8]&0x7f)<<7 + int64(b[9]&0x7f)
		if b[5]&0x10 != 0 { // a tail as long as the head
			at += 10
		}
	}
	const padding = 2048
	n := padding
	if f.size >= 0 {
		n = int(min(padding, max(0, f.size-at)))
	}
	b, err = f.part(at, n)
	if err != nil {
		return 0, frame{}, err
	}
	for i := range b {
		one, ok := frameOf(b[i:])
		if !ok {
			continue
		}
		if next := i + int(one.bytes); next+4 <= len(b) { // what looks like one by chance is followed by none
			if _, ok := frameOf(b[next:]); !ok {
				continue
			}
		}
		return at + int64(i), one, nil
	}
	return 0, frame{}, ErrUnknown
}

// mp3 takes the number of frames from the table of the first one, or else all frames to be of one size.
func (f *file) mp3() (float64, error) {
	at, first, err := f.firstFrame()
	if err != nil {
		return 0, err
	}
	perFrame := float64(first.samples) / float64(first.rate)
	if b, err := f.part(at+first.side, 12); err == nil {
		if name := string(b[:4]); (name == "Xing" || name == "Info") && b[7]&1 != 0 {
			return float64(u32(b[8:])) * perFrame, nil
		}
	}
	if b, err := f.part(at+36, 18); err == nil && string(b[:4]) == "VBRI" {
		return float64(u32(b[14:])) * perFrame, nil
	}
	if f.size < 0 {
		return 0, ErrUnknown
	}
	return float64(f.size-at) * 8 / float64(first.bits), nil
}
