package mediainfo

import (
	"encoding/binary"
	"math"
)

// The ids of the elements on the way to the length, and of what comes after it.
const (
	idHeader   = 0x1a45dfa3
	idSegment  = 0x18538067
	idInfo     = 0x1549a966
	idScale    = 0x2ad7b1
	idDuration = 0x4489
	idCluster  = 0x1f43b675
)

// usualScale is the unit of times unless another is told, in nanoseconds.
const usualScale = 1e6

// element is an element of EBML: its id, and where its content begins and ends; to is -1 where its size is
// not told.
type element struct {
	id       uint64
	from, to int64
}

// element reads the head of an element.
func (f *file) element(at int64) (element, error) {
	id, idBytes, err := f.vint(at, true)
	if err != nil {
		return element{}, err
	}
	size, sizeBytes, err := f.vint(at+idBytes, false)
	if err != nil {
		return element{}, err
	}
	e := element{id: id, from: at + idBytes + sizeBytes, to: -1}
	if size < 1<<(7*sizeBytes)-1 { // all ones: not told
		if size > math.MaxInt64/4 {
			return element{}, ErrUnknown
		}
		e.to = e.from + int64(size)
	}
	return e, nil
}

// vint reads a number whose first byte says how long it is; whole keeps the mark of the length in it, as
// ids have it.
func (f *file) vint(at int64, whole bool) (n uint64, bytes int64, err error) {
	first, err := f.part(at, 1)
	if err != nil {
		return 0, 0, err
	}
	mask := byte(0x80)
	for bytes = 1; first[0]&mask == 0; bytes++ {
		if mask >>= 1; mask == 0 {
			return 0, 0, ErrUnknown
		}
	}
	rest, err := f.part(at, int(bytes))
	if err != nil {
		return 0, 0, err
	}
	for i, b := range rest {
		if i == 0 && !whole {
			b &^= mask
		}
		n = n<<8 | uint64(b)
	}
	return n, bytes, nil
}

// webm finds the length in the information of the segment.
func (f *file) webm() (float64, error) {
	at := int64(0)
	for range maxBoxes {
		e, err := f.element(at)
		if err != nil {
			return 0, err
		}
		switch e.id {
		case idSegment:
			at = e.from // into it
			continue
		case idInfo:
			return f.information(e)
		case idCluster: // the pictures begin, and nothing has told a length or a unit: it is the usual one
			last, err := f.lastBlock()
			return last * usualScale / 1e9, err
		}
		if e.to <= at {
			return 0, ErrUnknown
		}
		at = e.to
	}
	return 0, ErrUnknown
}

// information reads the length and the unit that it is in.
func (f *file) information(info element) (float64, error) {
	scale, length := float64(usualScale), 0.0
	for at, n := info.from, 0; at < info.to && n < maxBoxes; n++ {
		e, err := f.element(at)
		if err != nil {
			return 0, err
		}
		if e.to <= at {
			return 0, ErrUnknown
		}
		if size := e.to - e.from; size > 0 && size <= 8 && (e.id == idScale || e.id == idDuration) {
			b, err := f.part(e.from, int(size))
			if err != nil {
				return 0, err
			}
			switch {
			case e.id == idScale:
				whole := make([]byte, 8)
				copy(whole[8-size:], b)
				scale = float64(u64(whole))
			case size == 4:
				length = float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
			case size == 8:
				length = math.Float64frombits(u64(b))
			}
		}
		at = e.to
	}
	if length == 0 {
		var err error
		if length, err = f.lastBlock(); err != nil {
			return 0, err
		}
	}
	return length * scale / 1e9, nil
}
