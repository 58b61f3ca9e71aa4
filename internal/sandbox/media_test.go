package sandbox

import (
	"bytes"
	"encoding/json"
	"image/gif"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestMadeFilesPlay has ffmpeg, which knows nothing of what is made here, decode whole files.
func TestMadeFilesPlay(t *testing.T) {
	t.Parallel()
	for _, seconds := range []float64{0.4, 1, 2, 7.32, 95} {
		for ending, streams := range map[string]int{".mp4": 2, ".webm": 2, ".wav": 1} {
			t.Run(ending+" "+strconv.FormatFloat(seconds, 'f', -1, 64), func(t *testing.T) {
				t.Parallel()
				one, err := (&media{seconds: seconds}).content("id", ending)
				if err != nil {
					t.Fatal(err)
				}
				var buf bytes.Buffer
				if err := one.write(&buf); err != nil {
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
					t.Errorf("%s", out)
				}
			})
		}
	}
}

func TestMadeFilesAreAsLongAsTheySay(t *testing.T) {
	t.Parallel()
	for _, seconds := range []float64{0, 0.019, 1.999, 2, 4.04, 1800} {
		for _, ending := range []string{".webm", ".wav"} {
			one, err := (&media{seconds: seconds}).content("id", ending)
			if err != nil {
				t.Fatal(err)
			}
			var n counter
			if err := one.write(&n); err != nil || int64(n) != one.size {
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
	if got, want := subtitlesSRT(text, 10), "1\n00:00:00,000 --> 00:00:08,000\none two three four five six seven eight\n\n"+
		"2\n00:00:08,000 --> 00:00:10,000\nnine ten\n\n"; got != want {
		t.Errorf("%q", got)
	}
	if got := subtitlesVTT("hi", 3661.5); got != "WEBVTT\n\n1\n00:00:00.000 --> 01:01:01.500\nhi\n\n" {
		t.Errorf("%q", got)
	}
	if got := subtitlesSRT("", 3); got != "" {
		t.Errorf("%q", got)
	}
}

func TestLinksOpenEveryKindOfFile(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	done := b.finished()
	moving, err := gif.DecodeAll(strings.NewReader(b.get(done.text("data", "gif_url")).body))
	if err != nil || len(moving.Image) != gifPictures {
		t.Errorf("the animation: %v", err)
	}
	voice := b.get("/v3/voices").text("data", 0, "preview_audio_url")
	if wav := b.get(voice); wav.status != 200 || wav.header.Get("Content-Type") != "audio/wav" || int64(len(wav.body)) != wavSize(sampleSeconds) {
		t.Errorf("the voice: %d, %d bytes", wav.status, len(wav.body))
	}
	if part := b.do(http.MethodGet, voice, "", "Range", "bytes=0-3"); part.status != 206 || part.body != "RIFF" {
		t.Errorf("a part of the voice: %d %q", part.status, part.body)
	}
	id := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"output_format": "webm"})).want(200, "").text("data", "video_id")
	b.advance(60)
	webm := b.get(b.get("/v3/videos/"+id).text("data", "video_url"))
	if webm.header.Get("Content-Type") != "video/webm" || !strings.HasPrefix(webm.body, "\x1aE\xdf\xa3") {
		t.Errorf("%d %v", webm.status, webm.header)
	}
}

func TestMediaIsWhatWasUploaded(t *testing.T) {
	t.Parallel()
	one, err := (&media{raw: []byte("{}"), kind: "application/json"}).content("id", ".mp4")
	if err != nil || one.kind != "application/json" || one.size != 2 {
		t.Errorf("%+v, %v", one, err)
	}
	if one, err := (&media{}).content("id", ".exe"); one != nil || err != nil {
		t.Errorf("%+v, %v", one, err)
	}
	if one, err := pictureContent("id", "9999x1"); one != nil || err != nil {
		t.Errorf("%+v, %v", one, err)
	}
	if err := writeWAV(deadEnd{}, "id", 1); err == nil {
		t.Error("wrote to a dead end")
	}
	if err := (&webmFilm{}).write(io.Discard); err != nil {
		t.Error(err)
	}
}
