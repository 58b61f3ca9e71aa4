package mediainfo

import "encoding/binary"

// avi takes the longest of its streams, or the number of pictures, from the lists at the beginning.
func (f *file) avi() (float64, error) {
	a := &aviHead{}
	if err := f.chunks(head, min(f.end(), head+largestHead), a); err != nil && a.seconds() == 0 {
		return 0, err
	}
	return a.seconds(), nil
}

// aviHead is what the head of an AVI says.
type aviHead struct {
	perPicture float64 // seconds
	pictures   float64
	longest    float64 // stream, in seconds
}

func (a *aviHead) seconds() float64 { return max(a.longest, a.perPicture*a.pictures) }

// end is where a file ends at the latest.
func (f *file) end() int64 {
	const far = 1 << 62
	if f.size < 0 {
		return far
	}
	return f.size
}

// chunks reads the chunks of a list, and of the lists in it, up to the pictures.
func (f *file) chunks(at, to int64, a *aviHead) error {
	little := func(b []byte) float64 { return float64(binary.LittleEndian.Uint32(b)) }
	for range maxBoxes {
		if at+8 > to {
			return nil
		}
		b, err := f.part(at, 8)
		if err != nil {
			return err
		}
		size := int64(binary.LittleEndian.Uint32(b[4:]))
		switch from := at + 8; string(b[:4]) {
		case "LIST":
			name, err := f.part(from, 4)
			if err != nil || string(name) == "movi" {
				return err
			}
			if err := f.chunks(from+4, min(to, from+size), a); err != nil {
				return err
			}
		case "avih":
			n, err := f.part(from, 20)
			if err != nil {
				return err
			}
			a.perPicture, a.pictures = little(n)/1e6, max(a.pictures, little(n[16:]))
		case "dmlh": // of all parts of a large file, of which the head has the first
			n, err := f.part(from, 4)
			if err != nil {
				return err
			}
			a.pictures = max(a.pictures, little(n))
		case "strh":
			n, err := f.part(from+20, 16)
			if err != nil {
				return err
			}
			if scale, rate, length := little(n), little(n[4:]), little(n[12:]); rate > 0 {
				a.longest = max(a.longest, length*scale/rate)
			}
		}
		at += 8 + size + size%2
	}
	return nil
}
