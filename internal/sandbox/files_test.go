package sandbox

import (
	"image/gif"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (b *box) finished() reply {
	b.t.Helper()
	id := b.create().text("data", "video_id")
	b.advance(60)
	return b.get("/v3/videos/" + id)
}

func TestLinksAreSignedAndExpire(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	link := b.finished().text("data", "video_url")
	for name, changed := range map[string]string{
		"another path":   strings.Replace(link, ".mp4", ".srt", 1),
		"a later end":    strings.Replace(link, "expires=1", "expires=2", 1),
		"no signature":   link[:strings.Index(link, "&signature=")],
		"no query":       link[:strings.Index(link, "?")],
		"half signature": link[:len(link)-10],
	} {
		if got := b.get(changed).status; got != http.StatusForbidden {
			t.Errorf("%s: got %d, want %v", name, got, http.StatusForbidden)
		}
	}
	if got := b.do(http.MethodGet, link, "", "Authorization", "Bearer sk_sandbox_ana").status; got != http.StatusBadRequest {
		t.Errorf("with a credential: %d", got)
	}
	if got := b.do(http.MethodHead, link, ""); got.status != 200 || got.header.Get("Content-Length") == "" || got.body != "" {
		t.Errorf("HEAD: %d %v", got.status, got.header)
	}
	b.advance((24 * time.Hour).Seconds())
	if got := b.get(link).status; got != http.StatusForbidden {
		t.Errorf("after its end: %d", got)
	}
}

func TestVideosCanBeReadInParts(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	link := b.finished().text("data", "video_url")
	whole := b.get(link).body
	for spec, c := range map[string]struct {
		status int
		want   string
	}{
		"bytes=0-99":                 {206, whole[:100]},
		"bytes=70000-70009":          {206, whole[70000:70010]},
		"bytes=100-":                 {206, whole[100:]},
		"bytes=-50":                  {206, whole[len(whole)-50:]},
		"bytes=0-999999999":          {206, whole},
		"bytes=9-1":                  {200, whole},
		"lines=1-2":                  {200, whole},
		"bytes=0-1,5-6":              {200, whole},
		"bytes=999999999-9999999999": {416, ""},
	} {
		res := b.do(http.MethodGet, link, "", "Range", spec)
		if res.status != c.status || res.body != c.want {
			t.Errorf("%s: %d, %d bytes, want %d and %d", spec, res.status, len(res.body), c.status, len(c.want))
		}
	}
}

func TestLinksOpenEveryKindOfFile(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	done := b.finished()
	moving, err := gif.DecodeAll(strings.NewReader(b.get(done.text("data", "gif_url")).body))
	if err != nil || len(moving.Image) < 2 {
		t.Errorf("the animation: %v", err)
	}
	voice := b.get("/v3/voices").text("data", 0, "preview_audio_url")
	if wav := b.get(voice); wav.status != 200 || wav.header.Get("Content-Type") != "audio/wav" || len(wav.body) != len(fileOf(t, ".wav", 3)) {
		t.Errorf("the voice: %d, %d bytes", wav.status, len(wav.body))
	}
	if part := b.do(http.MethodGet, voice, "", "Range", "bytes=0-3"); part.status != 206 || part.body != "RIFF" {
		t.Errorf("a part of the voice: %d %q", part.status, part.body)
	}
	id := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"output_format": "webm"})).want(200, "").text("data", "video_id")
	b.advance(60)
	webm := b.get(b.get("/v3/videos/"+id).text("data", "video_url"))
	if webm.header.Get("Content-Type") != "video/webm" || !strings.HasPrefix(webm.body, "\x1aE\xdf\xa3") {
		t.Errorf("got %d %v, want Content-Type %q and %q at its beginning", webm.status, webm.header, "video/webm", "\x1aE\xdf\xa3")
	}
}
