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
