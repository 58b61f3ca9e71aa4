package media

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"

	"heygen-mcp/internal/sandbox/seeded"
)

const (
	gifWidth, gifHeight = 160, 90
	gifPictures         = 8
	gifDelay            = 12 // hundredths of a second a picture
	gifShades           = 16
)

// movingGIF draws a small animation: a bar of light that moves over two colors. One id is one
// animation.
func movingGIF(id string) ([]byte, error) {
	hue := seeded.Digest(0, id)
	palette := make(color.Palette, gifShades)
	for i := range palette {
		shade := func(from, to byte) uint8 {
			return uint8((int(from)*(gifShades-1-i) + int(to)*i) / (gifShades - 1)) //nolint:gosec // between two bytes
		}
		palette[i] = color.RGBA{shade(hue[0]/2, 255), shade(hue[1]/2, 240), shade(hue[2]/2, 220), 255}
	}
	out := &gif.GIF{}
	for n := range gifPictures {
		picture := image.NewPaletted(image.Rect(0, 0, gifWidth, gifHeight), palette)
		for y := range gifHeight {
			for x := range gifWidth {
				// The distance to the bar, which leans, and leaves on one side as it enters on the
				// other.
				away := (x + y/2 - n*gifWidth/gifPictures + 2*gifWidth) % gifWidth
				away = min(away, gifWidth-away)
				picture.SetColorIndex(x, y, uint8(max(0, gifShades-1-away/3)))
			}
		}
		out.Image = append(out.Image, picture)
		out.Delay = append(out.Delay, gifDelay)
	}
	var buf bytes.Buffer
	if err := gif.EncodeAll(&buf, out); err != nil {
		return nil, fmt.Errorf("encode an animation: %w", err)
	}
	return buf.Bytes(), nil
}
