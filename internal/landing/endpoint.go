package landing

import (
	"net/http"
	"strings"

	"heygen-mcp/internal/frame"
)

// endpointView is what the page at an endpoint shows.
type endpointView struct {
	// Endpoint is the address that was opened, and Home the path of the front page.
	Endpoint, Home string
	// Key says that a key is needed there, and SignIn that people sign in.
	Key, SignIn bool
	Buttons     []Button
}

// Endpoint tells a person what an address is for that only programs can use. The request's path is that of an
// endpoint, with or without the public URL's own path before it; programs get the same status.
func (p *Page) Endpoint(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	if rest, ok := strings.CutPrefix(path, p.base+"/mcp"); ok {
		path = "/mcp" + rest
	}
	view := endpointView{
		Endpoint: p.cfg.Base + path, Home: p.base + "/", SignIn: p.cfg.SignIn,
		Key: p.cfg.KeyOnly || path == keyPath || strings.HasPrefix(path, keyPath+"/"),
	}
	if !view.Key { // the links have no place for one
		view.Buttons = Buttons(view.Endpoint)
	}
	policy := frame.Policy{Script: p.base + pathFiles + script, Class: "wide"}
	if err := p.frame.Write(w, r, http.StatusMethodNotAllowed, p.endpoint, view, policy); err != nil {
		p.cfg.Trouble(r, err)
	}
}
