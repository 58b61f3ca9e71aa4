package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/cmd/mcp-server/demo"
)

// storyLimit bounds a story: a server that hangs fails its test instead of the whole run.
const storyLimit = 2 * time.Minute

// TestAStrangerMakesAVideo is the whole path: a client that knows only the endpoint signs in, makes
// a video and plays it, in the protocol's old form and in its new one.
func TestAStrangerMakesAVideo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
	defer cancel()
	p := start(ctx, t, binary(t), "serve", "--listen", "127.0.0.1:0", "--sandbox", "--sandbox-speed", "50", "--data-dir", t.TempDir())

	token, err := demo.SignIn(ctx, p.mcpURL, "stranger", func(step, result string) { t.Log(step, "->", result) })
	if err != nil {
		t.Fatal(err)
	}
	for _, era := range []string{mcp.LATEST_LEGACY_PROTOCOL_VERSION, mcp.LATEST_PROTOCOL_VERSION} {
		video := makeOne(ctx, t, p.mcpURL, token, era)
		path, _, err := demo.Download(ctx, video.URL, t.TempDir(), "video.mp4")
		if err != nil {
			t.Fatal(err)
		}
		probe(t, path, video.Duration)
	}
	p.stop(t)
	if log := p.logged(); strings.Contains(log, token) || strings.Contains(log, "signature=") {
		t.Error("the log holds a token or a query")
	}
}

// made is what get_video says of a video.
type made struct {
	URL      string  `json:"video_url"`
	Status   string  `json:"status"`
	Duration float64 `json:"duration"`
}

// makeOne makes a video in one era of the protocol.
func makeOne(ctx context.Context, t *testing.T, mcpURL, token, era string) (video made) {
	t.Helper()
	s, err := demo.Connect(ctx, mcpURL, token, era)
	if err != nil {
		t.Fatalf("%s: got %v, want no error", era, err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Errorf("%s: got %v, want no error", era, err)
		}
	}()
	if s.Info.ProtocolVersion != era {
		t.Fatalf("asked for %s, speaking %s", era, s.Info.ProtocolVersion)
	}
	list, err := s.Client.ListTools(ctx, mcp.ListToolsRequest{})
	if err != nil || len(list.Tools) == 0 {
		t.Fatalf("%s: got %v, %v, want no error and len(list.Tools) not 0", era, list, err)
	}
	look, voice, err := demo.ChooseAvatar(ctx, s, func(step, result string) { t.Log(step, "->", result) })
	if err != nil {
		t.Fatal(err)
	}
	var started struct {
		ID string `json:"video_id"`
	}
	err = s.Call(ctx, "create_video_from_avatar", map[string]any{
		"avatar_id": look, "voice_id": voice, "script": "A short script, spoken in the protocol of " + era + ".",
	}, &started)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.WaitForVideo(ctx, s, started.ID, io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := s.Call(ctx, "get_video", map[string]any{"video_id": started.ID}, &video); err != nil {
		t.Fatal(err)
	}
	if video.Status != "completed" || video.URL == "" {
		t.Fatalf("%s: got %+v, want video.Status %q and video.URL not empty", era, video, "completed")
	}
	return video
}

// TestDemoEndsWithAVideo holds what the README promises first.
func TestDemoEndsWithAVideo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
	defer cancel()
	dir := t.TempDir()
	cmd := exec.CommandContext(ctx, binary(t), "demo", "--exit", "--out", dir)
	cmd.Env = []string{"HOME=" + dir}
	begun := time.Now()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%v\n%s", time.Since(begun).Round(time.Millisecond), out)
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	path := lines[len(lines)-1]
	if filepath.Dir(path) != dir || filepath.Ext(path) != ".mp4" {
		t.Fatalf("the last line is %q, not a video in %s", path, dir)
	}
	probe(t, path, 0)
}

// TestDemoServesOn is the demo without --exit: it goes on until it is told to stop.
func TestDemoServesOn(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stderr strings.Builder
	read, written := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"demo", "--out", t.TempDir(), "--sandbox-speed", "100"}, nil, written, &stderr)
		_ = written.Close() // it cannot fail
	}()
	var lines []string
	for s := bufio.NewScanner(read); s.Scan(); {
		lines = append(lines, s.Text())
		if page, ok := strings.CutPrefix(s.Text(), "On a page:"); ok {
			res, err := http.Get(strings.TrimSpace(page)) //nolint:noctx // a bare request, as a browser makes it
			if err != nil || res.StatusCode != http.StatusOK {
				t.Errorf("the page that plays the video is not there: %v, %v", res, err)
			} else {
				_ = res.Body.Close()
			}
			cancel()
		}
	}
	if code := <-ended; code != exitOK {
		t.Errorf("status %d\n%s", code, stderr.String())
	}
	// Nothing but the demo speaks: what it says of itself, its log would only repeat.
	if stderr.Len() > 0 {
		t.Errorf("the log has %s", stderr.String())
	}
	for _, want := range []string{"] created", "] completed", "Claude Code ", "Cursor ", "Gemini CLI ", "Inspector ", "Watch the video: file:///"} {
		if !strings.Contains(strings.Join(lines, "\n"), want) {
			t.Errorf("no ready line for %s", want)
		}
	}
}

// probe has ffprobe look at a video, where there is one: the program itself must not be what says
// that its own file is good. 0 is any duration.
func probe(t *testing.T, path string, duration float64) {
	t.Helper()
	head := make([]byte, 12)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.ReadFull(f, head)
	if closed := f.Close(); err != nil || closed != nil || string(head[4:8]) != "ftyp" {
		t.Fatalf("%s is no mp4: % x, %v", path, head, err)
	}
	if _, err := exec.LookPath("ffprobe"); err != nil {
		t.Log("ffprobe is not here; the video was not probed")
		return
	}
	out, err := exec.CommandContext(t.Context(), "ffprobe", "-v", "error", "-show_entries", "stream=codec_name:format=duration", "-of", "default=noprint_wrappers=1", path).Output()
	if err != nil {
		t.Fatalf("ffprobe: %v", err)
	}
	text := string(out)
	_, after, _ := strings.Cut(text, "duration=")
	seconds, err := strconv.ParseFloat(strings.TrimSpace(after), 64)
	if err != nil || !strings.Contains(text, "codec_name=h264") || !strings.Contains(text, "codec_name=aac") {
		t.Fatalf("ffprobe says %q, %v", text, err)
	}
	if seconds <= 0 || (duration > 0 && (seconds < duration-0.2 || seconds > duration+0.2)) {
		t.Errorf("the video lasts %v s, get_video says %v", seconds, duration)
	}
}
