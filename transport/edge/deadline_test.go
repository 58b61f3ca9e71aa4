package edge

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// deadlined keeps the deadline that it was given.
type deadlined struct {
	*httptest.ResponseRecorder
	until time.Time
}

func (d *deadlined) SetReadDeadline(until time.Time) error {
	d.until = until
	return nil
}

// TestTimeForLongBodies holds how long the rest of a body may take: by its length, and where that is not known by the
// most that its method may have.
func TestTimeForLongBodies(t *testing.T) {
	t.Parallel()
	const most = 256 << 10
	long := `{"method":"tools/call","a":"` + strings.Repeat("x", 30<<10) + `"}`
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, long); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body   string
		length int64
		coding string
		want   time.Duration
	}{
		"a known length":    {long, int64(len(long)), "", bodyTime + time.Duration(len(long))*time.Second/bodyRate},
		"an unknown length": {long, -1, "", bodyTime + most*time.Second/bodyRate},
		"a packed body":     {packed.String(), int64(packed.Len()), "gzip", bodyTime + most*time.Second/bodyRate},
		"a short body":      {`{"method":"tools/call"}`, 23, "", 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			req := httptest.NewRequestWithContext(t.Context(), "POST", "/mcp", strings.NewReader(c.body))
			req.Header.Set("Content-Type", "application/json")
			req.ContentLength = c.length
			if c.coding != "" {
				req.Header.Set("Content-Encoding", c.coding)
			}
			res := &deadlined{ResponseRecorder: httptest.NewRecorder()}
			if _, ok := reading(t, nil).read(res, req); !ok {
				t.Errorf("%s: it was refused with %d %s", name, res.Code, res.Body)
			}
			got := time.Duration(0)
			if !res.until.IsZero() {
				got = time.Until(res.until)
			}
			if got != c.want {
				t.Errorf("%s may take %s, want %s", name, got, c.want)
			}
		})
	}
}
