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

// TestModelVideoSecond holds the prices of HeyGen Video, and that one without a price is taken to lie between those
// below and above it.
func TestModelVideoSecond(t *testing.T) {
	t.Parallel()
	for resolution, want := range map[string][2]float64{
		"480p": {0.02, 0.02}, "": {0.03, 0.03}, "768p": {0.03, 0.03}, "1080p": {0.03, 0.09}, "2k": {0.09, 0.09}, "8k": {0.09, 0.09},
	} {
		if low, high := ModelVideoSecond(resolution); [2]float64{low, high} != want {
			t.Errorf("%q: got %v to %v, want %v", resolution, low, high, want)
		}
	}
}

// TestVideoSecond holds that the kind of a look decides the price, and that all prices are thought of
// where the kind is not known.
func TestVideoSecond(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		engine, kind string
		in4K         bool
		low, high    float64
	}{
		{"avatar_iii", "photo_avatar", false, AvatarIIIPhoto, AvatarIIIPhoto},
		{"avatar_iii", "digital_twin", true, AvatarIII4K, AvatarIII4K},
		{"avatar_iii", "", false, AvatarIII, AvatarIIIPhoto},
		{"avatar_iv", "photo_avatar", false, AvatarIVPhoto, AvatarIVPhoto},
		{"avatar_iv", "photo_avatar", true, AvatarIVPhoto4K, AvatarIVPhoto4K},
		{"avatar_iv", "studio_avatar", true, AvatarIV4K, AvatarIV4K},
		{"avatar_iv", "", false, AvatarIVPhoto, AvatarIV},
		{"avatar_v", "digital_twin", false, AvatarV, AvatarVMost},
		{"new", "new", true, AvatarIVPhoto4K, AvatarIV4K},
	} {
		if low, high := VideoSecond(c.engine, c.kind, c.in4K); low != c.low || high != c.high {
			t.Errorf("%+v: got %v to %v", c, low, high)
		}
	}
}

// TestNewestVideoSecond holds that what a second has cost is taken to be the price that was published last, and that it
// is not known where it follows from what the look is.
func TestNewestVideoSecond(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		engine, kind string
		price        float64
		known        bool
	}{
		{"avatar_v", "", AvatarVMost, true},
		{"avatar_iii", "photo_avatar", AvatarIIIPhoto, true},
		{"avatar_iii", "", AvatarIIIPhoto, false},
		{"avatar_iv", "digital_twin", AvatarIV, true},
	} {
		if price, known := NewestVideoSecond(c.engine, c.kind, false); price != c.price || known != c.known {
			t.Errorf("%s of %q: got %v, known %t, want %v and %t", c.engine, c.kind, price, known, c.price, c.known)
		}
	}
}

// TestCents holds that amounts are rounded to what can be paid.
func TestCents(t *testing.T) {
	t.Parallel()
	for usd, want := range map[float64]float64{0: 0, 0.004: 0, 0.005: 0.01, 1.234: 1.23, 1.236: 1.24, 7: 7} {
		if got := Cents(usd); got != want {
			t.Errorf("%v is rounded to %v, want %v", usd, got, want)
		}
	}
}
