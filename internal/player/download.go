package player

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// mostCarried bounds how many files are carried at once. A browser beyond is led to the file itself.
const mostCarried = 16

// File is a file that is opened to be carried to a browser.
type File struct {
	io.ReadCloser
	// Type is its media type, and Size that in bytes, -1 where it is not known.
	Type string
	Size int64
}

// download gives the file to be kept. A browser plays what it is led to on another host, whatever a link of ours says
// of it: so the file is carried, and the browser led to it only where it cannot be.
func (p *Player) download(w http.ResponseWriter, r *http.Request, v visitor) {
	f, err := p.cfg.Film(r.Context(), v.id)
	if err != nil {
		p.failed(w, r, v, err)
		return
	}
	link := f.file(r.URL.Query().Has("captioned"))
	if u, err := url.Parse(link); link == "" || err != nil || u.Scheme != "https" && !p.plays(link) {
		link = p.cfg.Base + pageOf(v.id) // which says how far it is, and what there is to take away
	} else if p.carry(w, r, f, v, link) {
		return
	}
	w.Header().Set("Location", link)
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(http.StatusSeeOther)
}

// carry sends a file on as it comes. It answers nothing where it says false.
func (p *Player) carry(w http.ResponseWriter, r *http.Request, f *Film, v visitor, link string) bool {
	if p.cfg.Open == nil {
		return false
	}
	select {
	case p.carried <- struct{}{}:
		defer func() { <-p.carried }()
	default:
		return false
	}
	file, err := p.cfg.Open(r.Context(), link)
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	if kind, _, _ := strings.Cut(file.Type, "/"); kind == "video" || kind == "audio" {
		h.Set("Content-Type", file.Type)
	}
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(f.Title, v.id, link)}))
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if file.Size >= 0 {
		h.Set("Content-Length", strconv.FormatInt(file.Size, 10))
	}
	if r.Method == http.MethodHead {
		return true
	}
	if _, err := io.Copy(w, file); err != nil {
		panic(http.ErrAbortHandler) // so that nobody takes what has come for the whole
	}
	return true
}

// fileName is the name under which a film is kept: its title as far as every system takes it, or else its id.
func fileName(title, id, link string) string {
	const longest = 80 // characters
	name := strings.Map(func(c rune) rune {
		switch {
		case unicode.IsLetter(c), unicode.IsMark(c), unicode.IsDigit(c), strings.ContainsRune("-_()", c):
			return c
		}
		return ' '
	}, title)
	name = strings.Join(strings.Fields(name), " ")
	if runes := []rune(name); len(runes) > longest {
		name = strings.TrimSpace(string(runes[:longest]))
	}
	if name == "" {
		name = id
	}
	ending := ""
	if u, err := url.Parse(link); err == nil {
		ending = strings.ToLower(path.Ext(u.Path))
	}
	if !slices.Contains([]string{".mp4", ".webm", ".mov", ".mp3", ".wav", ".m4a"}, ending) {
		ending = ""
	}
	return name + ending
}
