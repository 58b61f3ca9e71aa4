package mediainfo

import (
	"bytes"
	"encoding/binary"
)

// The ids of what a cluster has.
const (
	idTime        = 0xe7
	idSimpleBlock = 0xa3
	idBlockGroup  = 0xa0
	idBlock       = 0xa1
	idVoid        = 0xec
	idCRC         = 0xbf
)

// tails are how much of the end is searched for the last cluster, in bytes: browsers begin one with each key frame,
// which are some seconds apart.
func tails() []int64 { return []int64{64 << 10, 1 << 20} }

// lastBlock is the time of the last block, in the file's unit: browsers record without a length, as they do not know it
// when they write the head.
func (f *file) lastBlock() (float64, error) {
	if f.size < 0 {
		return 0, ErrUnknown
	}
	for _, n := range tails() {
		from := max(0, f.size-n)
		tail, err := f.part(from, int(f.size-from))
		if err != nil {
			return 0, err
		}
		for end := len(tail); end > 0; {
			at := bytes.LastIndex(tail[:end], []byte("\x1f\x43\xb6\x75"))
			if at < 0 {
				break
			}
			t := &file{r: bytes.NewReader(tail), size: int64(len(tail))}
			if last, ok := t.cluster(int64(at)); ok {
				return last, nil
			}
			end = at // these bytes were part of a picture
		}
		if from == 0 {
			break
		}
	}
	return 0, ErrUnknown
}

// cluster is the time of the last block of the cluster at a place. ok is false where there is none.
func (f *file) cluster(at int64) (last float64, ok bool) {
	e, err := f.element(at)
	if err != nil {
		return 0, false
	}
	begin := -1.0
	for at = e.from; !f.beyond(at); {
		if e, err = f.element(at); err != nil || e.to <= at {
			break
		}
		if begin < 0 && e.id != idTime && e.id != idVoid && e.id != idCRC {
			return 0, false // the time comes first: this was part of a picture
		}
		switch e.id {
		case idTime:
			if begin, ok = f.number(e); !ok {
				return 0, false
			}
			last = begin
		case idBlockGroup:
			at = e.from // into it
			continue
		case idBlock, idSimpleBlock:
			if after, known := f.blockTime(e); known {
				last = max(last, begin+after)
			}
		}
		at = e.to
	}
	return last, begin >= 0
}

// number reads an element that is a whole number.
func (f *file) number(e element) (float64, bool) {
	n := e.to - e.from
	if n < 1 || n > 8 {
		return 0, false
	}
	b, err := f.part(e.from, int(n))
	if err != nil {
		return 0, false
	}
	whole := make([]byte, 8)
	copy(whole[8-n:], b)
	return float64(u64(whole)), true
}

// blockTime is when a block is shown, after its cluster begins.
func (f *file) blockTime(e element) (float64, bool) {
	_, track, err := f.vint(e.from, false)
	if err != nil {
		return 0, false
	}
	b, err := f.part(e.from+track, 2)
	if err != nil {
		return 0, false
	}
	return float64(int16(binary.BigEndian.Uint16(b))), true //nolint:gosec // G115: it has a sign
}
