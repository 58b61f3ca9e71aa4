package mediainfo

import (
	"bytes"
	"encoding/binary"
)

// The names of the objects of an ASF, which wmv and wma are.
const (
	asfHeader     = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"
	asfProperties = "\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65"
)

// asf takes the length from the properties of the file. That of a broadcast is not in them.
func (f *file) asf() (float64, error) {
	const first, object, properties = 30, 24, 92 // bytes
	at := int64(first)
	for range maxBoxes {
		b, err := f.part(at, object)
		if err != nil {
			return 0, err
		}
		if bytes.HasPrefix(b, []byte(asfProperties)) {
			p, err := f.part(at, properties)
			if err != nil || p[88]&1 != 0 {
				return 0, orUnknown(err)
			}
			const ticks, thousandths = 1e7, 1e3
			plays, before := binary.LittleEndian.Uint64(p[64:]), binary.LittleEndian.Uint64(p[80:])
			return float64(plays)/ticks - float64(before)/thousandths, nil
		}
		size := binary.LittleEndian.Uint64(b[16:])
		if size < object || size > largestHead {
			return 0, ErrUnknown
		}
		at += int64(size)
	}
	return 0, ErrUnknown
}

// orUnknown is an error, or ErrUnknown for none.
func orUnknown(err error) error {
	if err != nil {
		return err
	}
	return ErrUnknown
}
