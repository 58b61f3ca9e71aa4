package tools

import (
	"math"
	"math/rand/v2"
	"testing"

	"heygen-mcp/tools/spend"
)

// TestAMixedPriceIsThatOfItsScenes holds of many videos that their length tells what their scenes cost together, where
// those whose length was known are as long as that, and the others longer or shorter in proportion.
func TestAMixedPriceIsThatOfItsScenes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // G404: the tests' own
	for range 2000 {
		pace := 0.75 + r.Float64()/2
		var cost, seconds float64
		scenes := make([]bill, 1+r.IntN(6))
		for i := range scenes {
			about, actual := 1+59*r.Float64(), 0.0
			if b := &scenes[i]; r.IntN(2) == 0 {
				b.seconds, actual = lasting(about), about
			} else {
				b.seconds, actual = length{amount: amount{0.8 * about, 1.2 * about}, about: about}, about*pace
			}
			scenes[i].price.PerSecond = []float64{0.0167, 0.05, 0.0667, 0.12}[r.IntN(4)]
			cost, seconds = cost+actual*scenes[i].price.PerSecond, seconds+actual
		}
		p := mixedPrice(scenes)
		if got := p.PerJob + p.PerSecond*seconds; math.Abs(got-cost) > 1e-9 {
			t.Fatalf("%v s of %+v cost %v, want %v", seconds, scenes, got, cost)
		}
	}
}

// TestWhatHasNoPriceGivesNone holds that a scene whose price or share nobody knows is not made up.
func TestWhatHasNoPriceGivesNone(t *testing.T) {
	t.Parallel()
	of := func(price float64, l length) bill { return bill{seconds: l, price: spend.Price{PerSecond: price}} }
	long := length{amount: amount{8, 12}, about: 10}
	for name, c := range map[string]struct {
		scenes []bill
		want   spend.Price
	}{
		"one without a price":       {[]bill{of(0.05, long), of(0, long)}, spend.Price{}},
		"one that nobody can share": {[]bill{of(0.05, long), of(0.12, unknown(600, "x"))}, spend.Price{}},
		"unread ones alike":         {[]bill{of(0.05, long), of(0.05, unknown(600, "x"))}, spend.Price{PerSecond: 0.05}},
		"known ones":                {[]bill{of(0.05, lasting(10)), of(0.1, lasting(30))}, spend.Price{PerSecond: 3.5 / 40}},
	} {
		if got := mixedPrice(c.scenes); math.Abs(got.PerSecond-c.want.PerSecond) > 1e-12 || got.PerJob != c.want.PerJob {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
