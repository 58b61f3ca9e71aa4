package subtitles

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

const canonical = "1\n00:00:01,000 --> 00:00:02,500\nHello\n\n2\n01:02:03,400 --> 01:02:05,000\nTwo\nlines\n\n"

// TestRead holds the forms of one and the same file.
func TestRead(t *testing.T) {
	t.Parallel()
	for name, given := range map[string]string{
		"canonical":            canonical,
		"a byte order mark":    "\ufeff" + canonical,
		"CRLF":                 strings.ReplaceAll(canonical, "\n", "\r\n"),
		"CR":                   strings.ReplaceAll(canonical, "\n", "\r"),
		"UTF-16, little end":   "\xff\xfe" + utf16Of(canonical, false),
		"UTF-16, big end":      "\xfe\xff" + utf16Of(canonical, true),
		"UTF-16 without mark":  utf16Of(canonical, false),
		"points for commas":    "1\n00:00:01.000 --> 00:00:02.500\nHello\n\n2\n01:02:03.4 --> 01:02:05\nTwo\nlines",
		"no hours":             "1\n00:01,0 --> 0:02,5\nHello\n\n2\n1:02:03,4 --> 1:2:5\nTwo\nlines",
		"no numbers":           "00:00:01,000 --> 00:00:02,500\nHello\n\n01:02:03,400 --> 01:02:05,000\nTwo\nlines",
		"wrong numbers":        "7\n00:00:01,000 --> 00:00:02,500\nHello\n\n7\n01:02:03,400 --> 01:02:05,000\nTwo\nlines",
		"no empty lines":       "1\n00:00:01,000 --> 00:00:02,500\nHello\n2\n01:02:03,400 --> 01:02:05,000\nTwo\nlines",
		"an empty line inside": "1\n\n00:00:01,000 --> 00:00:02,500\nHello\n\n\n2\n01:02:03,400 --> 01:02:05,000\nTwo\nlines\n\n\n",
		"blanks around":        " 1 \n  00:00:01,000  -->  00:00:02,500  \n Hello \n\n2\n01:02:03,400-->01:02:05,000\n Two\nlines ",
		"another arrow":        "1\n00:00:01,000 -> 00:00:02,500\nHello\n\n2\n01:02:03,400 → 01:02:05,000\nTwo\nlines",
		"a block of Markdown":  "\n```srt\n" + canonical + "```\n",
		"a block among words":  "Here is the file:\n\n```srt\n" + canonical + "```\nDone.",
		"a long arrow":         strings.ReplaceAll(canonical, "-->", "==>"),
		"an arrow of HTML":     strings.ReplaceAll(canonical, "-->", "--&gt;"),
		"blanks in times":      "1\n00: 00: 01, 000 --> 00: 00: 02, 500\nHello\n\n2\n01:02:03 ,400 -- > 01:02:05,000\nTwo\nlines",
		"wide digits":          "1\n００：００：０１，０００ --＞ ００：００：０２，５００\nHello\n\n2\n01：02：03,400 → 01：02：05,000\nTwo\nlines",
		"colons for commas":    "1\n00:00:01:000 --> 00:00:02:500\nHello\n\n2\n01:02:03:400 --> 01:02:05:000\nTwo\nlines",
		"SBV":                  "0:00:01.000,0:00:02.500\nHello\n\n1:02:03.400,1:02:05.000\nTwo\nlines",
		"WebVTT without a gap": "WEBVTT\n00:01.000 --> 00:02.500\nHello\n\n01:02:03.400 --> 01:02:05.000\nTwo\nlines",
		"characters unseen":    strings.ReplaceAll(canonical, "Hello", "Hel\x00lo\x7f"),
		"a fence left open":    "```\n" + canonical,
		"a string unread":      strings.ReplaceAll(strings.TrimSpace(canonical), "\n", `\n`),
		"WebVTT in Markdown":   "```vtt\nWEBVTT\n\n00:01.000 --> 00:02.500\nHello\n\n01:02:03.400 --> 01:02:05.000\nTwo\nlines\n```",
		"WebVTT": "WEBVTT - a title\nKind: captions\n\nNOTE\nnothing\n\nSTYLE\n::cue { color: red }\n\nintro\n" +
			"00:01.000 --> 00:02.500 align:start line:0%\n<v Ann>Hello</v>\n\n01:02:03.400 --> 01:02:05.000\n<c.yellow>Two</c>\n<01:02:04.000>lines\n",
	} {
		cues, err := Read([]byte(given))
		if err != nil {
			t.Errorf("%s: got %v, want no error", name, err)
			continue
		}
		if got := string(Write(cues)); got != canonical {
			t.Errorf("%s: got %q, want %q", name, got, canonical)
		}
	}
}

// utf16Of spells ASCII in UTF-16.
func utf16Of(s string, bigEnd bool) string {
	var raw []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if bigEnd {
			raw = binary.BigEndian.AppendUint16(raw, u)
		} else {
			raw = binary.LittleEndian.AppendUint16(raw, u)
		}
	}
	return string(raw)
}

// TestReadText holds what stays in a text and what of WebVTT goes.
func TestReadText(t *testing.T) {
	t.Parallel()
	cues, err := Read([]byte("WEBVTT\n\n00:01.000 --> 00:02.000\n<i.loud>Fish</i> &amp; chips &lt;3 <v.first Bob>é</v>\n"))
	if err != nil || cues[0].Text != "<i>Fish</i> & chips <3 é" {
		t.Errorf("got %v, %v", cues, err)
	}
	cues, err = Read([]byte("1\n00:00:01,000 --> 00:00:02,000\n<font color=\"red\">A &amp; B</font>\n\n2\n00:00:03,000 --> 00:00:04,000\n\n"))
	if err != nil || len(cues) != 2 || cues[0].Text != `<font color="red">A &amp; B</font>` || cues[1].Text != "" {
		t.Errorf("got %v, %v", cues, err)
	}
}

// TestReadErrors holds the line and the reason of what cannot be read.
func TestReadErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, given string
		line        int
		reason      string
	}{
		{"nothing", "", 0, "no cues"},
		{"prose", "Hello there.\nHow are you?", 1, "no times"},
		{"times that are none", "1\n00:00:01,000 --> soon\nHi", 2, "no times"},
		{"ninety seconds", "1\n00:00:90,000 --> 00:02:00,000\nHi", 2, "59"},
		{"an end before the beginning", "1\n00:00:05,000 --> 00:00:02,000\nHi", 2, "ends before"},
		{"the second cue", canonical + "3\nno times here\n", 10, "no times"},
		{"Latin-1", "1\n00:00:01,000 --> 00:00:02,000\nCaf\xe9\n", 3, "UTF-8"},
		{"half a character", "\xff\xfe1", 0, "middle of a character"},
		{"a hundred hours", "1\n100:00:00,000 --> 100:00:01,000\nHi", 2, "99"},
		{"frames", "1\n00:00:01:12 --> 00:00:02:20\nHi", 2, "no times"},
		{"ASS", "[Script Info]\nTitle: x\n\n[Events]\nDialogue: 0,0:00:00.00,0:00:02.00,Default,Hi\n", 0, "SubStation Alpha"},
		{"TTML", "<?xml version=\"1.0\"?><tt><body><p begin=\"0s\">Hi</p></body></tt>", 0, "TTML"},
		{"MicroDVD", "{0}{50}Hi\n", 0, "MicroDVD"},
		{"LRC", "[00:00.00]Hi\n", 0, "LRC"},
		{"JSON", "{\"cues\":[{\"text\":\"Hi\"}]}", 0, "JSON"},
		{"too many", strings.Repeat("00:01 --> 00:02\nx\n\n", maxCues+1), 60002, "more than"},
	} {
		_, err := Read([]byte(c.given))
		e, ok := errors.AsType[*Error](err)
		if !ok || e.Line != c.line || !strings.Contains(e.Reason, c.reason) {
			t.Errorf("%s: got %v, want line %d and %q", c.what, err, c.line, c.reason)
		}
	}
}

// TestCorrect holds that corrections change texts and nothing else.
func TestCorrect(t *testing.T) {
	t.Parallel()
	cues := []Cue{{0, time.Second, "One"}, {time.Second, 2 * time.Second, "Two"}}
	got, err := Correct(cues, []Correction{{2, "x"}, {2, " Zwei\r\n\r\n --> drei \n1:00 --> 2:00"}})
	if err != nil || got[1].Text != "Zwei\n→ drei\n1:00 – 2:00" || got[0] != cues[0] || cues[1].Text != "Two" || got[1].End != cues[1].End {
		t.Errorf("got %v, %v", got, err)
	}
	again, err := Read(Write(got))
	if err != nil || len(again) != 2 || again[1] != got[1] {
		t.Errorf("written and read: %v, %v", again, err)
	}
	for _, index := range []int{0, 3, -1} {
		if _, err := Correct(cues, []Correction{{index, "x"}}); err == nil || !strings.Contains(err.Error(), "1 to 2") {
			t.Errorf("cue %d: %v", index, err)
		}
	}
}

// FuzzRead holds that what is read is written so that it is read as the same again.
func FuzzRead(f *testing.F) {
	f.Add([]byte(canonical))
	f.Add([]byte("WEBVTT\n\n1:2.3 --> 4:5.6\na\nb"))
	f.Add([]byte("\xff\xfe1\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		cues, err := Read(raw)
		if err != nil {
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Errorf("an error of another type: %v", err)
			}
			return
		}
		again, err := Read(Write(cues))
		if err != nil || !slices.Equal(again, cues) {
			t.Fatalf("%q was read as %q and again as %q: %v", raw, cues, again, err)
		}
	})
}

// FuzzCorrect holds that a correction changes the text of its one cue, and that what is written of it is
// read as the same: no other cue is lost, moved or changed, whatever the text.
func FuzzCorrect(f *testing.F) {
	f.Add([]byte(canonical), 2, "New")
	f.Add([]byte(canonical), 1, "a\n\n3\n00:00:01,000 --> 00:00:02,000\nb")
	f.Add([]byte("WEBVTT\n\n1:2.3 --> 4:5.6\n<v Ann>\n1:00 --&gt; 2:00\n7"), 1, "1:00 → 2:00\r\r7")
	f.Add([]byte("0:0->0:0"), 1, "\xad\x00")
	f.Fuzz(func(t *testing.T, raw []byte, index int, text string) {
		cues, err := Read(raw)
		if err != nil {
			return
		}
		corrected, err := Correct(cues, []Correction{{index, text}})
		if exists := index >= 1 && index <= len(cues); exists != (err == nil) {
			t.Fatalf("cue %d of %d: %v", index, len(cues), err)
		}
		if err != nil {
			return
		}
		written := Write(corrected)
		again, err := Read(written)
		if err != nil || !slices.Equal(again, corrected) {
			t.Fatalf("%q in cue %d was read again as %q: %v", text, index, again, err)
		}
		again[index-1].Text = cues[index-1].Text
		if !slices.Equal(again, cues) {
			t.Errorf("%q in cue %d became %q, want no other change of %q", text, index, written, cues)
		}
	})
}

// TestWebVTT holds that browsers show what a file says, whatever stands in it.
func TestWebVTT(t *testing.T) {
	t.Parallel()
	cues := []Cue{
		{Start: 0, End: 1500 * time.Millisecond, Text: "A <b>bold</b> & <I>slanted</I>\n<font color=\"red\">line</font>"},
		{Start: time.Hour + 2*time.Millisecond, End: 2 * time.Hour, Text: "1 < 2 --> <script>alert(1)</script>"},
		{Start: 3 * time.Hour, End: 4 * time.Hour},
	}
	const want = "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nA <b>bold</b> &amp; <i>slanted</i>\nline\n\n" +
		"01:00:00.002 --> 02:00:00.000\n1 &lt; 2 --&gt; &lt;script&gt;alert(1)&lt;/script&gt;\n\n03:00:00.000 --> 04:00:00.000\n\n"
	if got := string(WriteWebVTT(cues)); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	again, err := Read([]byte(want))
	if err != nil || len(again) != 3 || again[0].Text != "A <b>bold</b> & <i>slanted</i>\nline" {
		t.Errorf("read again: %q, %v", again, err)
	}
}
