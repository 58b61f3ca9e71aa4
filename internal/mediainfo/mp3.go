package mediainfo

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

// firstFrame is where the sound begins, behind what fills a tag up that ends at a place.
func (f *file) firstFrame(at int64) (int64, frame, error) {
	const padding = 2048
	n := padding
	if f.size >= 0 {
		n = int(min(padding, max(0, f.size-at)))
	}
	b, err := f.part(at, n)
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

// mp3 takes the number of frames from the table of the first one, or else from some of them. The sound begins at a
// place or soon behind.
func (f *file) mp3(from int64) (float64, error) {
	at, first, err := f.firstFrame(from)
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
	return f.frames(at, func(b []byte) (sounds, bool) {
		one, ok := frameOf(b)
		if !ok {
			return sounds{}, false
		}
		return sounds{one.bytes, float64(one.samples) / float64(one.rate)}, true
	})
}
