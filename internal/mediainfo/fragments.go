package mediainfo

import (
	"bytes"
	"math"
)

// track is what a movie's head says of one of its tracks.
type track struct {
	scale int64 // of its times, in a second
	each  int64 // how long a sample is that says nothing else
}

// span is a part of a movie, in seconds. Its zero value is none.
type span struct{ begin, end float64 }

// with is a span that has both; that of none is the other.
func (s span) with(other span) span {
	if s.end == 0 {
		return other
	}
	if other.end == 0 {
		return s
	}
	return span{min(s.begin, other.begin), max(s.end, other.end)}
}

// children goes over the boxes in a box until do gives an error. A box of a size that cannot be ends them.
func (f *file) children(in box, do func(box) error) error {
	at := in.from
	for range maxBoxes {
		if in.to >= 0 && at >= in.to || f.beyond(at) {
			return nil
		}
		b, err := f.box(at)
		if err != nil {
			return err
		}
		if err := do(b); err != nil {
			return err
		}
		if b.to <= at {
			return nil
		}
		at = b.to
	}
	return nil
}

// track reads what a track says of itself.
func (f *file) track(trak box) (id int64, t track, err error) {
	err = f.children(trak, func(b box) error {
		switch b.name {
		case "tkhd":
			id, err = f.after(b, 8)
			return err
		case "mdia":
			return f.children(b, func(b box) error {
				if b.name == "mdhd" {
					t.scale, err = f.after(b, 8)
				}
				return err
			})
		}
		return nil
	})
	return id, t, err
}

// after reads the number of 4 bytes that stands behind the version and the times of a header, of which there are so
// many bytes in version 0 and twice as many in version 1.
func (f *file) after(b box, times int64) (int64, error) {
	v, err := f.part(b.from, 4)
	if err != nil {
		return 0, err
	}
	if v[0] == 1 {
		times *= 2
	}
	n, err := f.part(b.from+4+times, 4)
	if err != nil {
		return 0, err
	}
	return u32(n), nil
}

// extends reads what is said of the fragments of a movie: its whole length, 0 for none, and how long their samples are.
func (f *file) extends(mvex box, m *movie) error {
	return f.children(mvex, func(b box) error {
		switch b.name {
		case "mehd":
			n, err := f.part(b.from, 12)
			if err != nil || m.scale == 0 {
				return err
			}
			length := float64(u32(n[4:]))
			if n[0] == 1 {
				length = float64(u64(n[4:]))
			}
			m.whole = length / float64(m.scale)
		case "trex":
			n, err := f.part(b.from, 16)
			if err != nil {
				return err
			}
			t := m.tracks[u32(n[4:])]
			t.each = u32(n[12:])
			m.tracks[u32(n[4:])] = t
		}
		return nil
	})
}

// fragmented is the length of a movie whose fragments begin with a box: to the end of the last one.
func (f *file) fragmented(m movie, first box) (float64, error) {
	last, err := f.lastFragment(m.tracks)
	if err != nil {
		return 0, err
	}
	begin := 0.0
	if first.name == "moof" {
		one, err := f.fragment(first, m.tracks)
		if err != nil {
			return 0, err
		}
		begin = one.begin // of what was cut out of a longer stream
	}
	return max(m.seconds, last.end-begin), nil
}

// fewFragments are looked at from the end of a file: each of them may be of one track only.
const fewFragments = 16

// lastFragment is when the last fragments are.
func (f *file) lastFragment(tracks map[int64]track) (span, error) {
	if f.size < 0 {
		return span{}, ErrUnknown
	}
	for i, n := range tails() {
		from := max(0, f.size-n)
		tail, err := f.part(from, int(f.size-from))
		if err != nil {
			return span{}, err
		}
		t := &file{r: bytes.NewReader(tail), size: int64(len(tail))}
		if last := t.fragmentsFromEnd(tail, tracks); last.end > 0 {
			return last, nil
		}
		if i == 0 {
			if at, ok := f.lastListed(tail); ok {
				return f.fragmentAt(at, tracks)
			}
		}
		if from == 0 {
			break
		}
	}
	return span{}, ErrUnknown
}

// fragmentsFromEnd is when the last fragments of a file are that is the end of another.
func (f *file) fragmentsFromEnd(tail []byte, tracks map[int64]track) (last span) {
	end := len(tail)
	for range fewFragments {
		at := bytes.LastIndex(tail[:end], []byte("moof"))
		if at < 4 {
			break
		}
		if one, err := f.fragmentAt(int64(at-4), tracks); err == nil { // else these bytes were part of a picture
			last = last.with(one)
		}
		end = at
	}
	return last
}

func (f *file) fragmentAt(at int64, tracks map[int64]track) (span, error) {
	b, err := f.box(at)
	if err != nil || b.name != "moof" {
		return span{}, ErrUnknown
	}
	return f.fragment(b, tracks)
}

// lastListed is where the last fragment begins that the list at the end of a file has, if there is one.
func (f *file) lastListed(tail []byte) (at int64, ok bool) {
	const lastBox = 16
	end := len(tail)
	if end < lastBox || !bytes.Equal(tail[end-lastBox+4:end-lastBox+8], []byte("mfro")) {
		return 0, false
	}
	list, err := f.box(f.size - u32(tail[end-4:]))
	if err != nil || list.name != "mfra" {
		return 0, false
	}
	err = f.children(list, func(b box) error {
		if b.name != "tfra" {
			return nil
		}
		n, err := f.part(b.from, 16)
		if err != nil {
			return err
		}
		wide, count := int64(4), u32(n[12:])
		if n[0] == 1 {
			wide = 8
		}
		size := 2*wide + 3 + int64(n[11]>>4&3) + int64(n[11]>>2&3) + int64(n[11]&3)
		if count == 0 || count > math.MaxInt32 {
			return nil
		}
		place, err := f.part(b.from+16+(count-1)*size+wide, int(wide))
		if err != nil {
			return err
		}
		whole := make([]byte, 8)
		copy(whole[8-wide:], place)
		if place := u64(whole); place < math.MaxInt64/2 {
			at = max(at, int64(place))
		}
		return nil
	})
	return at, err == nil && at > 0
}
