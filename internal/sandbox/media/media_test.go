package media

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// TestMadeFilesPlay has ffmpeg, which knows nothing of what is made here, decode whole files.
func TestMadeFilesPlay(t *testing.T) {
	t.Parallel()
	for _, seconds := range []float64{0.4, 1, 2, 7.32, 95} {
		for ending, streams := range map[string]int{".mp4": 2, ".webm": 2, ".wav": 1} {
			t.Run(ending+" "+strconv.FormatFloat(seconds, 'f', -1, 64), func(t *testing.T) {
				t.Parallel()
				one, err := (&File{Seconds: seconds}).Content("id", ending)
				if err != nil {
					t.Fatal(err)
				}
				var buf bytes.Buffer
				if err := one.Write(&buf); err != nil {
					t.Fatal(err)
				}
				if int64(buf.Len()) != one.size {
					t.Errorf("%d bytes, %d announced", buf.Len(), one.size)
				}
				ffmpeg, ffprobe := findTool(t, "ffmpeg"), findTool(t, "ffprobe")
				path := filepath.Join(t.TempDir(), "file"+ending)
				if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
				// Errors only: that a mono recording is taken for mono is a warning, too.
				decode := exec.CommandContext(t.Context(), ffmpeg, "-v", "error", "-xerror", "-i", path, "-f", "null", "-")
				if out, err := decode.CombinedOutput(); err != nil || len(out) > 0 {
					t.Fatalf("ffmpeg: %v\n%s", err, out)
				}
				out, err := exec.CommandContext(t.Context(), ffprobe, "-v", "error", "-of", "json",
					"-show_entries", "format=duration:stream=codec_name", path).Output()
				if err != nil {
					t.Fatal(err)
				}
				var info struct {
					Format  struct{ Duration string }
					Streams []struct{}
				}
				if err := json.Unmarshal(out, &info); err != nil {
					t.Fatal(err)
				}
				if got, err := strconv.ParseFloat(info.Format.Duration, 64); err != nil || math.Abs(got-seconds) > 0.05 || len(info.Streams) != streams {
					t.Errorf("got %s, want no error, math.Abs(got-seconds) at most %v and len(info.Streams) %v", out, 0.05, streams)
				}
			})
		}
	}
}

func TestMadeFilesAreAsLongAsTheySay(t *testing.T) {
	t.Parallel()
	for _, seconds := range []float64{0, 0.019, 1.999, 2, 4.04, 1800} {
		for _, ending := range []string{".webm", ".wav"} {
			one, err := (&File{Seconds: seconds}).Content("id", ending)
			if err != nil {
				t.Fatal(err)
			}
			var n counter
			if err := one.Write(&n); err != nil || int64(n) != one.size {
				t.Errorf("%s of %v s: %v, %d bytes, %d announced", ending, seconds, err, n, one.size)
			}
		}
	}
	if _, err := planWebM(math.NaN()); err == nil {
		t.Error("a webm of no length was made")
	}
	if len(clipWebM) > 60_000 {
		t.Errorf("the clip is of %d bytes, too many to commit", len(clipWebM))
	}
	for n := 0; n < len(clipWebM); n += 997 {
		_, _, _ = readWebM(clipWebM[:n]) // an error or a shorter film, but no panic
	}
}

func TestSubtitlesFollowTheWords(t *testing.T) {
	t.Parallel()
	text := "one two three four five six seven eight nine ten"
	if got, want := SRT(text, 10), "1\n00:00:00,000 --> 00:00:08,000\none two three four five six seven eight\n\n"+
		"2\n00:00:08,000 --> 00:00:10,000\nnine ten\n\n"; got != want {
		t.Errorf("got %q, want %v", got, want)
	}
	if got := VTT("hi", 3661.5); got != "WEBVTT\n\n1\n00:00:00.000 --> 01:01:01.500\nhi\n\n" {
		t.Errorf("got %q, want %q", got, "WEBVTT\n\n1\n00:00:00.000 --> 01:01:01.500\nhi\n\n")
	}
	if got := SRT("", 3); got != "" {
		t.Errorf("got %q, want %q", got, "")
	}
}

func TestMediaIsWhatWasUploaded(t *testing.T) {
	t.Parallel()
	one, err := (&File{Raw: []byte("{}"), Type: "application/json"}).Content("id", ".mp4")
	if err != nil || one.Type != "application/json" || one.size != 2 {
		t.Errorf("got %+v, %v, want no error, one.Type %q and one.size %v", one, err, "application/json", 2)
	}
	if one, err := (&File{}).Content("id", ".exe"); one != nil || err != nil {
		t.Errorf("got %+v, %v, want one nil and no error", one, err)
	}
	if one, err := Preview("id", "9999x1"); one != nil || err != nil {
		t.Errorf("got %+v, %v, want one nil and no error", one, err)
	}
	if err := WriteWAV(deadEnd{}, "id", 1); err == nil {
		t.Error("wrote to a dead end")
	}
	if err := (&webmFilm{}).write(io.Discard); err != nil {
		t.Error(err)
	}
}
