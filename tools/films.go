package tools

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/subtitles"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

// Film is what a job has made or will make, as a person watches it: with links that HeyGen gave a moment ago.
type Film struct {
	ID    string
	Kind  string // of the job
	Title string `json:"title"`
	State string `json:"state"` // one of the engine's
	Video string `json:"video_url"`
	// Captioned is the film with its captions in the picture, and Audio what has no picture.
	Captioned string `json:"captioned_video_url"`
	Audio     string `json:"audio_url"`
	Poster    string `json:"thumbnail_url"`
	Language  string `json:"output_language"`
	// Seconds is how long it is, 0 where that is not told.
	Seconds float64 `json:"duration"`
	// Failure is what HeyGen says of why it failed.
	Failure string `json:"failure_message"`

	SubtitleURL string `json:"subtitle_url"`    // of videos
	CaptionURL  string `json:"caption_url"`     // of lip-syncs
	SRTURL      string `json:"srt_caption_url"` // of translations
	VTTURL      string `json:"vtt_caption_url"`
}

// Subtitles is the link to the file of subtitles, "" for none.
func (f *Film) Subtitles() string {
	for _, link := range []string{f.SRTURL, f.SubtitleURL, f.CaptionURL, f.VTTURL} {
		if link != "" {
			return link
		}
	}
	return ""
}

// Why a film is not shown.
var (
	// ErrNoFilm is for an id that the account has no film by: it may have been deleted, or be another account's.
	ErrNoFilm = errors.New("the account has no film by this id")
	// ErrSignedOut is for a credential that HeyGen refuses.
	ErrSignedOut = errors.New("HeyGen refuses the credential")
)

// filmKinds are the kinds whose results a person can watch, in the order in which an id is looked for.
func filmKinds() []jobs.Kind {
	return append(resultKinds(), podcastJob(), fillerRemovalJob(), renderJob())
}

// IsFilm says whether a person can watch what jobs of a kind make.
func IsFilm(kind string) bool {
	return slices.ContainsFunc(filmKinds(), func(k jobs.Kind) bool { return k.Name == kind })
}

// Film asks HeyGen for a film of the account of ctx. Its error is ErrNoFilm or ErrSignedOut, or says what went wrong.
func (c *Catalog) Film(ctx context.Context, id string) (*Film, error) {
	kinds := c.filmKindsFor(ctx, id)
	for _, k := range kinds {
		object, err := c.engine.Do(ctx, k.Get, k.Ref(id))
		failure, is := errors.AsType[*heygen.Error](err)
		switch {
		case is && failure.Status == http.StatusUnauthorized:
			return nil, ErrSignedOut
		case is && isOfNone(failure.Status):
			continue // it is of another kind, or this account has none of this one
		case err != nil:
			return nil, fmt.Errorf("looking up a film: %w", err)
		}
		c.engine.Remember(ctx, filmKey(id), func() (string, bool) { return k.Name, true })
		f := engine.View[Film](object)
		f.ID, f.Kind = id, k.Name
		return &f, nil
	}
	return nil, ErrNoFilm
}

// isOfNone says whether a status says that there is nothing by an id, or nothing that may be seen.
func isOfNone(status int) bool {
	return status == http.StatusNotFound || status == http.StatusForbidden || status == http.StatusBadRequest ||
		status == http.StatusUnprocessableEntity
}

func filmKey(id string) string { return "film " + id }

// filmKindsFor are the kinds that an id may be of: the one that was found or recorded before, or all that are offered.
func (c *Catalog) filmKindsFor(ctx context.Context, id string) []jobs.Kind {
	offered := slices.DeleteFunc(filmKinds(), func(k jobs.Kind) bool { return !c.jobs.Offered(k.Name) })
	name, _ := c.engine.Remember(ctx, filmKey(id), func() (string, bool) {
		book := c.engine.Ledger()
		if book == nil {
			return "", false
		}
		recorded, err := book.Kinds(ctx, c.engine.Account(ctx), []string{id})
		return recorded[id], err == nil && recorded[id] != ""
	})
	for _, k := range offered {
		if k.Name == name {
			return []jobs.Kind{k}
		}
	}
	return offered
}

// FilmState is how far a film is. Many who ask for one at a time share one request to HeyGen.
func (c *Catalog) FilmState(ctx context.Context, id string) (string, error) {
	kinds := c.filmKindsFor(ctx, id)
	if len(kinds) != 1 {
		f, err := c.Film(ctx, id)
		if err != nil {
			return "", err
		}
		return f.State, nil
	}
	states, err := c.jobs.States(ctx, c.engine, kinds[0].Name, []string{id})
	failure, is := errors.AsType[*heygen.Error](err)
	switch {
	case is && failure.Status == http.StatusUnauthorized:
		return "", ErrSignedOut
	case is && isOfNone(failure.Status):
		return "", ErrNoFilm
	case err != nil:
		return "", fmt.Errorf("looking up the state of a film: %w", err)
	}
	state, ok := states[id]
	if !ok {
		return "", ErrNoFilm
	}
	return string(state), nil
}

// maxSubtitles bounds a file of subtitles in bytes: a film of three hours has some 200,000.
const maxSubtitles = 2 << 20

// FilmCaptions are the subtitles of a film, as WebVTT and as SRT. ErrNoFilm is also for a film without any.
func (c *Catalog) FilmCaptions(ctx context.Context, id string) (webVTT, srt []byte, err error) {
	f, err := c.Film(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	link := f.Subtitles()
	if link == "" {
		return nil, nil, ErrNoFilm
	}
	file, err := c.engine.Files().Get(ctx, link, maxSubtitles)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the subtitles of a film: %w", err)
	}
	cues, err := subtitles.Read(file.Data)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the subtitles of a film: %w", err)
	}
	return subtitles.WriteWebVTT(cues), subtitles.Write(cues), nil
}
