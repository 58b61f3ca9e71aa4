package media

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// byteRange reads a Range header with one range. Anything else means the whole file (RFC 9110,
// section 14.2). to is the first byte after the range; ok is false for a range beyond the end.
func byteRange(header string, size int64) (from, to int64, partial, ok bool) {
	spec, found := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	if !found || !dash || strings.Contains(spec, ",") {
		return 0, size, false, true
	}
	a, errA := strconv.ParseInt(first, 10, 64)
	b, errB := strconv.ParseInt(last, 10, 64)
	switch {
	case first == "" && errB == nil && b > 0:
		return max(size-b, 0), size, true, true
	case errA != nil || last != "" && (errB != nil || b < a):
		return 0, size, false, true
	case a >= size:
		return 0, 0, false, false
	case last == "":
		return a, size, true, true
	}
	return a, min(b, size-1) + 1, true, true
}

// rangeWritten is the error that ends the writing once the range has been written.
type rangeWritten struct{}

func (rangeWritten) Error() string { return "the range has been written" }

// rangeWriter writes only a range of what it is given.
type rangeWriter struct {
	to         io.Writer
	skip, left int64
}

func (x *rangeWriter) Write(b []byte) (int, error) {
	n := len(b)
	cut := min(x.skip, int64(len(b)))
	x.skip -= cut
	b = b[cut:]
	if int64(len(b)) > x.left {
		b = b[:x.left]
	}
	if len(b) > 0 {
		if _, err := x.to.Write(b); err != nil {
			return 0, fmt.Errorf("write a part of the video: %w", err)
		}
	}
	x.left -= int64(len(b))
	if x.left == 0 {
		return n, rangeWritten{}
	}
	return n, nil
}
