package media

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// TestWriteVideoPlays has ffmpeg, which knows nothing of this muxer, decode whole videos.
func TestWriteVideoPlays(t *testing.T) {
	t.Parallel()
	for _, seconds := range []float64{0, 0.4, 1.0, 7.3, 95} {
		t.Run(fmt.Sprint(seconds), func(t *testing.T) {
			t.Parallel()
			ffmpeg, ffprobe := findTool(t, "ffmpeg"), findTool(t, "ffprobe")
			path := filepath.Join(t.TempDir(), "video.mp4")
			var buf bytes.Buffer
			if err := writeVideo(&buf, seconds); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}

			decode := exec.CommandContext(t.Context(), ffmpeg, "-v", "warning", "-xerror", "-i", path, "-f", "null", "-")
			if out, err := decode.CombinedOutput(); err != nil || len(out) > 0 {
				t.Fatalf("ffmpeg: %v\n%s", err, out)
			}
			probe := exec.CommandContext(t.Context(), ffprobe, "-v", "error", "-count_frames", "-of", "json", "-show_entries",
				"format=duration:stream=codec_name,duration,width,height,nb_read_frames,channels", path)
			out, err := probe.Output()
			if err != nil {
				t.Fatal(err)
			}
			checkProbe(t, out, seconds)
		})
	}
}

// checkProbe compares what ffprobe says with what was asked for.
func checkProbe(t *testing.T, out []byte, seconds float64) {
	t.Helper()
	var info struct {
		Format  struct{ Duration string }
		Streams []struct {
			Codec    string `json:"codec_name"`
			Duration string
			Frames   string `json:"nb_read_frames"`
			Width    int
			Height   int
			Channels int
		}
	}
	if err := json.Unmarshal(out, &info); err != nil {
		t.Fatal(err)
	}
	near := func(what, value string) {
		t.Helper()
		if got, err := strconv.ParseFloat(value, 64); err != nil || math.Abs(got-seconds) > 0.1 {
			t.Errorf("%s lasts %q, want %v", what, value, seconds)
		}
	}
	near("the file", info.Format.Duration)
	if len(info.Streams) != 2 {
		t.Fatalf("%d streams, want 2", len(info.Streams))
	}
	video, audio := info.Streams[0], info.Streams[1]
	near("the picture", video.Duration)
	near("the sound", audio.Duration)
	if video.Codec != "h264" || video.Width != clipWidth || video.Height != clipHeight {
		t.Errorf("the picture is %+v", video)
	}
	if audio.Codec != "aac" || audio.Channels != 1 {
		t.Errorf("the sound is %+v", audio)
	}
	if want := fmt.Sprint(max(1, math.Round(seconds*clipRate))); video.Frames != want {
		t.Errorf("%s pictures were decoded, want %s", video.Frames, want)
	}
}

// findTool finds a program. A machine without it skips, which is not for CI: there it would hide
// that nothing is checked.
func findTool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is needed in CI: %v", name, err)
	}
	t.Skipf("SKIPPED: no video is decoded, since %s is not installed", name)
	return ""
}

// TestVideoSize holds the Content-Length to what is written, also for half an hour.
func TestVideoSize(t *testing.T) {
	t.Parallel()
	for _, seconds := range []float64{-1, 0, 0.019, 0.02, 0.4, 1, 2, 7.3, 59.999, 95, 1800} {
		var n counter
		if err := writeVideo(&n, seconds); err != nil {
			t.Fatal(err)
		}
		if got := videoSize(seconds); got != int64(n) {
			t.Errorf("%v s: videoSize says %d, writeVideo wrote %d", seconds, got, n)
		}
	}
	if len(clipMP4) > 100_000 {
		t.Errorf("the clip is of %d bytes, too many to commit", len(clipMP4))
	}
}

// TestWriteVideoRefuses holds what writeVideo does not do.
func TestWriteVideoRefuses(t *testing.T) {
	t.Parallel()
	for _, seconds := range []float64{math.NaN(), math.Inf(1), MaxSeconds + 1} {
		if err := writeVideo(io.Discard, seconds); err == nil {
			t.Errorf("%v s: no error", seconds)
		}
		if n := videoSize(seconds); n != 0 {
			t.Errorf("%v s: size %d", seconds, n)
		}
	}
	if err := writeVideo(deadEnd{}, 1); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("to a dead end: %v", err)
	}
}

// TestReadClipDamaged cuts and bends the clip in many places: an error, or another film, but no
// panic.
func TestReadClipDamaged(t *testing.T) {
	t.Parallel()
	for n := 0; n < len(clipMP4); n += 997 {
		if _, _, err := readClip(clipMP4[:n]); !errors.Is(err, errClip) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
	moov := bytes.Index(clipMP4, []byte("moov"))
	for i := moov; i < len(clipMP4); i++ {
		bent := bytes.Clone(clipMP4)
		bent[i] = 0xff
		_, _, _ = readClip(bent)
	}
}

// counter counts the bytes that it is given, a piece at a time, and no piece may be big.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	if len(p) > 1<<20 {
		return 0, fmt.Errorf("a piece of %d bytes: the video is not streamed", len(p))
	}
	*c += counter(len(p))
	return len(p), nil
}

// deadEnd takes nothing.
type deadEnd struct{}

func (deadEnd) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
