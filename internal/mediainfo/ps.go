package mediainfo

import "bytes"

// Codes in an MPEG program stream, which mpg and vob are, each behind the bytes 0, 0 and 1.
const (
	psPack        = 0xba
	psFirstSound  = 0xc0
	psLastPicture = 0xef
)

// psBegins is how a pack begins.
func psBegins() []byte { return []byte{0, 0, 1, psPack} }

// ps takes the length from the times that stand at the beginning and at the end.
func (f *file) ps() (float64, error) {
	if f.size < 0 {
		return 0, ErrUnknown
	}
	return f.between(0, func(from, n int64) (map[int64]tsTimes, error) {
		b, err := f.part(from, int(n))
		if err != nil {
			return nil, err
		}
		return psTimes(b), nil
	})
}

// psTimes are the times in a part of a program stream, by the stream.
func psTimes(b []byte) map[int64]tsTimes {
	all := map[int64]tsTimes{}
	for {
		next := bytes.Index(b, psBegins())
		if next < 0 {
			return all
		}
		b = b[next:]
		for len(b) >= packHead && b[0] == 0 && b[1] == 0 && b[2] == 1 {
			n := 6 + int(b[4])<<8 + int(b[5])
			if b[3] == psPack {
				n = packSize(b)
			} else if at, ok := psTime(b); ok {
				note(all, int64(b[3]), at)
			}
			b = b[min(n, len(b)):]
		}
		b = b[min(1, len(b)):]
	}
}

// packHead is the largest head of a pack without what fills it up, in bytes.
const packHead = 14

// packSize is how long the head of a pack is: MPEG-1 and MPEG-2 have different ones.
func packSize(b []byte) int {
	if b[4]>>6 == 1 {
		return packHead + int(b[13]&7)
	}
	return 12
}

// psTime is the time of a packet of sound or pictures.
func psTime(p []byte) (at int64, ok bool) {
	if p[3] < psFirstSound || p[3] > psLastPicture {
		return 0, false
	}
	rest := p[6:]
	if rest[0]>>6 == 2 { // MPEG-2
		if rest[1]&0x80 == 0 || len(rest) < 8 {
			return 0, false
		}
		return clock(rest[3:]), true
	}
	for len(rest) > 0 && rest[0] == 0xff {
		rest = rest[1:]
	}
	if len(rest) > 2 && rest[0]>>6 == 1 {
		rest = rest[2:]
	}
	if len(rest) < 5 || rest[0]>>5 != 1 {
		return 0, false
	}
	return clock(rest), true
}
