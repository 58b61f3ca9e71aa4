package tools_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestCurlLine holds that a shell reads the line as it is meant, whatever the file is called: the
// line is made to be run, so a name must not become a command.
func TestCurlLine(t *testing.T) {
	t.Parallel()
	slot := map[string]any{
		"upload_url":     "https://bucket.example/a?X-Amz-Signature=1&b=$HOME",
		"upload_headers": map[string]any{"x-amz-server-side-encryption": "AES256", "Content-Type": "video/mp4; x='y'"},
	}
	for name, file := range map[string]string{
		"it's; rm -rf $HOME `x`.mp4": "it's; rm -rf $HOME `x`.mp4",
		"a\nb \\ \"c\".mp4":          "a\nb \\ \"c\".mp4",
		"-":                          "./-",
		"-o.mp4":                     "./-o.mp4",
		".":                          "./.",
	} {
		out, err := exec.CommandContext(t.Context(), "sh", "-c", "curl() { printf '<%s>' \"$@\"; }\n"+tools.Curl(name, slot)).Output()
		want := "<--fail-with-body><-sS><-g><-T><" + file + "><-H><Content-Type: video/mp4; x='y'><-H><x-amz-server-side-encryption: AES256><https://bucket.example/a?X-Amz-Signature=1&b=$HOME>"
		if err != nil || string(out) != want {
			t.Errorf("%q: %v\ngot  %s\nwant %s", name, err, out, want)
		}
	}
}

// slot begins an upload of five bytes.
func slot(t *testing.T, b *toolstest.Bench) (id string, put func()) {
	t.Helper()
	made := b.CallTool(t, "create_asset_upload", `{"filename":"a.mp3","content_type":"audio/mpeg","size_bytes":5}`)
	return made["asset_id"].(string), func() {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, made["upload_url"].(string), bytes.NewReader([]byte("ID3__")))
		if err != nil {
			t.Fatal(err)
		}
		for name, v := range made["upload_headers"].(map[string]any) {
			req.Header.Set(name, fmt.Sprint(v))
		}
		res, err := b.HTTP.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Fatalf("the bucket answered %d", res.StatusCode)
		}
	}
}

// TestUploadIsLookedForAgain holds that bytes which cannot be seen yet are waited for as HeyGen's
// own client does, and for no longer.
func TestUploadIsLookedForAgain(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	var waits []time.Duration
	b.Change(t, func(c *tools.Config) {
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			waits = append(waits, d)
			return ctx.Err()
		}
	})
	id, put := slot(t, b)
	args := fmt.Sprintf(`{"asset_id":%q}`, id)
	never := b.CallTool(t, "complete_asset_upload", args)
	if never["error_code"] != "conflict" || never["retryable"] != true ||
		!strings.Contains(fmt.Sprint(never["next_step"]), "curl") {
		t.Errorf("without a file: got %v, want a retryable conflict whose next step names curl", never)
	}
	if got := fmt.Sprint(waits); got != "[500ms 1s 2s 4s 8s]" {
		t.Errorf("waited %s", got)
	}
	waits = nil
	put()
	b.Control(t, "faults", `{"method":"POST","path":"/v3/assets/{asset_id}/complete","fault":"unseen","times":2}`)
	if made := b.CallTool(t, "complete_asset_upload", args); made["mime_type"] != "audio/mpeg" || fmt.Sprint(waits) != "[500ms 1s]" {
		t.Errorf("%v after %v", made, waits)
	}
	if got := b.Asked(t, "POST", "/v3/assets/"+id+"/complete"); got != 9 {
		t.Errorf("asked %d times", got)
	}
}

// TestCompletingIsHarmless holds that a lost answer to what v3 does once anyway is asked for again.
func TestCompletingIsHarmless(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"lost", "cut", "html_502"} {
		b := toolstest.New(t)
		id, put := slot(t, b)
		put()
		b.Control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/assets/{asset_id}/complete","fault":%q,"times":1}`, fault))
		if made := b.CallTool(t, "complete_asset_upload", fmt.Sprintf(`{"asset_id":%q}`, id)); made["asset_id"] != id {
			t.Errorf("%s: got %v, want asset_id %v", fault, made, id)
		}
	}
}

// TestUploadReadsBase64 holds the forms of base64 that models write.
func TestUploadReadsBase64(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	size := float64(len("ID3 \xff\xfe?>~"))
	for _, data := range []string{"SUQzIP/+Pz5+", "SUQzIP_-Pz5-", "SUQz\\nIP/+\\nPz5+", "data:audio/mpeg;base64,SUQzIP/+Pz5+"} {
		made := b.CallTool(t, "upload_asset", fmt.Sprintf(`{"filename":"A.MP3","data":"%s"}`, data))
		if made["size_bytes"] != size || made["mime_type"] != "audio/mpeg" {
			t.Errorf("%s: got %v, want size_bytes %v and mime_type %q", data, made, size, "audio/mpeg")
		}
	}
	if made := b.CallTool(t, "upload_asset", `{"filename":"a.mp3","data":"SUQzIA"}`); made["size_bytes"] != 4.0 {
		t.Errorf("without padding: %v", made)
	}
}

// TestRefusedUploadSaysWhy holds that the curl line shows what the storage says, and that what an agent
// is told then is no circle: the same line would be refused again.
func TestRefusedUploadSaysWhy(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	b := toolstest.New(t)
	made := b.CallTool(t, "create_asset_upload", `{"filename":"a.mp3","content_type":"audio/mp3","size_bytes":5}`)
	cmd := exec.CommandContext(t.Context(), "sh", "-c", fmt.Sprint(made["curl"]))
	cmd.Dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(cmd.Dir, "a.mp3"), []byte("ID3 longer"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.Output()
	if err == nil || !strings.Contains(string(out), "The size or a header is not the one that was signed.") {
		t.Errorf("curl ended with %v and %s, want a failure with the storage's words", err, out)
	}
	never := b.CallTool(t, "complete_asset_upload", fmt.Sprintf(`{"asset_id":%q}`, made["asset_id"]))
	for _, told := range []any{made["next_step"], never["next_step"]} {
		if text := fmt.Sprint(told); !strings.Contains(text, "what curl prints says why") || !strings.Contains(text, "begin anew with create_asset_upload") {
			t.Errorf("got %q, want it to say what to do about an upload that is refused", text)
		}
	}
}
