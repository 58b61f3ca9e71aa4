package mediainfo

import (
	"bytes"
	"math"
)

// flv takes the length from what is said of the file at its beginning, or from the time of its last tag.
func (f *file) flv() (float64, error) {
	const tag, script = 11, 0x12 // the head of a tag, in bytes, and the kind of one that is about the file
	b, err := f.part(5, 4)
	if err != nil {
		return 0, err
	}
	first := u32(b) + 4 // behind the head and the size of no tag
	t, err := f.part(first, tag)
	if err != nil {
		return 0, err
	}
	if size := u32(t[:4]) & 0xffffff; t[0] == script && size > 0 && size <= largestHead {
		said, err := f.part(first+tag, int(size))
		if err != nil {
			return 0, err
		}
		const name = "\x00\x08duration\x00" // its length, itself, and that a number follows
		if _, after, ok := bytes.Cut(said, []byte(name)); ok && len(after) >= 8 {
			if seconds := math.Float64frombits(u64(after)); seconds > 0 {
				return seconds, nil
			}
		}
	}
	if f.size < 0 {
		return 0, ErrUnknown
	}
	last, err := f.part(f.size-4, 4)
	if err != nil {
		return 0, err
	}
	t, err = f.part(f.size-4-u32(last), tag)
	if err != nil {
		return 0, err
	}
	const thousandths = 1e3
	return float64(int64(t[7])<<24|u32(t[3:])&0xffffff)/thousandths + tsPicture, nil
}
