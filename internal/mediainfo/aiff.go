package mediainfo

import (
	"encoding/binary"
	"math"
)

// aiff finds how many samples there are, and how many a second has.
func (f *file) aiff() (float64, error) {
	at := int64(head)
	for range maxBoxes {
		b, err := f.part(at, 8)
		if err != nil {
			return 0, err
		}
		size := u32(b[4:])
		if string(b[:4]) == "COMM" {
			n, err := f.part(at+8, 18)
			if err != nil {
				return 0, err
			}
			rate := extended(n[8:])
			if !(rate >= 1) {
				return 0, ErrUnknown
			}
			return float64(u32(n[2:])) / rate, nil
		}
		at += 8 + size + size%2
	}
	return 0, ErrUnknown
}

// extended is a number of ten bytes, as the 68881 had it: a sign and an exponent, and a mantissa whose first bit is its
// whole part.
func extended(b []byte) float64 {
	const bias, fraction = 16383, 63
	exponent := int(binary.BigEndian.Uint16(b) & 0x7fff)
	return math.Ldexp(float64(u64(b[2:])), exponent-bias-fraction)
}
