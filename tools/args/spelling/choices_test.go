package spelling

import "testing"

// TestFoldChoice holds which choice a word means, and that one of several meanings stays as it is.
func TestFoldChoice(t *testing.T) {
	t.Parallel()
	ratios := []string{"16:9", "9:16", "1:1", "auto"}
	heights := []string{"720p", "1080p", "4k"}
	kinds := []string{"photo_avatar", "studio_avatar", "digital_twin"}
	lengths := []string{"auto", "1min", "2min", "5min"}
	states := []string{"done", "running", "failed"}
	for _, c := range []struct {
		word    string
		choices []string
		want    string
	}{
		{"9:16", ratios, "9:16"}, {"AUTO", ratios, "auto"}, {"9/16", ratios, "9:16"}, {"9×16", ratios, "9:16"}, {"Vertical", ratios, "9:16"},
		{"1080x1920", ratios, "9:16"}, {"1920 x 1080", ratios, "16:9"}, {"100x100", ratios, "1:1"}, {"99x99", ratios, "99x99"},
		{"1080x99", ratios, "1080x99"}, {"99x176", ratios, "99x176"}, {"1080", ratios, "1080"}, {"1080x1920x3", ratios, "1080x1920x3"}, {"4:3", ratios, "4:3"},
		{"1080", heights, "1080p"}, {"1080P", heights, "1080p"}, {"FullHD", heights, "1080p"}, {"UHD", heights, "4k"}, {"2k", heights, "2k"},
		{"photo", kinds, "photo_avatar"}, {"Photo Avatars", kinds, "photo_avatar"}, {"avatar", kinds, "avatar"}, {"twin", kinds, "digital_twin"},
		{"video/mp4", []string{"mp4", "webm"}, "mp4"}, {"p", []string{"p_q", "r"}, "p"}, {"no", []string{"no_avatar", "r"}, "no_avatar"},
		{"Finished", states, "done"}, {"queued", states, "running"}, {"error", states, "failed"},
		{"woman", []string{"male", "female"}, "female"}, {"image", []string{"photo", "picture"}, "image"},
		{"16 by 9", ratios, "16:9"}, {"16 to 9", ratios, "16:9"}, {"1.78", ratios, "16:9"}, {"1.78:1", ratios, "16:9"}, {"1366x768", ratios, "16:9"},
		{"1", ratios, "1:1"}, {"2", ratios, "2"}, {"1.5", ratios, "1.5"}, {"50x50", ratios, "50x50"}, {"ratio_16_9", ratios, "16:9"}, {"2560x1080", []string{"21:9", "16:9"}, "21:9"},
		{"Landscape (16:9)", ratios, "16:9"}, {"vertical video", ratios, "9:16"}, {"landscape or portrait", ratios, "landscape or portrait"},
		{"no landscape", ratios, "no landscape"}, {"1080p portrait", ratios, "9:16"}, {"1080p portrait", heights, "1080p"}, {"4k or 1080p", heights, "4k or 1080p"},
		{"1080px", heights, "1080p"}, {"1080i", heights, "1080p"}, {"854x480", []string{"480p", "768p"}, "480p"}, {"4096 x 2160", heights, "4k"}, {"1440", []string{"1080p", "2k"}, "2k"},
		{"2 minutes", lengths, "2min"}, {"120s", lengths, "2min"}, {"2:00", lengths, "2min"}, {"2", lengths, "2min"}, {"two minutes", lengths, "2min"}, {"PT2M", lengths, "2min"},
		{"120", lengths, "2min"}, {"4 min", lengths, "4 min"}, {"7", lengths, "7"}, {"short", lengths, "short"}, {"automatic", lengths, "auto"},
		{"off", []string{"turbo", "disabled"}, "disabled"}, {"MPEG-4", []string{"mp4", "webm"}, "mp4"}, {"a young woman", []string{"male", "female"}, "female"},
		{"male and female", []string{"male", "female"}, "male and female"},
		{"one two three four five vertical", ratios, "9:16"}, {"one two three four five six vertical", ratios, "one two three four five six vertical"},
		{"a.b", []string{"a b", "a-b"}, "a.b"}, {"HD video", []string{"hd", "4k"}, "hd"}, {"sd clip", []string{"480p", "720p"}, "480p"}, {"v 5", []string{"avatar_iv", "other"}, "v 5"},
		{"x9:16", ratios, "9:16"}, {"9x", []string{"9x", "9"}, "9x"}, {"9 X", []string{"9x", "10"}, "9x"}, {"60", lengths, "1min"}, {"59", lengths, "59"},
		{"40:40", ratios, "1:1"}, {"41:41", ratios, "41:41"}, {"0x1080", ratios, "0x1080"}, {"1920x0", ratios, "1920x0"}, {"4", ratios, "4"}, {"0", ratios, "0"},
		{"100x1080", []string{"100p", "1080p"}, "100p"}, {"99x1080", []string{"99p", "480p"}, "99x1080"}, {"mp", []string{"mp 4", "webm"}, "mp 4"},
		{"", ratios, ""}, {"--", ratios, "--"},
	} {
		if got := Choice(c.word, c.choices); got != c.want {
			t.Errorf("%q among %v is %q, want %q", c.word, c.choices, got, c.want)
		}
	}
}

// TestSynonymsAreFolded holds that the groups are written as foldWord spells words: others would never be found.
func TestSynonymsAreFolded(t *testing.T) {
	t.Parallel()
	for _, group := range synonyms() {
		for _, word := range group {
			if got := foldWord(word); got != word {
				t.Errorf("the group of %s has %q, want it as %q", group[0], word, got)
			}
		}
	}
}

// TestAnything holds which words let a filter through.
func TestAnything(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"Any": true, "ALL": true, "*": true, "some": false, "": false} {
		if got := IsAnything(word); got != want {
			t.Errorf("whether %q is anything is %t, want %t", word, got, want)
		}
	}
}
