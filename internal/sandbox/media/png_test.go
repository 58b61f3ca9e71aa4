package media

import (
	"bytes"
	"image/png"
	"testing"
)

// TestPreviewPNG holds that one seed is one picture, and another seed another.
func TestPreviewPNG(t *testing.T) {
	t.Parallel()
	draw := func(seed string, w, h int) []byte {
		b, err := previewPNG(seed, w, h)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if size := img.Bounds().Size(); size.X != w || size.Y != h {
			t.Fatalf("the picture is %v, want %dx%d", size, w, h)
		}
		return b
	}
	a := draw("look-1", 320, 180)
	if !bytes.Equal(a, draw("look-1", 320, 180)) {
		t.Error("the same seed draws two pictures")
	}
	if bytes.Equal(a, draw("look-2", 320, 180)) {
		t.Error("two seeds draw the same picture")
	}
	draw("", 1, 1)
	draw("tall", 90, 160)
	for _, size := range [][2]int{{0, 10}, {10, -1}, {maxPreviewSide + 1, 10}} {
		if _, err := previewPNG("x", size[0], size[1]); err == nil {
			t.Errorf("%v: no error", size)
		}
	}
}
