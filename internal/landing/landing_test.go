package landing_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/landing"
	"heygen-mcp/internal/words"
)

func newPage(t *testing.T, cfg landing.Config) *landing.Page {
	t.Helper()
	cfg.Base = "https://mcp.example/heygen"
	cfg.Toolsets = []landing.Toolset{{Name: "voices", Holds: "List voices", Tools: 14}}
	cfg.Trouble = func(_ *http.Request, err error) { t.Error(err) }
	return landing.New(cfg, "/heygen")
}

func get(t *testing.T, p *landing.Page, path, accept string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept", accept)
	rec := httptest.NewRecorder()
	p.ServeHTTP(rec, r)
	return rec
}

const browser = "text/html,application/xhtml+xml,*/*;q=0.8"

// TestFront holds what the page says to whom, with and without the public URL's own path before it.
func TestFront(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		cfg      landing.Config
		has, not []string
	}{
		{"broker", landing.Config{SignIn: true, OperatorName: "Ana <b>& Co</b>", OperatorURL: "https://ana.example", PrivacyURL: "https://ana.example/privacy"},
			[]string{`href="https://ana.example/privacy"`, "/heygen/connections", "Ana &lt;b&gt;", `href="https://ana.example"`, "/mcp/key"}, []string{"Make the demo", "of its own"}},
		{"direct", landing.Config{KeyOnly: true}, []string{"HeyGen API key of its own", "in place of <code>YOUR_KEY", "How each client"}, []string{"by hand", "/connections", "Who runs", "Privacy", "cursor:"}},
		{"single", landing.Config{}, []string{"its operator's HeyGen account"}, []string{"/connections"}},
		{"sandbox", landing.Config{Sandbox: "http://127.0.0.1:9"}, []string{"Make the demo video", "imitation"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newPage(t, c.cfg)
			for _, path := range []string{"/", "/heygen", "/heygen/"} {
				rec := get(t, p, path, browser)
				body := rec.Body.String()
				if rec.Code != http.StatusOK || !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
					t.Fatalf("%s: got %d %s", path, rec.Code, rec.Header())
				}
				for _, want := range append(c.has, "https://mcp.example/heygen/mcp", "claude mcp add", "/mcp/x/voices", "/heygen/assets/style.css") {
					if !strings.Contains(body, want) {
						t.Errorf("%s: the page lacks %q:\n%s", path, want, body)
					}
				}
				for _, unwanted := range c.not {
					if strings.Contains(body, unwanted) {
						t.Errorf("%s: the page has %q", path, unwanted)
					}
				}
			}
			markdown := get(t, p, "/", "text/markdown")
			llms := get(t, p, "/llms.txt", "*/*")
			if !strings.HasPrefix(markdown.Header().Get("Content-Type"), "text/markdown") || !strings.HasPrefix(llms.Header().Get("Content-Type"), "text/plain") ||
				markdown.Body.String() != llms.Body.String() || !strings.HasPrefix(llms.Body.String(), "# heygen-mcp\n") {
				t.Errorf("as text: %v %v\n%s", markdown.Header(), llms.Header(), llms.Body)
			}
		})
	}
}

// TestEndpoint holds what a person reads at an endpoint: its own address, how one gets in there, and links that install
// that very address where they can.
func TestEndpoint(t *testing.T) {
	t.Parallel()
	const signIn, key, button = "you sign in and say", "HeyGen API key", "cursor://"
	for _, c := range []struct {
		cfg      landing.Config
		path     string
		endpoint string
		has, not []string
	}{
		{landing.Config{SignIn: true}, "/heygen/mcp", "/mcp", []string{signIn, button}, []string{key}},
		{landing.Config{SignIn: true}, "/mcp/x/videos,voices/readonly", "/mcp/x/videos,voices/readonly", []string{signIn, button, "videos%2Cvoices"}, nil},
		{landing.Config{SignIn: true}, "/mcp/key/x/voices", "/mcp/key/x/voices", []string{key}, []string{signIn, button}},
		{landing.Config{KeyOnly: true}, "/mcp", "/mcp", []string{key}, []string{signIn, button}},
		{landing.Config{}, "/mcp/readonly", "/mcp/readonly", []string{"operator's HeyGen account", button}, []string{signIn}},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, c.path, nil)
		rec := httptest.NewRecorder()
		newPage(t, c.cfg).Endpoint(rec, r)
		body := rec.Body.String()
		if rec.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: got %d", c.path, rec.Code)
		}
		for _, want := range append(c.has, "<code>https://mcp.example/heygen"+c.endpoint+"</code>", `href="/heygen/"`) {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the page lacks %q:\n%s", c.path, want, body)
			}
		}
		for _, unwanted := range c.not {
			if strings.Contains(body, unwanted) {
				t.Errorf("%s: the page has %q", c.path, unwanted)
			}
		}
	}
}

// TestLanguages holds that the pages are in the language that a browser asks for, and what programs read in English.
func TestLanguages(t *testing.T) {
	t.Parallel()
	for _, cfg := range []landing.Config{{SignIn: true, OperatorName: "<b>"}, {KeyOnly: true}, {Sandbox: "http://127.0.0.1:9"}} {
		p := newPage(t, cfg)
		english, err := p.Markdown()
		if err != nil {
			t.Fatal(err)
		}
		for _, speaker := range words.All() {
			for path, want := range map[string]string{"/": "landing.lead", "/none": "absent.text"} {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
				r.Header.Set("Accept", browser)
				r.Header.Set("Accept-Language", speaker.Lang())
				rec := httptest.NewRecorder()
				p.ServeHTTP(rec, r)
				body := rec.Body.String()
				if !strings.Contains(body, `<html lang="`+speaker.Lang()+`">`) || !strings.Contains(body, speaker.Say(words.Of(want))) || strings.Contains(body, "<b>") {
					t.Errorf("%s is not in %s:\n%s", path, speaker.Lang(), body)
				}
				if vary := rec.Header().Values("Vary"); !slices.Contains(vary, "Accept-Language") {
					t.Errorf("%s varies by %v", path, vary)
				}
				r.Header.Set("Accept", "text/markdown")
				rec = httptest.NewRecorder()
				p.ServeHTTP(rec, r)
				if path == "/" && rec.Body.String() != string(english) {
					t.Errorf("%s: programs read\n%s", speaker.Lang(), rec.Body)
				}
			}
		}
	}
}

// TestKeyClients holds that whoever copies a line where a key is needed has a place for it in the line, or is told
// beside it why there is none and where it goes.
func TestKeyClients(t *testing.T) {
	t.Parallel()
	const endpoint, keyed = "https://mcp.example/mcp", "https://mcp.example/mcp/key"
	told := map[string]string{"n8n": "X-Api-Key"} // its settings have a field for it
	for _, name := range []string{"ChatGPT", "Claude, on the web and the desktop"} {
		told[name] = "can send no key"
	}
	with, without := landing.KeyClients(endpoint, keyed), landing.Clients(endpoint)
	if len(with) != len(without) {
		t.Fatalf("%d clients with a key, %d without", len(with), len(without))
	}
	for i, c := range with {
		name := words.English().Say(c.Name)
		if name != words.English().Say(without[i].Name) {
			t.Errorf("%s is not where %s is", name, words.English().Say(without[i].Name))
		}
		beside, how := told[name], words.English().Say(c.How)
		inLine := strings.Contains(c.Line, keyed) && strings.Contains(c.Line, "X-Api-Key") && strings.Contains(c.Line, "YOUR_KEY")
		if inLine == (beside != "") || !strings.Contains(how, beside) {
			t.Errorf("%s: got %s %s, want another inLine than %v and %q in it", name, how, c.Line, (beside != ""), beside)
		}
	}
}

// TestButtons holds that the links of Cursor and VS Code are read as these clients read them.
func TestButtons(t *testing.T) {
	t.Parallel()
	const endpoint = "https://mcp.example/a path/mcp"
	var got struct{ Name, Type, URL string }
	for _, b := range landing.Buttons(endpoint) {
		u, err := url.Parse(string(b.Link))
		if err != nil {
			t.Fatal(err)
		}
		var text []byte
		switch b.Key {
		case "cursor":
			if text, err = base64.StdEncoding.DecodeString(u.Query().Get("config")); err != nil || u.Query().Get("name") != "heygen" {
				t.Errorf("%s: got %v, want no error and name %q", b.Link, err, "heygen")
			}
		case "vscode", "vscode_insiders":
			plain, err := url.PathUnescape(u.RawQuery)
			if err != nil {
				t.Fatal(err)
			}
			text = []byte(plain)
		}
		got.URL = ""
		if err := json.Unmarshal(text, &got); err != nil || got.URL != endpoint {
			t.Errorf("%s: %s holds %s: %v", b.Client, b.Link, text, err)
		}
	}
}

// TestButtonsAsPublished holds the links byte for byte. They are what the
// formulas give that Cursor and VS Code publish, which .ci/clients/links.mjs follows.
func TestButtonsAsPublished(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"cursor": "cursor://anysphere.cursor-deeplink/mcp/install?name=heygen&config=eyJ1cmwiOiJodHRwczovL21jcC5leGFtcGxlL21jcC94L3ZpZGVvcyx2b2ljZXMvcmVhZG9ubHkifQ%3D%3D",
		"vscode": "vscode:mcp/install?%7B%22name%22%3A%22heygen%22%2C%22type%22%3A%22http%22%2C%22url%22%3A%22https%3A%2F%2Fmcp.example%2Fmcp%2Fx%2Fvideos%2Cvoices%2Freadonly%22%7D",
	}
	want["vscode_insiders"] = strings.Replace(want["vscode"], "vscode:", "vscode-insiders:", 1)
	for _, b := range landing.Buttons("https://mcp.example/mcp/x/videos,voices/readonly") {
		if string(b.Link) != want[b.Key] {
			t.Errorf("%s: got %s\nwant %s", b.Client, b.Link, want[b.Key])
		}
	}
}

// TestRest holds the small files, the page for what is not there, and that nothing can be sent here.
func TestRest(t *testing.T) {
	t.Parallel()
	p := newPage(t, landing.Config{})
	if body := get(t, p, "/robots.txt", "*/*").Body.String(); !strings.Contains(body, "Disallow: /heygen/oauth/\n") {
		t.Errorf("robots.txt is\n%s", body)
	}
	for path, kind := range map[string]string{"/favicon.ico": "image/svg+xml", "/heygen/assets/style.css": "text/css", "/assets/landing.js": "text/javascript", "/heygen/assets/mark.png": "image/png"} {
		if rec := get(t, p, path, "*/*"); rec.Code != http.StatusOK || !strings.HasPrefix(rec.Header().Get("Content-Type"), kind) {
			t.Errorf("%s: got %d %v", path, rec.Code, rec.Header())
		}
	}
	if rec := get(t, p, "/heygen/none", browser); rec.Code != http.StatusNotFound || !strings.Contains(rec.Body.String(), `href="/heygen/"`) {
		t.Errorf("got %d\n%s", rec.Code, rec.Body)
	}
	rec := httptest.NewRecorder()
	p.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil))
	if rec.Code != http.StatusMethodNotAllowed || rec.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("a POST: got %d %v", rec.Code, rec.Header())
	}
}
