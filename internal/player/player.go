// Package player is the page on which a person watches what was made: with captions, the files to take away, and how
// far it is where it is not done. It is told who watches and what there is by its caller, and knows neither HeyGen nor
// how people sign in.
//
// Reading order: player.go (what is served), film.go (what there is, in words), download.go (the file to keep), files/.
package player

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"heygen-mcp/internal/frame"
	"heygen-mcp/internal/words"
)

//go:embed files
var files embed.FS

// Path is below what films have their pages, by their ids.
const Path = "/v/"

// The paths below the page of a film.
const (
	pathState    = "/state"
	pathDownload = "/download"
	pathWebVTT   = "/captions.vtt"
	pathSRT      = "/captions.srt"
	pathScript   = Path + "assets/player.js"
	pathFrame    = "/assets/" // of the files of the frame, which are served elsewhere
	// pathConnections is where people see what they have connected, and sign out.
	pathConnections = "/connections"
)

const (
	// longestID bounds an id, as the tools do.
	longestID = 255
	// refreshEvery is how many seconds a browser without scripts waits until it looks again at what is being made.
	refreshEvery = 10
	// otherAccount is the parameter that asks for a sign-in though there has been one.
	otherAccount = "other-account"
)

// Why there is nothing to watch.
var (
	// ErrAbsent is for an id that the account has nothing by.
	ErrAbsent = errors.New("player: the account has no such film")
	// ErrSignedOut is for a person whose sign-in HeyGen does not take any more.
	ErrSignedOut = errors.New("player: HeyGen does not take the sign-in")
)

// Config has the functions that find who watches, and the film.
type Config struct {
	// Base is the path of the public URL, "" where it has none.
	Base string
	// Visit gives a context for the person who has signed in with the browser of a request, and the name of their
	// account; ok is false where nobody has. Ask has them sign in, and leads them to a path below the public URL then.
	// Where they are nil nobody can sign in, and nothing is shown.
	Visit func(r *http.Request) (ctx context.Context, account string, ok bool, err error)
	Ask   func(w http.ResponseWriter, r *http.Request, to string)
	// Film is what there is by an id, State how far it is, and Captions its captions in both formats. Their errors are
	// ErrAbsent or ErrSignedOut, or are for the operator alone.
	Film     func(ctx context.Context, id string) (*Film, error)
	State    func(ctx context.Context, id string) (State, error)
	Captions func(ctx context.Context, id string) (webVTT, srt []byte, err error)
	// Open opens the file that a link of HeyGen's leads to; nil where files are not carried.
	Open func(ctx context.Context, link string) (*File, error)
	// Media are the origins that films come from, each with or without a star for the first names of its host.
	Media []string
	// Trouble takes what goes wrong.
	Trouble func(r *http.Request, err error)
}

// Player is the handler.
type Player struct {
	cfg   Config
	frame *frame.Frame
	page  *frame.Page
	mux   *http.ServeMux
	// carried has room for one more file that is carried.
	carried chan struct{}
}

// New is the handler.
func New(cfg Config) *Player {
	p := &Player{cfg: cfg, frame: frame.New(cfg.Base + pathFrame), mux: http.NewServeMux(), carried: make(chan struct{}, mostCarried)}
	p.page = p.frame.Page(files, "files/player.html")
	p.mux.HandleFunc(pathScript, frame.Static(files, "files/player.js"))
	p.mux.HandleFunc(Path+"{id}", p.forVisitors(true, p.show))
	p.mux.HandleFunc(Path+"{id}"+pathState, p.forVisitors(false, p.state))
	p.mux.HandleFunc(Path+"{id}"+pathDownload, p.forVisitors(true, p.download))
	p.mux.HandleFunc(Path+"{id}"+pathWebVTT, p.forVisitors(false, p.captions))
	p.mux.HandleFunc(Path+"{id}"+pathSRT, p.forVisitors(true, p.captions))
	return p
}

// ServeHTTP implements http.Handler. Nothing here can be changed, so every other method than GET and HEAD is refused.
func (p *Player) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !frame.Reads(w, r) {
		return
	}
	if rest, ok := strings.CutPrefix(r.URL.EscapedPath(), p.cfg.Base+Path); ok && p.cfg.Base != "" {
		r = r.Clone(r.Context())
		r.URL.RawPath = Path + rest
		r.URL.Path, _ = url.PathUnescape(r.URL.RawPath) // it was read from a path that could be
	}
	p.mux.ServeHTTP(w, r)
}

// visitor is who looks at which film.
type visitor struct{ id, account, connections string }

// forVisitors lets people through who have signed in. Of others a page asks to; what a page loads does not.
func (p *Player) forVisitors(
	isPage bool, next func(w http.ResponseWriter, r *http.Request, v visitor),
) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		v := visitor{id: r.PathValue("id")}
		switch {
		case p.cfg.Visit == nil:
			p.say(w, r, http.StatusNotFound, message{
				Title: words.Of("player.no_sign_in"), Text: words.Of("player.no_sign_in_text"),
				Link: "https://app.heygen.com/projects", LinkText: words.Of("player.heygen_app"),
			})
			return
		case !isID(v.id):
			p.absent(w, r, v)
			return
		}
		ctx, account, ok, err := p.cfg.Visit(r)
		switch {
		case err != nil:
			p.failed(w, r, v, err)
		case isPage && (!ok || r.URL.Query().Has(otherAccount)):
			p.cfg.Ask(w, r, pageOf(v.id))
		case !ok:
			http.Error(w, "Sign in on the page.", http.StatusUnauthorized)
		default:
			v.account, v.connections = account, p.cfg.Base+pathConnections
			next(w, r.WithContext(ctx), v)
		}
	}
}

// isID says whether something can be an id: HeyGen is not asked about what no id is like.
func isID(s string) bool {
	odd := func(c rune) bool {
		return unicode.IsControl(c) || c == unicode.ReplacementChar || c == '/' || c == '\\'
	}
	return len(s) <= longestID && !strings.ContainsFunc(s, odd) && strings.Trim(s, ".") != ""
}

// pageOf is the path of the page of a film.
func pageOf(id string) string { return Path + url.PathEscape(id) }

// show is the page.
func (p *Player) show(w http.ResponseWriter, r *http.Request, v visitor) {
	f, err := p.cfg.Film(r.Context(), v.id)
	if err != nil {
		p.failed(w, r, v, err)
		return
	}
	page := p.cfg.Base + pageOf(v.id)
	view := viewOf(f, v, page)
	policy := frame.Policy{Class: "wide"}
	if view.Source != "" && p.plays(view.Source) {
		policy.Media, policy.Images = p.cfg.Media, p.cfg.Media
		policy.Script = p.cfg.Base + pathScript
		if view.Captions != "" {
			policy.Media = append([]string{"'self'"}, policy.Media...) // a track is a medium too
		}
	} else {
		view.Source = ""
	}
	if !p.plays(view.Poster) {
		view.Poster = ""
	}
	if view.Burned != "" && !p.plays(view.Burned) {
		view.Burned = ""
	}
	if view.Waiting != "" {
		policy.Script, policy.Connect, policy.Refresh = p.cfg.Base+pathScript, []string{"'self'"}, refreshEvery
	}
	p.write(w, r, http.StatusOK, view, policy)
}

// state is how far a film is, for the page that waits for it.
func (p *Player) state(w http.ResponseWriter, r *http.Request, v visitor) {
	s, err := p.cfg.State(r.Context(), v.id)
	if err != nil {
		http.Error(w, "It cannot be told now.", p.statusOf(r, err))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	// A client that has gone is nobody to tell.
	_ = json.NewEncoder(w).Encode(map[string]any{"under_way": s.underWay(), "text": words.For(r).Say(s.text())})
}

// captions are the captions as a browser shows them, or as a file.
func (p *Player) captions(w http.ResponseWriter, r *http.Request, v visitor) {
	webVTT, srt, err := p.cfg.Captions(r.Context(), v.id)
	isFile := strings.HasSuffix(r.URL.Path, pathSRT)
	switch {
	case err != nil && isFile:
		p.failed(w, r, v, err)
		return
	case err != nil:
		http.Error(w, "There are no captions to show.", p.statusOf(r, err))
		return
	}
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	body, kind := webVTT, "text/vtt; charset=utf-8"
	if isFile {
		body, kind = srt, "application/x-subrip; charset=utf-8"
		w.Header().Set("Content-Disposition", `attachment; filename="captions.srt"`)
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body) // the browser has gone; there is nobody to tell
}

// plays says whether a link is of one of the origins that films come from.
func (p *Player) plays(link string) bool {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	for _, origin := range p.cfg.Media {
		if origin == u.Scheme+"://"+u.Host {
			return true
		}
		scheme, host, ok := strings.Cut(origin, "://*")
		if ok && u.Scheme == scheme && u.Port() == "" && strings.HasSuffix(strings.ToLower(u.Host), host) {
			return true
		}
	}
	return false
}
