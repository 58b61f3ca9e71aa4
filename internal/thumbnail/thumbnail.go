// Package thumbnail makes small JPEGs of pictures. It knows nothing of where they come from: what is given
// may be anything, so that it looks at the size before it makes room for the points.
package thumbnail

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // a format that is read

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // a format that is read
)

const (
	// MaxBytes is the most that a thumbnail takes.
	MaxBytes = 20_000
	// maxSide is its longer side in points.
	maxSide = 320
	// maxPoints bounds a picture that is read: 40 million points are some 160 MB.
	maxPoints = 40_000_000
)

// Make gives a JPEG of at most MaxBytes of a PNG, a JPEG or a WebP.
func Make(data []byte) ([]byte, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("thumbnail: %w", err)
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width > maxPoints/head.Height {
		return nil, errors.New("thumbnail: the picture is too large")
	}
	whole, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("thumbnail: %w", err)
	}
	for side := maxSide; side >= 40; side /= 2 {
		small := shrink(whole, side)
		for _, quality := range []int{80, 60, 40, 25} {
			var out bytes.Buffer
			if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil {
				return nil, fmt.Errorf("thumbnail: %w", err)
			}
			if out.Len() <= MaxBytes {
				return out.Bytes(), nil
			}
		}
	}
	return nil, errors.New("thumbnail: the picture does not get small enough")
}

// shrink draws a picture on white, so that its longer side is no more than so many points.
func shrink(whole image.Image, side int) image.Image {
	width, height := whole.Bounds().Dx(), whole.Bounds().Dy()
	if longer := max(width, height); longer > side {
		width, height = max(1, width*side/longer), max(1, height*side/longer)
	}
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(small, small.Bounds(), whole, whole.Bounds(), draw.Over, nil)
	return small
}
