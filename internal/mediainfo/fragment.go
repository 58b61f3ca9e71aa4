package mediainfo

// The flags of the boxes of a fragment: which members they have.
const (
	hasOffset      = 0x1 // of the data: 8 bytes in tfhd, 4 in trun
	hasDescription = 0x2
	hasEach        = 0x8
	hasFirstFlags  = 0x4
	hasDuration    = 0x100
	hasSize        = 0x200
	hasFlags       = 0x400
	hasShift       = 0x800
)

// largestRun bounds the box of a run of samples, in bytes.
const largestRun = 64 << 10

// fragment is when a fragment of a movie is.
func (f *file) fragment(moof box, tracks map[int64]track) (all span, err error) {
	numbered := false
	err = f.children(moof, func(b box) error {
		switch b.name {
		case "mfhd":
			numbered = true
		case "traf":
			one, err := f.trackFragment(b, tracks)
			if err != nil {
				return err
			}
			all = all.with(one)
		}
		if !numbered {
			return ErrUnknown // it comes first
		}
		return nil
	})
	if err == nil && all.end == 0 {
		err = ErrUnknown
	}
	return all, err
}

// trackFragment is when a fragment of one track is, none where that is not told.
func (f *file) trackFragment(traf box, tracks map[int64]track) (span, error) {
	var t track
	begin, length := int64(-1), int64(0)
	err := f.children(traf, func(b box) (err error) {
		switch b.name {
		case "tfhd":
			t, err = f.fragmentHeader(b, tracks)
		case "tfdt":
			n, err := f.part(b.from, 8)
			if err != nil {
				return err
			}
			begin = u32(n[4:])
			if n[0] == 1 {
				high, err := f.part(b.from+8, 4)
				if err != nil {
					return err
				}
				begin = begin<<32 | u32(high)
			}
		case "trun":
			run, err := f.run(b, t.each)
			length += run
			return err
		}
		return err
	})
	if err != nil || begin < 0 || t.scale == 0 {
		return span{}, err
	}
	return span{float64(begin) / float64(t.scale), float64(begin+length) / float64(t.scale)}, nil
}

// fragmentHeader is the track that a fragment is of, with what the fragment says of its samples.
func (f *file) fragmentHeader(tfhd box, tracks map[int64]track) (track, error) {
	n, err := f.part(tfhd.from, 8)
	if err != nil {
		return track{}, err
	}
	t, flags, at := tracks[u32(n[4:])], u32(n)&0xffffff, tfhd.from+8
	if flags&hasEach == 0 {
		return t, nil
	}
	if flags&hasOffset != 0 {
		at += 8
	}
	if flags&hasDescription != 0 {
		at += 4
	}
	each, err := f.part(at, 4)
	if err != nil {
		return track{}, err
	}
	t.each = u32(each)
	return t, nil
}

// run is how long a run of samples is, in the units of its track.
func (f *file) run(trun box, each int64) (int64, error) {
	n, err := f.part(trun.from, 8)
	if err != nil {
		return 0, err
	}
	flags, count := u32(n)&0xffffff, u32(n[4:])
	if flags&hasDuration == 0 {
		return count * each, nil
	}
	at, size := trun.from+8, int64(0)
	for _, flag := range []int64{hasOffset, hasFirstFlags} {
		if flags&flag != 0 {
			at += 4
		}
	}
	for _, flag := range []int64{hasDuration, hasSize, hasFlags, hasShift} {
		if flags&flag != 0 {
			size += 4
		}
	}
	if count*size > largestRun {
		return 0, ErrUnknown
	}
	samples, err := f.part(at, int(count*size))
	if err != nil {
		return 0, err
	}
	sum := int64(0)
	for i := range count {
		sum += u32(samples[i*size:])
	}
	return sum, nil
}
