package frame_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"heygen-mcp/internal/frame"
)

// TestWrite holds what guards a page in the browser, and that what a stranger chose is text.
func TestWrite(t *testing.T) {
	t.Parallel()
	const hostile = `<script>alert("x")</script>`
	f := frame.New("/a/")
	page := f.Page(fstest.MapFS{"p.html": {Data: []byte(`{{define "title"}}T{{end}}{{define "body"}}<p>{{.}}</p>{{end}}`)}}, "p.html")
	for _, c := range []struct {
		policy   frame.Policy
		has, not []string
	}{
		{frame.Policy{}, []string{"form-action 'self'", "default-src 'none'", "frame-ancestors 'none'"}, []string{"script-src", "connect-src", "media-src"}},
		{frame.Policy{OpenForm: true}, nil, []string{"form-action"}},
		{frame.Policy{Script: "/a/x.js", Connect: []string{"'self'"}, Media: []string{"https://files.example"}},
			[]string{"script-src 'self'", "connect-src 'self'", "media-src https://files.example"}, []string{"unsafe"}},
	} {
		rec := httptest.NewRecorder()
		if err := f.Write(rec, asking(t, ""), http.StatusTeapot, page, hostile, c.policy); err != nil {
			t.Fatal(err)
		}
		csp := rec.Header().Get("Content-Security-Policy")
		for _, want := range c.has {
			if !strings.Contains(csp, want) {
				t.Errorf("%+v: the policy lacks %q: %s", c.policy, want, csp)
			}
		}
		for _, unwanted := range c.not {
			if strings.Contains(csp, unwanted) {
				t.Errorf("%+v: the policy has %q: %s", c.policy, unwanted, csp)
			}
		}
		body := rec.Body.String()
		if strings.Contains(body, hostile) || !strings.Contains(body, `href="/a/style.css"`) || strings.Contains(body, "<script") != (c.policy.Script != "") {
			t.Errorf("%+v: the page is\n%s", c.policy, body)
		}
	}
}

// TestABrokenPage holds that a page that cannot be parsed is a fault, as often as it is asked for, and told.
func TestABrokenPage(t *testing.T) {
	t.Parallel()
	f := frame.New("/a/")
	page := f.Page(fstest.MapFS{"p.html": {Data: []byte(`{{`)}}, "p.html")
	for range 2 {
		rec := httptest.NewRecorder()
		err := f.Write(rec, asking(t, ""), http.StatusOK, page, nil, frame.Policy{})
		if err == nil || rec.Code != http.StatusInternalServerError || strings.Contains(rec.Body.String(), "p.html") {
			t.Errorf("got %v, and %d %s", err, rec.Code, rec.Body)
		}
	}
}

// TestAsset holds that the files of the frame are served as what they are.
func TestAsset(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]string{frame.StyleName: "text/css; charset=utf-8", frame.MarkName: "image/svg+xml; charset=utf-8"} {
		rec := httptest.NewRecorder()
		frame.Asset(name)(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/"+name, nil))
		h := rec.Header()
		if h.Get("Content-Type") != kind || h.Get("Cache-Control") != "public, max-age=3600" || h.Get("X-Content-Type-Options") != "nosniff" || rec.Body.Len() == 0 {
			t.Errorf("%s: got %v with %d bytes", name, h, rec.Body.Len())
		}
	}
}

// asking is the request of a person who prefers a language.
func asking(t *testing.T, language string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.Header.Set("Accept-Language", language)
	return r
}

// TestLanguage holds that a page is in the language of whoever asks, says so, and is not given to others from a cache.
func TestLanguage(t *testing.T) {
	t.Parallel()
	f := frame.New("/a/")
	page := f.Page(fstest.MapFS{"p.html": {Data: []byte(`{{define "title"}}{{t "absent.title"}}{{end}}{{define "body"}}{{t "who.back" "Place" .}}{{end}}`)}}, "p.html")
	for asked, want := range map[string]string{"de-CH,de;q=0.9,en;q=0.8": "de", "": "en", "xx": "en"} {
		for range 2 { // once made, and once kept
			rec := httptest.NewRecorder()
			if err := f.Write(rec, asking(t, asked), http.StatusOK, page, "<b>", frame.Policy{}); err != nil {
				t.Fatal(err)
			}
			h, body := rec.Header(), rec.Body.String()
			if h.Get("Vary") != "Accept-Language" || h.Get("Content-Language") != want || !strings.Contains(body, `<html lang="`+want+`">`) {
				t.Errorf("%q: %v\n%s", asked, h, body)
			}
			if !strings.Contains(body, "<strong>&lt;b&gt;</strong>") {
				t.Errorf("%q: a value is not escaped:\n%s", asked, body)
			}
		}
	}
}

// TestReads holds that a page on which nothing can be changed answers no other request than those that read.
func TestReads(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]bool{http.MethodGet: true, http.MethodHead: true, http.MethodPost: false, http.MethodDelete: false, http.MethodOptions: false} {
		rec := httptest.NewRecorder()
		req := asking(t, "")
		req.Method = method
		if got := frame.Reads(rec, req); got != want {
			t.Errorf("%s reads: %t, want %t", method, got, want)
		}
		if refused := rec.Code == http.StatusMethodNotAllowed && rec.Header().Get("Allow") == "GET, HEAD"; refused == want {
			t.Errorf("%s is answered with %d and %v", method, rec.Code, rec.Header())
		}
	}
}

// TestIcon holds that the icon is a PNG.
func TestIcon(t *testing.T) {
	t.Parallel()
	if kind := http.DetectContentType(frame.Icon()); kind != "image/png" {
		t.Errorf("the icon is %s", kind)
	}
}
