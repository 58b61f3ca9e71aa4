// Package landing is what stands at the server's own URL, for people who open it and for programs that look around: a
// page that says what this is and how to connect, the same as Markdown and as /llms.txt, /robots.txt, and the page for
// what is not there. It is told everything it says by its caller, and knows no tool and no sign-in.
//
// Reading order: landing.go (what is served), endpoint.go (what people see at an endpoint), clients.go (a line for each
// client), files/.
package landing

import (
	"bytes"
	"embed"
	"fmt"
	"net/http"
	"strings"
	"sync"
	text "text/template"

	"heygen-mcp/internal/accept"
	"heygen-mcp/internal/frame"
)

//go:embed files
var files embed.FS

// Toolset is a set of tools that a client can choose.
type Toolset struct {
	Name, Holds string
	Tools       int
}

// Config has what the page tells of the server.
type Config struct {
	// Base is the public URL, without a slash at its end; the endpoint is Base + "/mcp".
	Base string
	// SignIn says that people sign in on a page of this server, and KeyOnly that clients bring a credential of
	// HeyGen's; if neither, every client uses the operator's account.
	SignIn, KeyOnly bool
	// OperatorName and OperatorURL are who runs this; "" is not told.
	OperatorName, OperatorURL string
	// PrivacyURL is where their privacy policy is, "" for none.
	PrivacyURL string
	Toolsets   []Toolset
	// Sandbox is the origin of the imitation of HeyGen that is used; "" is HeyGen itself.
	Sandbox string
	// Trouble takes what goes wrong.
	Trouble func(r *http.Request, err error)
}

// Page is the handler of the page and of the texts beside it.
type Page struct {
	cfg             Config
	frame           *frame.Frame
	landing, absent *frame.Page
	endpoint        *frame.Page
	markdown        func() (*text.Template, error)
	mux             *http.ServeMux
	base            string // the path of Base
}

// PathIcon is where the mark is, below the public URL. It is an SVG, whatever browsers expect at that name.
const PathIcon = "/favicon.ico"

// PathPNG is where the mark is as a PNG, of IconSize.
const (
	PathPNG  = pathFiles + frame.IconName
	IconSize = frame.IconSize
)

// Icon is the mark as a PNG.
func Icon() []byte { return frame.Icon() }

// The other paths, below the public URL.
const (
	pathLLMs   = "/llms.txt"
	pathRobots = "/robots.txt"
	pathFiles  = "/assets/"
	script     = "landing.js"
	keyPath    = "/mcp/key"
)

// New is the handler; its pages are read when they are first shown. path is that of the public URL, "" where it has
// none.
func New(cfg Config, path string) *Page {
	p := &Page{cfg: cfg, frame: frame.New(path + pathFiles), mux: http.NewServeMux(), base: path}
	for file, page := range map[string]**frame.Page{"landing.html": &p.landing, "absent.html": &p.absent, "endpoint.html": &p.endpoint} {
		*page = p.frame.Page(files, "files/line.html", "files/"+file)
	}
	p.markdown = sync.OnceValues(func() (*text.Template, error) { return text.ParseFS(files, "files/landing.md") })
	p.mux.HandleFunc("/{$}", p.front)
	p.mux.HandleFunc(pathLLMs, p.llms)
	p.mux.HandleFunc(pathRobots, p.robots)
	p.mux.HandleFunc(PathIcon, frame.Asset(frame.MarkName))
	for _, name := range []string{frame.StyleName, frame.MarkName, frame.IconName} {
		p.mux.HandleFunc(pathFiles+name, frame.Asset(name))
	}
	p.mux.HandleFunc(pathFiles+script, frame.Static(files, "files/"+script))
	p.mux.HandleFunc("/", p.missing)
	return p
}

// ServeHTTP implements http.Handler. Nothing here can be changed, so every other method than GET and HEAD is refused.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !frame.Reads(w, r) {
		return
	}
	if rest, ok := strings.CutPrefix(r.URL.Path, p.base); ok && p.base != "" {
		r = r.Clone(r.Context())
		r.URL.Path, r.URL.RawPath = "/"+strings.TrimPrefix(rest, "/"), ""
	}
	p.mux.ServeHTTP(w, r)
}

// view is what the templates show.
type view struct {
	Config
	Endpoint, KeyEndpoint string
	Buttons               []Button
	Clients               []Client
}

func (p *Page) view() view {
	endpoint := p.cfg.Base + "/mcp"
	v := view{Config: p.cfg, Endpoint: endpoint, KeyEndpoint: p.cfg.Base + keyPath}
	if p.cfg.KeyOnly { // the links of buttons have no place for a key
		v.Clients = KeyClients(endpoint, v.KeyEndpoint)
	} else {
		v.Buttons, v.Clients = Buttons(endpoint), Clients(endpoint)
	}
	return v
}

// front is the page, as HTML or as Markdown.
func (p *Page) front(w http.ResponseWriter, r *http.Request) {
	const markdown = "text/markdown"
	if accept.Prefers(r, "text/html", markdown) == markdown {
		p.write(w, r, markdown)
		return
	}
	policy := frame.Policy{Script: p.base + pathFiles + script, Class: "wide"}
	if p.cfg.Sandbox != "" {
		policy.Connect, policy.Media = []string{"'self'"}, []string{p.cfg.Sandbox}
	}
	if err := p.frame.Write(w, r, http.StatusOK, p.landing, p.view(), policy); err != nil {
		p.cfg.Trouble(r, err)
	}
}

func (p *Page) llms(w http.ResponseWriter, r *http.Request) { p.write(w, r, "text/plain") }

// Markdown is what the page says as a text, which is /llms.txt too.
func (p *Page) Markdown() ([]byte, error) {
	var body bytes.Buffer
	page, err := p.markdown()
	if err == nil {
		err = page.ExecuteTemplate(&body, "landing.md", p.view())
	}
	if err != nil {
		return nil, fmt.Errorf("landing: %w", err)
	}
	return body.Bytes(), nil
}

// write sends the page as text.
func (p *Page) write(w http.ResponseWriter, r *http.Request, kind string) {
	body, err := p.Markdown()
	if err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		p.cfg.Trouble(r, err)
		return
	}
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	w.Header().Set("Access-Control-Allow-Origin", "*") // directories read it from pages of their own
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(body) // the client has gone; there is nobody to tell
}

// robots keeps crawlers to the front page.
func (p *Page) robots(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range []string{"/mcp", "/oauth/", "/connections", "/v/"} {
		b.WriteString("Disallow: " + p.base + path + "\n")
	}
	_, _ = w.Write([]byte(b.String())) // the client has gone; there is nobody to tell
}

// missing tells a person that there is nothing.
func (p *Page) missing(w http.ResponseWriter, r *http.Request) {
	if err := p.frame.Write(w, r, http.StatusNotFound, p.absent, struct{ Home string }{p.base + "/"}, frame.Policy{}); err != nil {
		p.cfg.Trouble(r, err)
	}
}
