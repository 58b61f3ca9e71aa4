package media

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"math"
)

// maxPreviewSide bounds the work that one preview can ask for.
const maxPreviewSide = 2048

// rgb is a color with components from 0 to 1, so that colors can be mixed.
type rgb [3]float64

// portrait is what a seed decides.
type portrait struct {
	top, bottom, skin, hair, shirt rgb
	longHair                       bool
	headWidth                      float64
}

// previewPNG draws an avatar's preview: a head and shoulders before a gradient. One seed is one
// picture.
func previewPNG(seed string, w, h int) ([]byte, error) {
	if w < 1 || h < 1 || w > maxPreviewSide || h > maxPreviewSide {
		return nil, fmt.Errorf("a preview of %dx%d cannot be drawn: each side is from 1 to %d", w, h, maxPreviewSide)
	}
	p := newPortrait(seed)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	side := float64(min(w, h))
	for y := range h {
		for x := range w {
			// The person stands in a square at the bottom of the picture, in the middle; u and v go
			// from 0 to 1 within it.
			u := (float64(x)+0.5-float64(w)/2)/side + 0.5
			v := 1 - (float64(h)-float64(y)-0.5)/side
			back := mixRGB(p.top, p.bottom, (float64(y)+0.5)/float64(h))
			img.SetRGBA(x, y, p.at(back, u, v, 1.5/side).rgba())
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		return nil, fmt.Errorf("encode a preview: %w", err)
	}
	return buf.Bytes(), nil
}

// newPortrait lets the seed choose.
func newPortrait(seed string) portrait {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(seed)) // a hash takes everything
	n := sum.Sum64()
	pick := func(choices uint64) uint64 {
		// FNV's low bits are those that short, similar seeds share: stir before each choice.
		n = (n ^ n>>29) * 0x9e3779b97f4a7c15
		n ^= n >> 32
		return n % choices
	}
	hue := float64(pick(360))
	skins := []rgb{{.98, .85, .75}, {.93, .76, .62}, {.82, .62, .46}, {.65, .45, .32}, {.46, .31, .22}}
	hairs := []rgb{{.12, .10, .10}, {.28, .18, .12}, {.48, .30, .16}, {.80, .62, .34}, {.55, .55, .58}}
	return portrait{
		top:       hsv(hue, 0.25, 0.97),
		bottom:    hsv(hue+40, 0.55, 0.72),
		skin:      skins[pick(uint64(len(skins)))],
		hair:      hairs[pick(uint64(len(hairs)))],
		shirt:     hsv(hue+150+float64(pick(60)), 0.5, 0.55),
		longHair:  pick(2) == 0,
		headWidth: 0.135 + float64(pick(20))/1000,
	}
}

// at is the color at one point, painted from the back to the front; soft is the width of an edge.
func (p portrait) at(c rgb, u, v, soft float64) rgb {
	paint := func(over rgb, distance float64) { c = mixRGB(c, over, unit(0.5-distance/soft)) }
	if p.longHair {
		paint(p.hair, ellipse(u, v, 0.5, 0.46, p.headWidth+0.05, 0.25))
	}
	shade := mixRGB(p.shirt, rgb{}, unit((v-0.7)*0.5))
	paint(shade, ellipse(u, v, 0.5, 1.06, 0.36, 0.33))
	paint(mixRGB(p.skin, rgb{}, 0.14), max(math.Abs(u-0.5)-0.062, 0.5-v, v-0.76)) // neck
	paint(mixRGB(p.skin, rgb{}, 0.14), ellipse(u, v, 0.5, 0.755, 0.085, 0.05))    // neckline
	paint(p.hair, ellipse(u, v, 0.5, 0.39, p.headWidth+0.022, 0.20))              // crown
	paint(p.skin, ellipse(u, v, 0.5, 0.45, p.headWidth, 0.19))                    // face
	paint(p.hair, max(ellipse(u, v, 0.47, 0.30, p.headWidth+0.02, 0.105), v-0.4)) // fringe
	for _, side := range []float64{-1, 1} {
		x := 0.5 + side*0.056
		paint(rgb{.16, .13, .13}, ellipse(u, v, x, 0.455, 0.0115, 0.0145))
		paint(mixRGB(p.skin, rgb{.9, .35, .35}, 0.25), ellipse(u, v, x+side*0.02, 0.522, 0.024, 0.016))
	}
	// The mouth is the lower rim of an ellipse.
	smile := max(ellipse(u, v, 0.5, 0.545, 0.045, 0.030), -ellipse(u, v, 0.5, 0.535, 0.05, 0.030), 0.545-v)
	paint(rgb{.70, .28, .28}, smile)
	return c
}

// ellipse is about how far a point lies outside an ellipse, negative within.
func ellipse(x, y, cx, cy, rx, ry float64) float64 {
	return (math.Hypot((x-cx)/rx, (y-cy)/ry) - 1) * min(rx, ry)
}

func unit(v float64) float64 { return min(1, max(0, v)) }

func mixRGB(a, b rgb, t float64) rgb {
	for i := range a {
		a[i] += (b[i] - a[i]) * t
	}
	return a
}

// hsv makes a color of hue (in degrees), saturation and value.
func hsv(h, s, v float64) rgb {
	var c rgb
	for i, n := range []float64{5, 3, 1} {
		k := math.Mod(n+h/60, 6)
		c[i] = v - v*s*unit(min(k, 4-k))
	}
	return c
}

func (c rgb) rgba() color.RGBA {
	part := func(v float64) uint8 { return uint8(math.Round(unit(v) * 255)) }
	return color.RGBA{part(c[0]), part(c[1]), part(c[2]), 255}
}
