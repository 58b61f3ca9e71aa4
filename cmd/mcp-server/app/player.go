package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/apps"
	"heygen-mcp/internal/files"
	"heygen-mcp/internal/player"
	"heygen-mcp/internal/words"
	"heygen-mcp/tools"
)

// playerPath is the path of the page on which a person watches a job of a kind; "" for what is not watched.
func playerPath(public *url.URL, kind, id string) string {
	if !tools.IsFilm(kind) {
		return ""
	}
	return public.Path + player.Path + url.PathEscape(id)
}

// pages gives the addresses of these pages, nil where nobody could open them.
func pages(cfg *settings.Config, public *url.URL) func(kind, id string) string {
	if auth.Mode(cfg.Auth) != auth.Broker {
		return nil
	}
	return func(kind, id string) string {
		path := playerPath(public, kind, id)
		if path == "" {
			return ""
		}
		return public.Scheme + "://" + public.Host + path
	}
}

// playerPages are the pages on which people watch what was made, whose files come from an origin; "" is HeyGen. reader
// opens them.
func playerPages(
	public *url.URL, guard *auth.Auth, catalog *tools.Catalog, reader *files.Client, origin string, log zerolog.Logger,
) *player.Player {
	c := player.Config{
		Base: public.Path,
		Film: func(ctx context.Context, id string) (*player.Film, error) {
			f, err := catalog.Film(ctx, id)
			if err != nil {
				return nil, whyNot(err)
			}
			return filmOf(f), nil
		},
		State: func(ctx context.Context, id string) (player.State, error) {
			state, err := catalog.FilmState(ctx, id)
			return player.State(state), whyNot(err)
		},
		Captions: func(ctx context.Context, id string) (webVTT, srt []byte, err error) {
			webVTT, srt, err = catalog.FilmCaptions(ctx, id)
			return webVTT, srt, whyNot(err)
		},
		Open: func(ctx context.Context, link string) (*player.File, error) {
			s, err := reader.Stream(ctx, link)
			if err != nil {
				return nil, fmt.Errorf("opening a film: %w", err)
			}
			return &player.File{ReadCloser: s, Type: s.Type, Size: s.Size}, nil
		},
		Media: apps.FileHosts(),
		Trouble: func(r *http.Request, err error) {
			about := observe.WithRequestID(log)
			about.Error().Ctx(r.Context()).Err(err).Msg("what was made could not be shown")
		},
	}
	if guard.TakesVisitors() {
		c.Visit, c.Ask = guard.Visit, guard.AskVisitor
	}
	if origin != "" {
		c.Media = []string{origin}
	}
	return player.New(c)
}

// whyNot is why there is nothing to watch, in the player's words.
func whyNot(err error) error {
	switch {
	case errors.Is(err, tools.ErrNoFilm):
		return player.ErrAbsent
	case errors.Is(err, tools.ErrSignedOut):
		return player.ErrSignedOut
	}
	return err
}

// filmOf is a film as it is watched.
func filmOf(f *tools.Film) *player.Film {
	return &player.Film{
		What: whatIs(f), Title: f.Title, Language: f.Language, State: player.State(f.State),
		Video: f.Video, Captioned: f.Captioned, Audio: f.Audio, Poster: f.Poster, HasCaptions: f.Subtitles() != "",
		Seconds: f.Seconds, Failure: f.Failure,
	}
}

// whatIs says what a film is.
func whatIs(f *tools.Film) words.Text {
	switch f.Kind {
	case "video_translation":
		return words.Of("player.a_translation")
	case "podcast":
		return words.Of("player.a_podcast")
	}
	return words.Of("player.a_video")
}
