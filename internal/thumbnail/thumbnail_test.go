package thumbnail_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"

	"heygen-mcp/internal/thumbnail"
)

// noise is a picture that hardly shrinks.
func noise(t *testing.T, width, height int) []byte {
	t.Helper()
	dice := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // G404: the same picture each time
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			n := dice.Uint32()
			m.Set(x, y, color.RGBA{byte(n & 0xff), byte(n >> 8 & 0xff), byte(n >> 16 & 0xff), 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestMake(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{1920, 1080}, {1080, 1920}, {10, 10}, {2000, 1}} {
		got, err := thumbnail.Make(noise(t, size.X, size.Y))
		if err != nil {
			t.Errorf("%v: got %v, want no error", size, err)
			continue
		}
		m, err := jpeg.DecodeConfig(bytes.NewReader(got))
		if err != nil || len(got) > thumbnail.MaxBytes || max(m.Width, m.Height) > 320 {
			t.Errorf("%v became %d bytes of %dx%d: %v", size, len(got), m.Width, m.Height, err)
		}
	}
}

// TestWhatIsNoPicture holds that a page, a broken file and a file that says it is huge cost nothing.
func TestWhatIsNoPicture(t *testing.T) {
	t.Parallel()
	huge := noise(t, 4, 4)
	copy(huge[16:24], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65,536 to each side, in the head alone
	for what, data := range map[string][]byte{"nothing": nil, "a page": []byte("<html>"), "half a file": noise(t, 40, 40)[:90], "a huge one": huge} {
		if got, err := thumbnail.Make(data); err == nil {
			t.Errorf("%s became %d bytes", what, len(got))
		}
	}
}
