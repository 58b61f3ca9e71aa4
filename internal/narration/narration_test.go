package narration

import (
	"math"
	"strings"
	"testing"
)

// TestSeconds holds what counts in a text.
func TestSeconds(t *testing.T) {
	t.Parallel()
	about := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > want*0.25 {
			t.Errorf("%s: %.2f s, want about %.2f", what, got, want)
		}
	}
	plain := strings.Repeat("word ", 150)
	about("a minute of narration", Seconds(plain, 1), 60)
	about("the same, faster", Seconds(plain, 1.5), 40)
	about("signs without spaces", Seconds(strings.Repeat("你好", 120), 1), 65)
	for what, text := range map[string]string{"": "", "a greeting": "Hi.", "signs only": "… — !"} {
		if got := Seconds(text, 1); got != Least {
			t.Errorf("%s: %v s, want the least", what, got)
		}
	}
	// What was measured of espeak-ng, as in the other test.
	about("a year", Seconds("2026", 1), 2.5)
	about("numbers", Seconds("In 2026 we sold 1,250 units for $3.50 each.", 1), 8.7)
	about("an address", Seconds("Visit https://www.example.com/start today.", 1), 8.0)
	about("letters", Seconds("NASA and the USA use HTML.", 1), 3.2)
	about("signs of mathematics", Seconds("a < b and c > d", 1), 2.4)
}

// TestPauses holds that breaks count as long as they say, and no tag is spoken.
func TestPauses(t *testing.T) {
	t.Parallel()
	said := Seconds("Wait for it. Now look at this.", 1)
	for text, pause := range map[string]float64{
		`Wait for it. <break time="2s"/> Now look at this.`:                                2,
		`Wait for it. <break time='1500ms' /> Now look at this.`:                           1.5,
		`<speak>Wait for it. <break strength="strong"/>Now look at this.</speak>`:          0.75,
		`Wait for it.<break/>Now look at this.`:                                            0.5,
		`<prosody rate="slow">Wait for it. Now look at this.</prosody>`:                    0,
		`Wait for it. <break time="100s"/> Now look at this.`:                              100,
		`Wait for it. <break time="99999s"/> Now look at this.`:                            longestPause,
		`Wait for it. <break time="` + strings.Repeat("9", 400) + `s"/> Now look at this.`: longestPause,
	} {
		if got := Seconds(text, 1) - said; math.Abs(got-pause) > 1e-9 {
			t.Errorf("%s: a pause of %v s, want %v", text, got, pause)
		}
	}
	if a, b := Seconds(`Now <break time="2s"/> then and there`, 2), Seconds("Now then and there", 2); math.Abs(a-b-2) > 1e-9 && b > Least {
		t.Errorf("at twice the speed a break of 2 s is %v s", a-b)
	}
	if got, want := Seconds("cafe\u0301 fu\u0308r dich, mon ami", 1), Seconds("café für dich, mon ami", 1); got != want {
		t.Errorf("letters with marks of their own last %v s, and composed ones %v", got, want)
	}
}

// FuzzSeconds holds that no text lasts less than the least, or for ever.
func FuzzSeconds(f *testing.F) {
	for _, s := range samples() {
		f.Add(s.text)
	}
	f.Add(`<break time="1e300s"/>`)
	f.Fuzz(func(t *testing.T, text string) {
		got := Seconds(text, 1)
		if got < Least || math.IsNaN(got) || got > float64(len(text))*longestPause+Least {
			t.Errorf("%q: %v s", text, got)
		}
	})
}
