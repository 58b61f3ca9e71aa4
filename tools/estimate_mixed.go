package tools

import (
	"math"

	"heygen-mcp/tools/spend"
)

// together is the bill of scenes that are made into one video.
func together(scenes []bill) bill {
	out := sumOfBills(scenes)
	out.price = mixedPrice(scenes)
	return out
}

// mixedPrice is the price of a video of several scenes by its length. Where they have different prices, scenes whose
// length is known cost what they do, and the rest of the video has the mean price of the others, each as far as it is
// expected to be long: what the video lasts more or less is shared by them in proportion.
func mixedPrice(scenes []bill) spend.Price {
	var known, open struct{ cost, seconds float64 }
	alike, one := true, scenes[0].price
	for _, s := range scenes {
		p := s.price
		if p.PerSecond == 0 || p.PerJob != 0 {
			return spend.Price{}
		}
		alike = alike && p == one
		of := &open
		if s.seconds.low == s.seconds.high {
			of = &known
		}
		if s.seconds.about == 0 { // how long it is beside the others nobody knows
			open.seconds = math.NaN()
		}
		of.cost, of.seconds = of.cost+s.seconds.about*p.PerSecond, of.seconds+s.seconds.about
	}
	switch {
	case alike:
		return one
	case math.IsNaN(open.seconds):
		return spend.Price{}
	case open.seconds == 0:
		return spend.Price{PerSecond: known.cost / known.seconds}
	}
	mean := open.cost / open.seconds
	return spend.Price{PerSecond: mean, PerJob: known.cost - mean*known.seconds}
}
