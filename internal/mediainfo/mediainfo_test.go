package mediainfo

import (
	"bytes"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// made is a file of some seconds that ffmpeg has made, whose arguments after the sources are given.
func made(t testing.TB, seconds, name string, arguments ...string) []byte {
	t.Helper()
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("ffmpeg is needed in CI: %v", err)
		}
		t.Skip("SKIPPED: no file is read, since ffmpeg is not installed")
	}
	path := filepath.Join(t.TempDir(), name)
	all := append([]string{"-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=25:duration=" + seconds,
		"-f", "lavfi", "-i", "sine=frequency=440:duration=" + seconds}, arguments...)
	if out, err := exec.CommandContext(t.Context(), ffmpeg, append(all, path)...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg: %v\n%s", err, out)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// counted counts how much of a file is read.
type counted struct {
	*bytes.Reader
	bytes int
}

func (c *counted) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.Reader.ReadAt(b, at)
	c.bytes += n
	return n, err
}

// TestSeconds holds that the length is read of every kind of file, and of little of it.
func TestSeconds(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string][]string{
		"end.mp4":     {"-c:v", "mpeg4"},
		"front.mp4":   {"-c:v", "mpeg4", "-movflags", "+faststart"},
		"indexed.mp4": {"-c:v", "mpeg4", "-g", "25", "-movflags", "+frag_keyframe+empty_moov+global_sidx+default_base_moof"},
		"parts.mp4":   {"-c:v", "mpeg4", "-g", "25", "-movflags", "+frag_keyframe+empty_moov"},
		"first.mp4":   {"-c:v", "mpeg4", "-g", "25", "-movflags", "+frag_keyframe"}, // whose head is that of the first fragment
		"dash.mp4":    {"-c:v", "mpeg4", "-g", "25", "-movflags", "+frag_keyframe+empty_moov+dash"},
		"cut.mp4":     {"-c:v", "mpeg4", "-g", "25", "-movflags", "+frag_keyframe+empty_moov+skip_trailer"},
		"tracks.mp4":  {"-c:v", "mpeg4", "-g", "25", "-movflags", "+frag_keyframe+empty_moov+separate_moof+default_base_moof"},
		"late.mp4":    {"-c:v", "mpeg4", "-g", "25", "-movflags", "+frag_keyframe+empty_moov+frag_discont", "-output_ts_offset", "7200"},
		"a.avi":       {"-c:v", "mpeg4"},
		"a.ts":        {"-c:v", "mpeg4"},
		"wraps.ts":    {"-c:v", "mpeg4", "-output_ts_offset", "95438"}, // 5.7 s before times begin anew
		"a.m2ts":      {"-c:v", "mpeg4"},
		"a.mpg":       {"-c:v", "mpeg1video", "-s", "320x240"},
		"a.vob":       {"-c:v", "mpeg2video", "-s", "320x240"},
		"wraps.mpg":   {"-c:v", "mpeg2video", "-s", "320x240", "-output_ts_offset", "95438"},
		"a.flv":       {"-c:v", "flv1", "-ar", "44100"},
		"live.flv":    {"-c:v", "flv1", "-ar", "44100", "-flvflags", "no_duration_filesize"},
		"a.wmv":       {"-c:v", "wmv2"},
		"a.wma":       {"-map", "1:a"},
		"a.aiff":      {"-map", "1:a"},
		"a.aifc":      {"-map", "1:a", "-f", "aiff", "-c:a", "pcm_mulaw"},
		"a.aac":       {"-map", "1:a"},
		"tagged.aac":  {"-map", "1:a", "-write_id3v2", "1", "-metadata", "title=A title"},
		"a.mov":       {"-c:v", "mpeg4"},
		"a.m4a":       {"-map", "1:a"},
		"a.webm":      {"-c:v", "libvpx", "-c:a", "libopus"},
		"a.mkv":       {"-c:v", "mpeg4"},
		"live.webm":   {"-c:v", "libvpx", "-c:a", "libopus", "-live", "1"},
		"a.ogg":       {"-map", "1:a", "-c:a", "libvorbis"},
		"a.opus":      {"-map", "1:a", "-c:a", "libopus"},
		"a.flac":      {"-map", "1:a"},
		"a.wav":       {"-map", "1:a"},
		"stereo.wav":  {"-map", "1:a", "-ac", "2", "-ar", "48000"},
		"cbr.mp3":     {"-map", "1:a", "-b:a", "64k", "-write_xing", "0"},
		"vbr.mp3":     {"-map", "1:a", "-q:a", "5"},
		"low.mp3":     {"-map", "1:a", "-ar", "16000", "-ac", "1"},
		"tagged.mp3":  {"-map", "1:a", "-metadata", "title=A title"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw := made(t, "12.4", name, arguments...)
			r := &counted{Reader: bytes.NewReader(raw)}
			got, err := Seconds(r, int64(len(raw)))
			if err != nil || math.Abs(got-12.4) > 0.2 {
				t.Errorf("%v s, %v, want 12.4", got, err)
			}
			most := 16 << 10
			switch name {
			case "live.webm", "a.ogg", "a.opus", "parts.mp4", "first.mp4", "dash.mp4", "cut.mp4", "tracks.mp4", "late.mp4", "live.flv":
				most += 64 << 10 // these tell it at their end
			case "a.ts", "wraps.ts", "a.m2ts", "a.mpg", "a.vob", "wraps.mpg", "a.aac", "tagged.aac", "cbr.mp3":
				most += 3 * 64 << 10
			}
			if r.bytes > most {
				t.Errorf("%d of %d bytes were read", r.bytes, len(raw))
			}
			if cut, err := Seconds(bytes.NewReader(raw[:20]), 20); err == nil {
				t.Errorf("of 20 bytes, %v s are read", cut)
			}
		})
	}
}

// TestUnknown holds that nothing is made up.
func TestUnknown(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"nothing":          "",
		"a page":           "<!DOCTYPE html><html>",
		"a picture":        "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR",
		"zeros":            string(make([]byte, 4096)),
		"boxes of no size": "\x00\x00\x00\x08ftyp\x00\x00\x00\x00moov\x00\x00\x00\x00mvhd",
		"a huge box":       "\x00\x00\x00\x01ftyp\xff\xff\xff\xff\xff\xff\xff\xff1234",
	} {
		if got, err := Seconds(bytes.NewReader([]byte(raw)), int64(len(raw))); !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: %v s, %v, want %v", name, got, err, ErrUnknown)
		}
	}
}

// FuzzSeconds holds that no file stops the reader, and that no length is out of this world.
func FuzzSeconds(f *testing.F) {
	for name, arguments := range map[string][]string{
		"a.mp4": {"-c:v", "mpeg4"}, "a.webm": {"-c:v", "libvpx"}, "a.wav": {"-map", "1:a"}, "a.mp3": {"-map", "1:a"},
		"parts.mp4": {"-c:v", "mpeg4", "-movflags", "+frag_keyframe+empty_moov"}, "a.aac": {"-map", "1:a"},
		"a.avi": {"-c:v", "mpeg4"}, "a.ts": {"-c:v", "mpeg4"}, "a.mpg": {"-c:v", "mpeg2video"}, "a.flv": {"-c:v", "flv1", "-an"}, "a.wmv": {"-c:v", "wmv2"},
		"a.aiff": {"-map", "1:a"},
	} {
		raw := made(f, "0.2", name, arguments...)
		f.Add(raw[:min(len(raw), 4<<10)], int64(len(raw)))
		f.Add(raw[:min(len(raw), 16<<10)], int64(min(len(raw), 16<<10)))
	}
	f.Fuzz(func(t *testing.T, raw []byte, size int64) {
		got, err := Seconds(bytes.NewReader(raw), max(-1, size))
		if err == nil && !(got > 0 && got <= longest) {
			t.Errorf("%v s", got)
		}
	})
}

// TestCommitted holds the length of files that tell it at their end, without ffmpeg.
func TestCommitted(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"live.webm", "voice.ogg", "vorbis.ogg", "voice.flac", "parts.mp4", "first.mp4", "clip.avi", "clip.ts", "voice.aac",
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Seconds(bytes.NewReader(raw), int64(len(raw)))
		if err != nil || math.Abs(got-3) > 0.25 { // a picture lasts a fifth of a second
			t.Errorf("%s: %v s, %v, want 3", name, got, err)
		}
		if cut, err := Seconds(bytes.NewReader(raw), -1); err == nil && name != "voice.flac" && name != "clip.avi" {
			t.Errorf("%s: without its size, %v s are read", name, cut)
		}
	}
}

// TestLargeCluster holds that the last cluster is found where it is larger than the first look at the end, and that
// bytes of a picture that look like one are passed over.
func TestLargeCluster(t *testing.T) {
	t.Parallel()
	const endless = "\x01\xff\xff\xff\xff\xff\xff\xff"
	picture := func(after string, n int) string { // 4 bytes of size: 0x10000000 and the size
		body := "\x81" + after + "\x80" + string(bytes.Repeat([]byte("\x1f\x43\xb6\x75picture"), n))
		size := len(body)
		return "\xa3" + string([]byte{0x10, byte(size >> 16), byte(size >> 8), byte(size)}) + body //nolint:gosec // G115: it is some hundred bytes
	}
	raw := []byte("\x1a\x45\xdf\xa3\x80" + "\x18\x53\x80\x67" + endless + "\x15\x49\xa9\x66\x87\x2a\xd7\xb1\x83\x0f\x42\x40" +
		"\x1f\x43\xb6\x75" + endless + "\xe7\x81\x00" + picture("\x00\x00", 9) +
		"\x1f\x43\xb6\x75" + endless + "\xe7\x82\x27\x10" + picture("\x00\x00", 9000) + picture("\x09\xc4", 9000))
	got, err := Seconds(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || got != 12.5 { // 10,000 and 2,500 thousandths
		t.Errorf("%v s, %v, want 12.5", got, err)
	}
}

// TestSampled holds that the length of a file of nothing but frames that is too large to be read is that of what is
// looked at, and no less where its frames differ in size.
func TestSampled(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string][]string{
		"even.aac": {"-map", "1:a"},
		"even.mp3": {"-map", "1:a", "-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0"},
		// Half of it is silent.
		"half.aac": {"-map", "1:a", "-af", "volume=0:enable='gt(t,45)'"},
		"half.mp3": {"-map", "1:a", "-af", "volume=0:enable='gt(t,45)'", "-q:a", "2", "-write_xing", "0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw := made(t, "90", name, arguments...)
			r := &counted{Reader: bytes.NewReader(raw)}
			got, err := Seconds(r, int64(len(raw)))
			if err != nil || got < 89.5 || got > 1.4*90 {
				t.Errorf("%v s, %v, want 90 or somewhat more", got, err)
			}
			if r.bytes > 200<<10 {
				t.Errorf("%d of %d bytes were read", r.bytes, len(raw))
			}
		})
	}
}

// TestFarFragment holds that the last fragment is found by the list at the end of a file, however large it is.
func TestFarFragment(t *testing.T) {
	t.Parallel()
	raw := made(t, "4", "large.mp4", "-vf", "scale=320:240,noise=alls=100:allf=t", "-c:v", "mpeg4", "-q:v", "1", "-g", "50",
		"-movflags", "+frag_keyframe+empty_moov")
	r := &counted{Reader: bytes.NewReader(raw)}
	got, err := Seconds(r, int64(len(raw)))
	if err != nil || math.Abs(got-4) > 0.2 || r.bytes > 100<<10 || len(raw) < 3<<20 {
		t.Errorf("%v s, %v, and %d of %d bytes were read, want 4", got, err, r.bytes, len(raw))
	}
}
