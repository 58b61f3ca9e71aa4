package mediainfo

// The sizes of the packets of a transport stream, and of what stands before each in files of cameras and Blu-ray.
const (
	packet    = 188
	stamp     = 4
	tsSync    = 0x47
	tsClock   = 90000   // of its times, in a second
	tsWraps   = 1 << 33 // where they begin anew
	tsPicture = 0.04    // how long the last picture is shown, in seconds
)

// ts takes the length from the times that stand at the beginning and at the end.
func (f *file) ts() (float64, error) {
	first, err := f.part(0, 3*(packet+stamp))
	if err != nil {
		return 0, err
	}
	step := int64(0)
	for _, n := range []int64{packet, packet + stamp} {
		if before := n - packet; first[before] == tsSync && first[before+n] == tsSync && first[before+2*n] == tsSync {
			step = n
		}
	}
	if step == 0 || f.size < 0 {
		return 0, ErrUnknown
	}
	return f.between(step, func(from, n int64) (map[int64]tsTimes, error) { return f.times(from, n, step) })
}

// between is the time between those that times finds at the beginning of a file, and at its end at a multiple of step;
// 0 is any place.
func (f *file) between(step int64, times func(from, n int64) (map[int64]tsTimes, error)) (float64, error) {
	const sample = 64 << 10
	begin, err := times(0, min(sample, f.size))
	if err != nil {
		return 0, err
	}
	for _, n := range tails() {
		from := max(0, f.size-n)
		if step > 0 {
			from += (step - from%step) % step
		}
		end, err := times(from, f.size-from)
		if err != nil {
			return 0, err
		}
		longest := int64(0)
		for pid, last := range end {
			if one, known := begin[pid]; known {
				longest = max(longest, (last.last-one.first)&(tsWraps-1))
			}
		}
		if longest > 0 {
			return float64(longest)/tsClock + tsPicture, nil
		}
		if from == 0 {
			break
		}
	}
	return 0, ErrUnknown
}

// tsTimes are the earliest and the latest time in a part of a stream: pictures are not sent in the order in which they
// are shown.
type tsTimes struct{ first, last int64 }

// times are those in a part of a file, which begins with a packet, by the stream.
func (f *file) times(from, n, step int64) (map[int64]tsTimes, error) {
	b, err := f.part(from, int(n))
	if err != nil {
		return nil, err
	}
	all := map[int64]tsTimes{}
	for ; int64(len(b)) >= step; b = b[step:] {
		if pid, at, ok := presentation(b[step-packet : step]); ok {
			note(all, pid, at)
		}
	}
	return all, nil
}

// note adds a time to those of a stream.
func note(all map[int64]tsTimes, stream, at int64) {
	one, known := all[stream]
	switch {
	case !known:
		one = tsTimes{at, at}
	case (at-one.first)&(tsWraps-1) > tsWraps/2: // before it
		one.first = at
	case (at-one.last)&(tsWraps-1) < tsWraps/2:
		one.last = at
	}
	all[stream] = one
}

// presentation is the time of what begins in a packet, and of which stream it is.
func presentation(p []byte) (pid, at int64, ok bool) {
	const begins, hasField, hasPayload = 0x40, 0x20, 0x10
	if p[0] != tsSync || p[1]&begins == 0 || p[3]&hasPayload == 0 {
		return 0, 0, false
	}
	pid = int64(p[1]&0x1f)<<8 | int64(p[2])
	from := 4
	if p[3]&hasField != 0 {
		from += 1 + int(p[4])
	}
	const timed = 14 // bytes up to the end of the time
	if from+timed > len(p) {
		return 0, 0, false
	}
	p = p[from:]
	if p[0] != 0 || p[1] != 0 || p[2] != 1 || p[6]&0xc0 != 0x80 || p[7]&0x80 == 0 {
		return 0, 0, false
	}
	return pid, clock(p[9:]), true
}

// clock is a time of five bytes.
func clock(p []byte) int64 {
	return int64(p[0]>>1&7)<<30 | int64(p[1])<<22 | int64(p[2]>>1)<<15 | int64(p[3])<<7 | int64(p[4]>>1)
}
