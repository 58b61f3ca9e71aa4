package mediainfo

import (
	"encoding/binary"
	"math"
)

// wav finds how many bytes a second of sound has, and how many there are.
func (f *file) wav() (float64, error) {
	little := func(b []byte) int64 { return int64(binary.LittleEndian.Uint32(b)) }
	perSecond, at := int64(0), int64(head)
	for range maxBoxes {
		b, err := f.part(at, 8)
		if err != nil {
			return 0, err
		}
		name, size := string(b[:4]), little(b[4:])
		switch name {
		case "fmt ":
			n, err := f.part(at+8, 12)
			if err != nil {
				return 0, err
			}
			perSecond = little(n[8:])
		case "data":
			if size == 0 || size == math.MaxUint32 { // a stream, or more than 4 GB: it goes to the end
				size = f.size - at - 8
			}
			if f.size >= 0 {
				size = min(size, f.size-at-8)
			}
			if perSecond == 0 {
				return 0, ErrUnknown
			}
			return float64(size) / float64(perSecond), nil
		}
		at += 8 + size + size%2
	}
	return 0, ErrUnknown
}
