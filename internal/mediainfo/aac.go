package mediainfo

import "bytes"

// aacRate is how many samples a second a frame of AAC says to have, by its number there.
func aacRate(i byte) float64 {
	rates := [...]float64{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}
	if int(i) >= len(rates) {
		return 0
	}
	return rates[i]
}

// isADTS reports whether a file may begin with a frame of AAC.
func isADTS(b []byte) bool { _, ok := adtsFrame(b); return ok }

// adtsFrame reads the head of a frame of AAC as it stands in a file of its own.
func adtsFrame(b []byte) (sounds, bool) {
	const headSize, samples = 7, 1024
	if len(b) < headSize || b[0] != 0xff || b[1]&0xf6 != 0xf0 {
		return sounds{}, false
	}
	rate := aacRate(b[2] >> 2 & 0xf)
	size := int64(b[3]&3)<<11 | int64(b[4])<<3 | int64(b[5]>>5)
	if rate == 0 || size < headSize {
		return sounds{}, false
	}
	return sounds{size, samples * float64(b[6]&3+1) / rate}, true
}

// afterTag is where the tag of an ID3 ends that a file may begin with.
func (f *file) afterTag() (int64, error) {
	b, err := f.part(0, 10)
	if err != nil || !bytes.HasPrefix(b, []byte("ID3")) {
		return 0, err
	}
	at := 10 + int64(b[6]&0x7f)<<21 + int64(b[7]&0x7f)<<14 + int64(b[8]&0x7f)<<7 + int64(b[9]&0x7f)
	if b[5]&0x10 != 0 { // a tail as long as the head
		at += 10
	}
	return at, nil
}

// tagged is the length of what may begin with a tag: MPEG audio of layer III, or AAC.
func (f *file) tagged() (float64, error) {
	at, err := f.afterTag()
	if err != nil {
		return 0, err
	}
	if b, err := f.part(at, head); err == nil && isADTS(b) {
		return f.frames(at, adtsFrame)
	}
	return f.mp3(at)
}
