package spend

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"heygen-mcp/internal/files"
)

// TestParts holds which parts of a file are fetched, how many and how much at most, and that the
// whole is fetched from a host that gives no parts where it is small.
func TestParts(t *testing.T) {
	t.Parallel()
	const text = "0123456789"
	away := errors.New("the host is away")
	for name, c := range map[string]struct {
		size    int64 // that the host tells
		noParts bool
		reads   [][2]int64 // from and how many bytes
		want    string     // what is read of each
		fetched string
	}{
		"one part":                  {10, false, [][2]int64{{0, 2}, {1, 9}, {0, 10}}, "01,123456789,0123456789", "0+65536"},
		"beyond its end":            {10, false, [][2]int64{{0, 2}, {8, 4}}, "01,89 EOF", "0+65536,8+65536"},
		"from its middle":           {10, false, [][2]int64{{5, 1}, {5, 5}, {4, 1}, {4, 6}}, "5,56789,4,456789", "5+65536,4+65536"},
		"three parts at the most":   {10, false, [][2]int64{{9, 1}, {8, 1}, {7, 1}, {6, 1}}, "9,8,7, short buffer", "9+65536,8+65536,7+65536"},
		"as much at once as may be": {10, false, [][2]int64{{0, 2*65536 + 1<<20}}, "0123456789 EOF", fmt.Sprint("0+", 2*65536+1<<20)},
		"more than may be":          {10, false, [][2]int64{{0, 2*65536 + 1<<20 + 1}}, " short buffer", ""},
		"what is left of it":        {10, false, [][2]int64{{0, 1}, {5, 2*65536 + 1<<20 - 10}, {5, 2*65536 + 1<<20 - 9}}, "0,56789 EOF, short buffer", fmt.Sprint("0+65536,5+", 2*65536+1<<20-10)},
		"no parts":                  {-1, true, [][2]int64{{0, 1}, {9, 1}, {3, 2}}, "0,9,34", "0+65536,9+65536,whole"},
		"no parts of a large file":  {lengthWhole + 1, true, [][2]int64{{0, 1}, {11, 1}}, "0, the host is away", "0+65536,11+65536"},
		"no parts of one that fits": {lengthWhole, true, [][2]int64{{0, 1}, {9, 1}, {11, 1}}, "0,9, EOF", "0+65536,9+65536,whole,11+65536,whole"},
	} {
		var fetched, got []string
		p := &parts{size: -1}
		p.fetch = func(from, n int64) (*files.File, error) {
			fetched = append(fetched, fmt.Sprint(from, "+", n))
			switch {
			case c.noParts && from > 0:
				return nil, away
			case c.noParts:
				return &files.File{Data: []byte(text[:1]), Size: c.size, Type: "video/mp4"}, nil
			}
			return &files.File{Data: []byte(text[from:]), Size: c.size, Type: "video/mp4"}, nil
		}
		p.whole = func() (*files.File, error) {
			fetched = append(fetched, "whole")
			return &files.File{Data: []byte(text), Size: c.size, Type: "video/mp4"}, nil
		}
		for _, r := range c.reads {
			b := make([]byte, r[1])
			n, err := p.ReadAt(b, r[0])
			one := string(b[:n])
			if err != nil {
				one += " " + err.Error()
			}
			got = append(got, one)
			if err == nil && n < len(b) || errors.Is(err, io.EOF) && n == len(b) {
				t.Errorf("%s: %d of %d bytes are read, with the error %v", name, n, len(b), err)
			}
		}
		if all := strings.Join(got, ","); all != c.want {
			t.Errorf("%s: got %q, want %q", name, all, c.want)
		}
		if all := strings.Join(fetched, ","); all != c.fetched {
			t.Errorf("%s: fetched %s, want %s", name, all, c.fetched)
		}
		if len(p.have) > 0 && (p.size != c.size || p.kind != "video/mp4") {
			t.Errorf("%s: the file is of %d bytes, %s, want %d", name, p.size, p.kind, c.size)
		}
	}
}

// TestNoParts holds that a host that gives not even the beginning of a file is not asked for the
// whole, and that the size of an empty file is known.
func TestNoParts(t *testing.T) {
	t.Parallel()
	away := errors.New("the host is away")
	p := &parts{size: -1, fetch: func(int64, int64) (*files.File, error) { return nil, away }, whole: func() (*files.File, error) {
		t.Error("the whole is asked for")
		return nil, away
	}}
	if _, err := p.ReadAt(make([]byte, 1), 0); !errors.Is(err, away) {
		t.Errorf("got %v, want %v", err, away)
	}
	p.fetch = func(int64, int64) (*files.File, error) { return &files.File{Size: 0}, nil }
	if n, err := p.ReadAt(make([]byte, 1), 0); n != 0 || !errors.Is(err, io.EOF) || p.size != 0 {
		t.Errorf("of an empty file %d bytes are read, %v, and its size is %d, want 0, %v and 0", n, err, p.size, io.EOF)
	}
}
