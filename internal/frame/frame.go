// Package frame is what all pages for people have in common: the mark, the style sheet, the layout around what a page
// says, the language that it is said in, and the headers that guard it in the browser. It does not know what any page
// says.
package frame

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"heygen-mcp/internal/words"
)

//go:embed files
var files embed.FS

// The names of what Asset serves. A Frame expects the first two below its base.
const (
	StyleName = "style.css"
	MarkName  = "mark.svg"
	IconName  = "mark.png"
)

// Frame is the layout, with the addresses of what it shows.
type Frame struct{ base string }

// New makes a frame. base is the path below which Assets are served, with a slash at its end.
func New(base string) *Frame { return &Frame{base} }

// Page is a page in every language.
type Page struct {
	// parsed has the templates, and a place for each language, from when somebody is shown the page first.
	parsed func() (*parsed, error)
}

type parsed struct {
	base *template.Template
	of   map[*words.Speaker]*version
}

// version is a page in one language, made when somebody asks for it first.
type version struct {
	once sync.Once
	page *template.Template
	err  error
}

// Page is a page of templates, which define "title" and "body", with the frame around them. They write their texts by
// what words.Speaker.Funcs has, and are parsed when the page is first shown.
func (f *Frame) Page(pages fs.FS, names ...string) *Page {
	return &Page{sync.OnceValues(func() (*parsed, error) {
		t, err := template.New("").Funcs(words.English().Funcs()).ParseFS(files, "files/layout.html")
		if err == nil {
			t, err = t.ParseFS(pages, names...)
		}
		p := &parsed{t, map[*words.Speaker]*version{}}
		for _, s := range words.All() {
			p.of[s] = &version{}
		}
		return p, err
	})}
}

// in is the page in a language. The base is never executed: a template that was cannot be cloned.
func (p *Page) in(s *words.Speaker) (*template.Template, error) {
	parsed, err := p.parsed()
	if err != nil {
		return nil, err
	}
	v := parsed.of[s]
	v.once.Do(func() {
		if v.page, v.err = parsed.base.Clone(); v.err == nil {
			v.page.Funcs(s.Funcs())
		}
	})
	return v.page, v.err
}

// Reads says whether a request only reads, and answers any other, for pages on which nothing can be changed.
func Reads(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	w.Header().Set("Allow", "GET, HEAD")
	http.Error(w, "This page can only be read.", http.StatusMethodNotAllowed)
	return false
}

// Policy is what a page may do in a browser besides showing itself.
type Policy struct {
	// OpenForm lets its form lead to other sites by a redirect: browsers hold a form-action against every redirect that
	// follows, and where a client sends people on to cannot be known.
	OpenForm bool
	// Script is the path of the one script of ours that it runs; "" is none.
	Script string
	// Connect, Media and Images are the origins that the script may call, and that films and pictures may come from.
	Connect, Media, Images []string
	// Refresh is after how many seconds a browser without scripts reads the page anew; 0 is never.
	Refresh int
	// Class is of the layout: "wide" for a page that is more than a form.
	Class string
}

// csp is the policy as browsers read it.
func (p Policy) csp() string {
	csp := "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; img-src " +
		strings.Join(append([]string{"'self'"}, p.Images...), " ")
	if !p.OpenForm {
		csp += "; form-action 'self'"
	}
	if p.Script != "" {
		csp += "; script-src 'self'"
	}
	if len(p.Connect) > 0 {
		csp += "; connect-src " + strings.Join(p.Connect, " ")
	}
	if len(p.Media) > 0 {
		csp += "; media-src " + strings.Join(p.Media, " ")
	}
	return csp
}

// Write sends a page in the language of whoever sent the request. A page that cannot be made is answered with 500, and
// the error says why.
func (f *Frame) Write(w http.ResponseWriter, r *http.Request, status int, page *Page, view any, p Policy) error {
	speaker := words.For(r)
	h := w.Header()
	h.Add("Vary", "Accept-Language")
	h.Set("Content-Language", speaker.Lang())
	var body bytes.Buffer
	t, err := page.in(speaker)
	if err == nil {
		err = t.ExecuteTemplate(&body, "layout", struct {
			Style, Mark, Script, Class string
			Refresh                    int
			View                       any
		}{f.base + StyleName, f.base + MarkName, p.Script, p.Class, p.Refresh, view})
	}
	if err != nil {
		http.Error(w, speaker.Say(words.Of("frame.failed")), http.StatusInternalServerError)
		return fmt.Errorf("frame: %w", err)
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	h.Set("Content-Security-Policy", p.csp())
	// For browsers that do not know frame-ancestors: a page laid under another one is clicked unseen.
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	// The address may hold a flow's id, which other sites are not told. no-referrer would do the same, but with it
	// browsers send forms with "Origin: null", even to the page's own server.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser has gone; there is nobody to tell
	return nil
}

// IconSize is the width and height of Icon, which directories of plugins ask for.
const IconSize = "512x512"

// Icon is the mark as a PNG, for those who show no SVG.
func Icon() []byte {
	icon, err := files.ReadFile("files/" + IconName)
	if err != nil {
		panic(err) // it is built in
	}
	return icon
}

// Asset serves the style sheet, the mark or the icon, by its name.
func Asset(name string) http.HandlerFunc { return Static(files, "files/"+name) }

// Static serves a file that is built in. It panics where there is none: names are constants.
func Static(from fs.FS, name string) http.HandlerFunc {
	content, err := fs.ReadFile(from, name)
	if err != nil {
		panic(err)
	}
	kind := map[string]string{
		"css": "text/css; charset=utf-8", "svg": "image/svg+xml; charset=utf-8", "js": "text/javascript; charset=utf-8", "png": "image/png",
	}[name[strings.LastIndexByte(name, '.')+1:]]
	return func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "public, max-age=3600")
		_, _ = w.Write(content) // the browser has gone; there is nobody to tell
	}
}
