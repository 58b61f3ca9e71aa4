package sandbox

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// form is a form with one file, and its content type.
func form(t *testing.T, field, name string, raw []byte) (body, contentType string) {
	t.Helper()
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String(), w.FormDataContentType()
}

// upload sends a file at once.
func (b *box) upload(name string, raw []byte, headers ...string) reply {
	b.t.Helper()
	body, contentType := form(b.t, "file", name, raw)
	return b.do(http.MethodPost, "/v3/assets", body, append(headers, "Content-Type", contentType)...)
}

// recording is a WAV file.
func recording(t *testing.T, seconds float64) []byte { t.Helper(); return fileOf(t, ".wav", seconds) }

// fileOf is a file of this kind that lasts so long.
func fileOf(t *testing.T, ending string, seconds float64) []byte {
	t.Helper()
	one, err := (&media.File{Seconds: seconds}).Content("a", ending)
	return bytesOf(t, one, err)
}

func drawing(t *testing.T) []byte {
	t.Helper()
	one, err := media.Preview("p", "64x64")
	return bytesOf(t, one, err)
}

func bytesOf(t *testing.T, one *media.Content, err error) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err == nil {
		err = one.Write(&buf)
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestAnAssetFromUploadToDeletion(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	raw := drawing(t)
	made := b.upload("Cat.txt", raw, "Idempotency-Key", "k").want(200, "")
	id := made.text("data", "asset_id")
	if !strings.HasPrefix(id, "asst_") || made.text("data", "mime_type") != "image/png" || made.at("data", "size_bytes") != float64(len(raw)) {
		t.Error(made.body)
	}
	if again := b.upload("Cat.txt", raw, "Idempotency-Key", "k").want(200, ""); again.text("data", "asset_id") != id {
		t.Errorf("not replayed: %s", again.body)
	}
	if file := b.get(made.text("data", "url")); file.body != string(raw) || file.header.Get("Content-Type") != "image/png" {
		t.Errorf("%d, %d bytes of %s", file.status, len(file.body), file.header.Get("Content-Type"))
	}
	one := b.get("/v3/assets/"+id).want(200, "")
	if one.text("data", "type") != "image" || one.text("data", "owner") != "ana" || one.text("data", "name") != "Cat.txt" {
		t.Error(one.body)
	}
	b.do(http.MethodGet, "/v3/assets/"+id, "", "X-Api-Key", "sk_sandbox_bo").want(404, "asset_not_found")
	b.upload("b.png", raw).want(200, "")
	for path, n := range map[string]int{
		"/v3/assets?username=ana": 2, "/v3/assets?username=bo": 0, "/v3/assets?username=ana&folder_id=": 2,
		"/v3/assets?username=ana&folder_id=f": 0, "/v3/assets?username=ana&limit=1": 1,
	} {
		if got := len(b.get(path).want(200, "").list("data")); got != n {
			t.Errorf("%s: %d, want %d", path, got, n)
		}
	}
	b.get("/v3/assets").want(400, "invalid_parameter")
	b.do(http.MethodDelete, "/v3/assets/"+id, "").want(200, "")
	b.do(http.MethodDelete, "/v3/assets/"+id, "").want(404, "asset_not_found")
	b.get("/v3/assets/"+id).want(404, "asset_not_found")
	if got := b.get(made.text("data", "url")).status; got != 404 {
		t.Errorf("its file answers %d", got)
	}
}

func TestUploadsAreRefusedByWhatTheyAre(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.upload("a.png", []byte("just words")).want(400, "invalid_parameter")
	b.upload("a.zip", []byte("PK\x03\x04")).want(400, "invalid_parameter")
	b.upload("a.png", nil).want(400, "invalid_parameter")
	b.upload("a.mp3", append([]byte("ID3"), make([]byte, maxUpload)...)).want(413, "payload_too_large")
	body, contentType := form(t, "image", "a.png", drawing(t))
	if got := b.do(http.MethodPost, "/v3/assets", body, "Content-Type", contentType).want(400, "").text("error", "param"); got != "image" {
		t.Errorf("got %v, want %q", got, "image")
	}
	b.do(http.MethodPost, "/v3/assets", body, "Content-Type", "application/json").want(400, "invalid_parameter")
	b.do(http.MethodPost, "/v3/assets", "cut", "Content-Type", contentType).want(400, "invalid_parameter")
	b.do(http.MethodPost, "/v3/assets", "--x--", "Content-Type", "multipart/form-data; boundary=x").want(400, "invalid_parameter")
}

func TestPicturesAreFound(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	all := b.get("/v3/assets/search?query=red+fox&type=image&limit=50").want(200, "")
	if len(all.list("data")) != librarySize {
		t.Errorf("got %d, want %v", len(all.list("data")), librarySize)
	}
	if file := b.get(all.text("data", 1, "url")); file.status != 200 || file.header.Get("Content-Type") != "image/png" {
		t.Errorf("got %d %s, want %v and Content-Type %q", file.status, file.body, 200, "image/png")
	}
	if one := b.get("/v3/assets/search?query=red++fox&type=image&limit=1").want(200, ""); one.text("data", 0, "id") != all.text("data", 0, "id") {
		t.Error("the same words found something else")
	}
	if icon := b.get("/v3/assets/search?query=fox&type=icon&limit=1").want(200, ""); icon.text("data", 0, "orientation") != "square" {
		t.Error(icon.body)
	}
	b.upload("My fox.png", drawing(t))
	b.upload("Dog.png", drawing(t))
	own := b.get("/v3/assets/search?query=fox&type=image&scope=personal").want(200, "")
	if len(own.list("data")) != 1 {
		t.Error(own.body)
	}
	b.get("/v3/assets/search?query=+&type=image").want(400, "invalid_parameter")
	b.get("/v3/assets/search?query=fox").want(400, "invalid_parameter")
	b.get("/v3/assets/search?query=fox&type=image&limit=51").want(400, "invalid_parameter")
}

func TestVideosTakeUploads(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	audio := b.upload("a.wav", recording(t, 4)).text("data", "asset_id")
	image := b.upload("a.png", drawing(t)).text("data", "asset_id")
	long := b.upload("a.mp3", append([]byte("ID3"), make([]byte, 601*16_000)...)).text("data", "asset_id")
	speak := func(asset string) map[string]any { return map[string]any{"script": nil, "audio_asset_id": asset} }
	id := b.do(http.MethodPost, "/v3/videos", b.video(speak(audio))).want(200, "").text("data", "video_id")
	b.advance(60)
	if one := b.get("/v3/videos/" + id); one.at("data", "duration") != 4.0 {
		t.Error(one.body)
	}
	b.do(http.MethodPost, "/v3/videos", b.video(speak("none"))).want(404, "asset_not_found")
	b.do(http.MethodPost, "/v3/videos", b.video(speak(image))).want(400, "invalid_parameter")
	b.do(http.MethodPost, "/v3/videos", b.video(speak(long))).want(400, "invalid_parameter")
	behind := func(asset string) map[string]any {
		return map[string]any{"background": map[string]any{"type": "image", "asset_id": asset}}
	}
	b.do(http.MethodPost, "/v3/videos", b.video(behind(image))).want(200, "")
	b.do(http.MethodPost, "/v3/videos", b.video(behind(audio))).want(400, "invalid_parameter")
	b.do(http.MethodPost, "/v3/videos", b.video(behind("none"))).want(404, "asset_not_found")
}

// opened is what an input leads to, seen through an endpoint of a test.
func opened(t *testing.T, b *box, s *Sandbox, in fileInput, kinds ...string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &engine.Request{Account: s.Account("ana")}
	s.Lock()
	defer s.Unlock()
	one, apiErr := s.open(req, v, &in, "video", kinds...)
	if apiErr != nil {
		return apiErr.Code + " " + apiErr.Param
	}
	return fmt.Sprint(one.Type, " ", one.Seconds)
}

func TestInputsLeadToFiles(t *testing.T) {
	t.Parallel()
	b, s := newBoxOf(t, Config{})
	id := b.upload("a.wav", recording(t, 4)).text("data", "asset_id")
	link := b.finished().text("data", "video_url")
	voice := b.get("/v3/voices?limit=1").text("data", 0, "preview_audio_url")
	look := b.get("/v3/avatars/looks?limit=1").text("data", 0, "preview_image_url")
	for _, c := range []struct {
		want string
		in   fileInput
	}{
		{"audio/wav 4", fileInput{Type: "asset_id", AssetID: id}},
		{"asset_not_found video.asset_id", fileInput{Type: "asset_id", AssetID: "none"}},
		{"video/mp4 20", fileInput{Type: "url", URL: link}},
		{"audio/wav 3", fileInput{Type: "url", URL: voice}},
		{"image/png 0", fileInput{Type: "url", URL: look}},
		{"download_failed video.url", fileInput{Type: "url", URL: link + "0"}},
		{"download_failed video.url", fileInput{Type: "url", URL: strings.Replace(link, "/videos/", "/samples/", 1)}},
		{"download_failed video.url", fileInput{Type: "url", URL: b.url + "/files/videos/none.mp4"}},
		{" 300", fileInput{Type: "url", URL: "https://files.example.com/a.mp4"}},
		{"download_failed video.url", fileInput{Type: "url", URL: "https://files.example.com/page.html"}},
		{"download_failed video.url", fileInput{Type: "url", URL: "https://10.0.0.1/a.mp4"}},
		{"invalid_parameter video.url", fileInput{Type: "url", URL: "http://files.example.com/a.mp4"}},
		{"invalid_parameter video.url", fileInput{Type: "url", URL: "a.mp4"}},
		{"application/pdf 0", fileInput{Type: "base64", Data: "JVBERi0xLjc="}},
		{"invalid_parameter video.data", fileInput{Type: "base64", Data: "?"}},
	} {
		if got := opened(t, b, s, c.in); got != c.want {
			t.Errorf("%+v: %q, want %q", c.in, got, c.want)
		}
	}
	if got := opened(t, b, s, fileInput{Type: "asset_id", AssetID: id}, "video/"); got != "invalid_parameter video.asset_id" {
		t.Errorf("got %v, want %q", got, "invalid_parameter video.asset_id")
	}
	if got := opened(t, b, s, fileInput{Type: "url", URL: link}, "audio/", "video/"); got != "video/mp4 20" {
		t.Errorf("got %v, want %q", got, "video/mp4 20")
	}
}
