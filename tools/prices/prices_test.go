package prices

import "testing"

func TestText(t *testing.T) {
	t.Parallel()
	for usd, want := range map[float64]string{
		7: "7", 15: "15", 0.3: "0.30", 0.12: "0.12", 0.1: "0.10", 0.05: "0.05",
		0.0433: "0.043", 0.0667: "0.067", 2.0 / 60: "0.033", 0.5 / 60: "0.0083", 0.000667: "0.00067",
	} {
		if got := Text(usd); got != want {
			t.Errorf("%v: got %s, want %s", usd, got, want)
		}
	}
}

// TestModelVideoSecond holds the prices of HeyGen Video, and that one without a price is not promised
// for less than the next above it.
func TestModelVideoSecond(t *testing.T) {
	t.Parallel()
	for resolution, want := range map[string]float64{
		"480p": 0.02, "": 0.03, "768p": 0.03, "1080p": 0.09, "2k": 0.09, "8k": 0.09,
	} {
		if got := ModelVideoSecond(resolution); got != want {
			t.Errorf("%q: got %v, want %v", resolution, got, want)
		}
	}
}

// TestVideoSecond holds that an estimate takes the highest price there is.
func TestVideoSecond(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		engine string
		in4K   bool
		least  float64
	}{{"avatar_iii", false, AvatarIIIPhoto}, {"avatar_iv", true, AvatarIV4K}, {"", false, AvatarIV}, {"avatar_v", true, AvatarVMost}, {"new", true, AvatarIV4K}} {
		if got := VideoSecond(c.engine, c.in4K); got < c.least {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}
