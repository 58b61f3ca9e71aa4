package main

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/internal/landing"
	"heygen-mcp/tools"
)

// frontPage is the page at the server's own URL.
func frontPage(cfg *config, public *url.URL, box *sandboxServer, log zerolog.Logger) (*landing.Page, error) {
	mode := auth.Mode(cfg.Auth)
	c := landing.Config{
		Base:         public.String(),
		SignIn:       mode == auth.Broker,
		KeyOnly:      mode == auth.Direct,
		OperatorName: cfg.OperatorName,
		Toolsets:     toolsetsOf(cfg),
		Trouble: func(r *http.Request, err error) {
			about := withRequestID(log)
			about.Error().Ctx(r.Context()).Err(err).Msg("a page could not be made")
		},
	}
	if cfg.OperatorURL != nil {
		c.OperatorURL = cfg.OperatorURL.String()
	}
	if box != nil {
		c.Sandbox = box.url.String()
	}
	return landing.New(c, public.Path)
}

// shownTitles is how many tools of a set are named.
const shownTitles = 4

// toolsetsOf are the sets that clients may choose, with the titles of some of their tools.
func toolsetsOf(cfg *config) []landing.Toolset {
	titles := map[string][]string{}
	for _, t := range tools.Describe() {
		if cfg.ReadOnly && t.Effect != tools.Reads {
			continue
		}
		for _, name := range append(t.Toolsets, tools.All) {
			titles[name] = append(titles[name], t.Title)
		}
	}
	offered := cfg.Toolsets
	if len(offered) == 0 {
		offered = tools.Toolsets()
	}
	var sets []landing.Toolset
	for _, name := range offered {
		some := titles[name]
		if len(some) == 0 {
			continue
		}
		holds := strings.Join(some[:min(shownTitles, len(some))], "; ")
		if len(some) > shownTitles {
			holds += " …"
		}
		sets = append(sets, landing.Toolset{Name: name, Holds: holds, Tools: len(some)})
	}
	return sets
}
