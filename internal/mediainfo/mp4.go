package mediainfo

import "math"

// maxBoxes bounds how many boxes are looked at: each costs a read.
const maxBoxes = 64

// isBox reports whether a file begins with a box of the ISO format.
func isBox(b []byte) bool {
	switch string(b[4:8]) {
	case "ftyp", "moov", "mdat", "wide", "free", "skip", "styp", "sidx":
		return true
	}
	return false
}

// box is a box of the ISO format: what it is called, and where its content begins and ends.
type box struct {
	name     string
	from, to int64 // to is -1 where the box goes to the end of a file of unknown size
}

// box reads the head of a box.
func (f *file) box(at int64) (box, error) {
	b, err := f.part(at, 8)
	if err != nil {
		return box{}, err
	}
	out := box{name: string(b[4:]), from: at + 8}
	switch size := u32(b); size {
	case 0:
		out.to = f.size
	case 1:
		large, err := f.part(at+8, 8)
		if err != nil {
			return box{}, err
		}
		n := u64(large)
		if n < 16 || n > math.MaxInt64/2 {
			return box{}, ErrUnknown
		}
		out.from, out.to = at+16, at+int64(n)
	default:
		if size < 8 {
			return box{}, ErrUnknown
		}
		out.to = at + size
	}
	return out, nil
}

// mp4 finds the length of the movie, which its header has, or the index of its fragments.
func (f *file) mp4() (float64, error) {
	at := int64(0)
	for range maxBoxes {
		if f.beyond(at) {
			break
		}
		b, err := f.box(at)
		if err != nil {
			return 0, err
		}
		switch b.name {
		case "moov":
			if seconds, err := f.movie(b); err != nil || seconds > 0 {
				return seconds, err
			}
		case "sidx":
			return f.index(b)
		case "moof": // the fragments begin, and nothing has said how many there are
			return 0, ErrUnknown
		}
		if b.to <= at {
			break
		}
		at = b.to
	}
	return 0, ErrUnknown
}

// movie is the length that a movie's box tells, 0 for none.
func (f *file) movie(moov box) (float64, error) {
	at, scale := moov.from, int64(0)
	for range maxBoxes {
		if moov.to >= 0 && at >= moov.to || f.beyond(at) {
			break
		}
		b, err := f.box(at)
		if err != nil {
			return 0, err
		}
		switch b.name {
		case "mvhd":
			var length float64
			if scale, length, err = f.lengthIn(b, 8); err != nil || length > 0 {
				return length, err
			}
		case "mvex": // of a movie in fragments
			return f.fragments(b, scale)
		}
		if b.to <= at {
			break
		}
		at = b.to
	}
	return 0, nil
}

// lengthIn reads the scale and the length of a header, whose times are of 4 or 8 bytes by its version.
// skip is how many bytes of them, in version 0, go before the scale.
func (f *file) lengthIn(b box, skip int64) (scale int64, seconds float64, err error) {
	v, err := f.part(b.from, 4)
	if err != nil {
		return 0, 0, err
	}
	wide := v[0] == 1
	if wide {
		skip *= 2
	}
	n, err := f.part(b.from+4+skip, 12)
	if err != nil {
		return 0, 0, err
	}
	if scale = u32(n); scale == 0 {
		return 0, 0, ErrUnknown
	}
	length, unknown := float64(u32(n[4:])), u32(n[4:]) == math.MaxUint32
	if wide {
		length, unknown = float64(u64(n[4:])), u64(n[4:]) == math.MaxUint64
	}
	if unknown {
		return scale, 0, nil
	}
	return scale, length / float64(scale), nil
}

// fragments is the length that the header of fragments tells, 0 for none.
func (f *file) fragments(mvex box, scale int64) (float64, error) {
	b, err := f.box(mvex.from)
	if err != nil || b.name != "mehd" || scale == 0 {
		return 0, err
	}
	n, err := f.part(b.from, 12)
	if err != nil {
		return 0, err
	}
	if n[0] == 1 {
		return float64(u64(n[4:])) / float64(scale), nil
	}
	return float64(u32(n[4:])) / float64(scale), nil
}

// maxEntries bounds an index: an entry of ten seconds each makes half a day.
const maxEntries = 4096

// index sums what the entries of an index last.
func (f *file) index(b box) (float64, error) {
	n, err := f.part(b.from, 12)
	if err != nil {
		return 0, err
	}
	scale, at := u32(n[8:]), b.from+20
	if n[0] != 0 {
		at += 8
	}
	tail, err := f.part(at, 4)
	if err != nil || scale == 0 {
		return 0, ErrUnknown
	}
	count := int(tail[2])<<8 | int(tail[3])
	if count == 0 || count > maxEntries {
		return 0, ErrUnknown
	}
	entries, err := f.part(at+4, count*12)
	if err != nil {
		return 0, err
	}
	sum := int64(0)
	for i := range count {
		sum += u32(entries[i*12+4:])
	}
	return float64(sum) / float64(scale), nil
}
