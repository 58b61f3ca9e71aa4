package app

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/landing"
	"heygen-mcp/internal/listen"
	"heygen-mcp/tools"
)

// FrontPage is the page at the server's own URL.
func FrontPage(
	cfg *settings.Config, public *url.URL, offered []tools.Info, box *listen.Server, log zerolog.Logger,
) *landing.Page {
	mode := auth.Mode(cfg.Auth)
	c := landing.Config{
		Base:     public.String(),
		SignIn:   mode == auth.Broker,
		KeyOnly:  mode == auth.Direct,
		Toolsets: toolsetsOf(cfg, offered),
		Trouble: func(r *http.Request, err error) {
			about := observe.WithRequestID(log)
			about.Error().Ctx(r.Context()).Err(err).Msg("a page could not be made")
		},
	}
	c.OperatorURL, c.PrivacyURL = textOf(cfg.OperatorURL), textOf(cfg.PrivacyURL)
	c.OperatorName = cfg.Operator()
	if box != nil {
		c.Sandbox = box.URL.String()
	}
	return landing.New(c, public.Path)
}

// textOf is a URL that may not be set.
func textOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}

// shownTitles is how many tools of a set are named.
const shownTitles = 4

// BySet groups the tools by toolset. sets leaves out toolsets that have no tools of their own.
func BySet(offered []tools.Info) (sets []string, of map[string][]tools.Info) {
	of = map[string][]tools.Info{}
	for _, t := range offered {
		for _, set := range t.Toolsets {
			of[set] = append(of[set], t)
		}
	}
	for _, set := range tools.Toolsets() {
		if len(of[set]) > 0 {
			sets = append(sets, set)
		}
	}
	return sets, of
}

// toolsetsOf are the sets that clients may choose, with the titles of some of their tools.
func toolsetsOf(cfg *settings.Config, offered []tools.Info) []landing.Toolset {
	sets, of := BySet(offered)
	if len(cfg.Toolsets) > 0 {
		sets = cfg.Toolsets
	}
	var told []landing.Toolset
	for _, name := range sets {
		var titles []string
		for _, t := range of[name] {
			if !cfg.ReadOnly || t.Effect == tools.Reads {
				titles = append(titles, t.Title)
			}
		}
		if len(titles) == 0 {
			continue
		}
		holds := strings.Join(titles[:min(shownTitles, len(titles))], "; ")
		if len(titles) > shownTitles {
			holds += " …"
		}
		told = append(told, landing.Toolset{Name: name, Holds: holds, Tools: len(titles)})
	}
	return told
}
