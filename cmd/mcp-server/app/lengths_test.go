package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"heygen-mcp/internal/files"
	"heygen-mcp/tools"
)

// TestNothingLeavesTheMachine holds that with a HeyGen on this machine no file elsewhere is read,
// and one that lies there is.
func TestNothingLeavesTheMachine(t *testing.T) {
	t.Parallel()
	const wav = "RIFF\x28\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x08\x00data\x04\x00\x00\x00\x80\x80\x80\x80"
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(wav)) }))
	t.Cleanup(srv.Close)
	at, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	read := lengths(files.New(files.Config{HeyGen: at}), at)
	if got := read(t.Context(), srv.URL+"/a.wav"); got.Seconds != 4 {
		t.Errorf("its own file is %+v, want 4 s", got)
	}
	for _, link := range []string{"https://example.com/a.wav", "", "\x7f"} {
		if got := read(t.Context(), link); got != (tools.Length{}) {
			t.Errorf("%q was read: %+v", link, got)
		}
	}
}
