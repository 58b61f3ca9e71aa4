package mediainfo

import (
	"errors"
	"math"
)

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

// movie is what the head of a movie says.
type movie struct {
	seconds float64 // of what is not in fragments, 0 where that is not told
	whole   float64 // with its fragments, 0 where that is not told
	scale   int64   // of these times
	// inFragments says that there may be fragments, whose tracks these are.
	inFragments bool
	tracks      map[int64]track
}

// largestHead bounds the head of a movie in fragments, in bytes. One that is larger has samples of its own, as a movie
// without fragments has.
const largestHead = 64 << 10

// mp4 finds the length of the movie, which its header has, or the index of its fragments, or the last of them.
func (f *file) mp4() (float64, error) {
	at, m := int64(0), movie{}
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
			if m, err = f.movie(b); err != nil {
				return 0, err
			}
			if m.whole > 0 || m.seconds > 0 && !m.inFragments {
				return max(m.whole, m.seconds), nil
			}
		case "sidx":
			if seconds, end, err := f.index(b); err != nil || f.endsNear(end) {
				return seconds, err
			}
		case "moof":
			return f.fragmented(m, b)
		case "mdat":
			if m.inFragments { // of which the first has no head of its own
				return f.fragmented(m, b)
			}
		}
		if b.to <= at {
			break
		}
		at = b.to
	}
	return m.seconds, nil
}

// endsNear says whether the file has little more than lists behind a place.
func (f *file) endsNear(at int64) bool {
	const lists = 1 << 10
	return f.size >= 0 && at >= f.size-f.size/50-lists
}

// movie reads the head of a movie.
func (f *file) movie(moov box) (movie, error) {
	m := movie{tracks: map[int64]track{}}
	err := f.children(moov, func(b box) (err error) {
		switch b.name {
		case "mvhd":
			if m.scale, m.seconds, err = f.lengthIn(b, 8); err == nil && m.seconds > 0 && (moov.to < 0 || moov.to-moov.from > largestHead) {
				return errEnough
			}
		case "trak":
			id, t, err := f.track(b)
			if err != nil {
				return err
			}
			t.each = m.tracks[id].each
			m.tracks[id] = t
		case "mvex":
			m.inFragments = true
			return f.extends(b, &m)
		}
		return err
	})
	if m.seconds > 0 && !m.inFragments || errors.Is(err, errEnough) {
		return m, nil // whatever else is wrong with it
	}
	return m, err
}

// errEnough ends the reading of boxes.
var errEnough = errors.New("nothing more is wanted")

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

// maxEntries bounds an index: an entry of ten seconds each makes half a day.
const maxEntries = 4096

// index sums what the entries of an index last, and says where the last of them ends.
func (f *file) index(b box) (seconds float64, end int64, err error) {
	n, err := f.part(b.from, 12)
	if err != nil {
		return 0, 0, err
	}
	scale, at := u32(n[8:]), b.from+20
	if n[0] != 0 {
		at += 8
	}
	tail, err := f.part(at-4, 8) // of where the first begins, the low half: files are not larger
	if err != nil || scale == 0 {
		return 0, 0, ErrUnknown
	}
	count := int(tail[6])<<8 | int(tail[7])
	if count == 0 || count > maxEntries {
		return 0, 0, ErrUnknown
	}
	entries, err := f.part(at+4, count*12)
	if err != nil {
		return 0, 0, err
	}
	sum, end := int64(0), b.to+u32(tail)
	for i := range count {
		end += u32(entries[i*12:]) & math.MaxInt32
		sum += u32(entries[i*12+4:])
	}
	return float64(sum) / float64(scale), end, nil
}
