package spend

import (
	"bytes"
	"context"
	"io"
	"time"

	"heygen-mcp/internal/files"
	"heygen-mcp/internal/mediainfo"
)

// What may be read of a file to find out how long it is. A host that is slower, or whose file tells it elsewhere,
// leaves the length unknown.
const (
	lengthTime   = 3 * time.Second
	lengthParts  = 3
	lengthPart   = 64 << 10 // bytes
	largestParts = 2*lengthPart + 1<<20
	// lengthWhole is how large a file may be that is read whole, from a host that gives no parts of it.
	lengthWhole = 4 << 20
)

// Length is how long a media file is, in seconds. Seconds is 0 where it could not be read; Most is then the longest
// that a file of its size can be, 0 where that is not known either.
type Length struct{ Seconds, Most float64 }

// LengthOf is the length of a file that is at hand, of a media type that its sender names.
func LengthOf(raw []byte, mediaType string) Length {
	size := int64(len(raw))
	if seconds, err := mediainfo.Seconds(bytes.NewReader(raw), size); err == nil {
		return Length{Seconds: seconds}
	}
	return Length{Most: mediainfo.Longest(size, mediaType)}
}

// LengthReader reads the length of a file from its header.
func LengthReader(c *files.Client) func(context.Context, string) Length {
	return func(ctx context.Context, link string) Length {
		ctx, cancel := context.WithTimeout(ctx, lengthTime)
		defer cancel()
		p := &parts{
			fetch: func(from, n int64) (*files.File, error) { return c.GetRange(ctx, link, from, n) },
			whole: func() (*files.File, error) { return c.Get(ctx, link, lengthWhole) },
			size:  -1,
		}
		if _, err := p.ReadAt(make([]byte, 1), 0); err != nil {
			return Length{}
		}
		if seconds, err := mediainfo.Seconds(p, p.size); err == nil {
			return Length{Seconds: seconds}
		}
		return Length{Most: mediainfo.Longest(p.size, p.kind)}
	}
}

// parts are the parts of a file that have been read.
type parts struct {
	fetch func(from, n int64) (*files.File, error)
	whole func() (*files.File, error)
	size  int64  // of the file, -1 where it is not known
	kind  string // the media type that its host names
	have  []part
	read  int64 // bytes
}

// part is a part of a file and where it begins.
type part struct {
	from int64
	data []byte
}

// ReadAt reads from the parts that are there, and fetches one more where they do not have it.
func (p *parts) ReadAt(b []byte, at int64) (int, error) {
	for _, have := range p.have {
		if n, ok := have.copyTo(b, at); ok {
			return n, nil
		}
	}
	n := int64(max(len(b), lengthPart))
	if len(p.have) == lengthParts || p.read+n > largestParts {
		return 0, io.ErrShortBuffer
	}
	f, err := p.fetch(at, n)
	from := at
	if err != nil && at > 0 && p.size <= lengthWhole {
		f, err = p.whole()
		from = 0
	}
	if err != nil {
		return 0, err
	}
	if f.Size >= 0 {
		p.size = f.Size
	}
	p.kind = f.Type
	p.read += int64(len(f.Data))
	one := part{from: from, data: f.Data}
	p.have = append(p.have, one)
	if got, ok := one.copyTo(b, at); ok {
		return got, nil
	}
	return copy(b, f.Data[min(at-from, int64(len(f.Data))):]), io.EOF
}

// copyTo copies what is wanted if all of it is in the part.
func (p part) copyTo(b []byte, at int64) (int, bool) {
	if at < p.from || at+int64(len(b)) > p.from+int64(len(p.data)) {
		return 0, false
	}
	return copy(b, p.data[at-p.from:]), true
}
