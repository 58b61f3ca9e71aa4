package mediainfo

import "math"

// What is looked at of a file that is nothing but frames.
const (
	sampleSize = 64 << 10 // bytes, three times: at the beginning, the end and the middle
	// inARow is how many frames follow one another before they are believed.
	inARow = 3
	// What is added to what was not looked at: the least, and the most where the samples differ, as most of a recording
	// is alike.
	leastSpread, mostSpread = 0.02, 0.25
)

// sounds is a frame: how many bytes it has, and how long it sounds, in seconds.
type sounds struct {
	bytes   int64
	seconds float64
}

// frames takes the length of what is nothing but frames from a place on: of the beginning and the end as they are, and
// of what lies between them as a sample of it says. Where that differs from the beginning, the rest is taken to be
// longer by half the difference.
func (f *file) frames(from int64, frame func([]byte) (sounds, bool)) (float64, error) {
	if f.size < 0 || from >= f.size {
		return 0, ErrUnknown
	}
	first := int64(sampleSize)
	if from < sampleSize/2 {
		first -= from // the rest of what was read to see which kind it is
	}
	begin, err := f.sample(from, first, frame)
	if err != nil {
		return 0, err
	}
	if from += first; from >= f.size {
		return begin.seconds, nil
	}
	last := max(from, f.size-sampleSize)
	end, err := f.sample(last, sampleSize, frame)
	if err != nil {
		return 0, err
	}
	between, known := last-from, begin
	spread := 0.0
	if between > 0 { // without a middle, it is taken to go on as it begins
		if middle, err := f.sample(from+max(0, between-sampleSize)/2, min(between, sampleSize), frame); err == nil {
			known = middle
		}
	}
	if a, b := begin.rate(), known.rate(); between > sampleSize {
		spread = min(mostSpread, leastSpread+math.Abs(a-b)/max(a, b)/2)
	}
	return begin.seconds + end.seconds + float64(between)/known.rate()*(1+spread), nil
}

// sample is how long a part of a file sounds, with the frames that it has a part of. There are some that it has whole.
func (f *file) sample(at, n int64, frame func([]byte) (sounds, bool)) (sounds, error) {
	b, err := f.part(at, int(min(n, f.size-at)))
	if err != nil {
		return sounds{}, err
	}
	all := sum(b, frame)
	if all.seconds == 0 {
		return sounds{}, ErrUnknown
	}
	whole := int64(len(b))
	return sounds{whole, all.seconds * float64(whole) / float64(all.bytes)}, nil
}

// rate is how many bytes a second has.
func (s sounds) rate() float64 { return float64(s.bytes) / s.seconds }

// sum adds up the frames that are whole in a part of a file.
func sum(b []byte, frame func([]byte) (sounds, bool)) (all sounds) {
	for at := firstOf(b, frame); at >= 0; {
		one, ok := frame(b[at:])
		if !ok {
			next := firstOf(b[at:], frame) // something else lies between them
			if next < 0 {
				break
			}
			at += next
			continue
		}
		if at+int(one.bytes) > len(b) {
			break
		}
		all.bytes += one.bytes
		all.seconds += one.seconds
		at += int(one.bytes)
	}
	return all
}

// firstOf is where the first frame begins that others follow, or the end, -1 for none.
func firstOf(b []byte, frame func([]byte) (sounds, bool)) int {
	for i := range b {
		at, n := i, 0
		for ; n < inARow && at < len(b); n++ {
			one, ok := frame(b[at:])
			if !ok {
				break
			}
			at += int(one.bytes)
		}
		if n == inARow || n > 0 && at == len(b) {
			return i
		}
	}
	return -1
}
