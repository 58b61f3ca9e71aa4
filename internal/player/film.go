package player

import (
	"errors"
	"math"
	"net/http"
	"net/url"
	"time"

	"heygen-mcp/internal/frame"
	"heygen-mcp/internal/words"
)

// State is how far a film is.
type State string

// The states. A film in one of the last three goes on no more; of every other word nobody knows that.
const (
	Pending  State = "pending"
	Running  State = "running"
	Done     State = "done"
	Failed   State = "failed"
	Canceled State = "canceled"
)

// underWay says whether a film may still be made.
func (s State) underWay() bool { return s != Done && s != Failed && s != Canceled }

// text is what a state means.
func (s State) text() words.Text {
	switch s {
	case Pending:
		return words.Of("player.pending")
	case Done:
		return words.Of("player.done")
	case Failed:
		return words.Of("player.not_made")
	case Canceled:
		return words.Of("player.stopped")
	case Running:
	}
	return words.Of("player.running")
}

// Film is a video that a person watches. Its links are HeyGen's, "" for none.
type Film struct {
	// What says what it is, as in "translation".
	What            words.Text
	Title, Language string
	State           State
	// Video is the film, Captioned the same with captions in the picture, and Audio what has no picture.
	Video, Captioned, Audio, Poster string
	HasCaptions                     bool
	// Seconds is how long it is, 0 where that is not known.
	Seconds float64
	// Failure is HeyGen's reason for a failure.
	Failure string
}

// file is the link to the file to take away.
func (f *Film) file(captioned bool) string {
	switch {
	case captioned:
		return f.Captioned
	case f.Video != "":
		return f.Video
	}
	return f.Audio
}

// view is what the page shows of a film.
type view struct {
	message
	// IsFilm says that it is of a film, and no message alone.
	IsFilm   bool
	Language string
	Length   words.Text
	// Source is what plays, as a film or as Sound alone; Burned the same with captions in the picture.
	Source, Burned, Poster string
	Sound                  bool
	// Captions is the path of the captions, Download and WithCaptions are those of the files.
	Captions, SRT, Download, WithCaptions string
	// Waiting is the path that tells how far it is, "" for what goes on no more.
	Waiting string
	// Says are HeyGen's own words.
	Says string
}

// viewOf is what the page shows.
func viewOf(f *Film, v visitor, page string) view {
	out := view{message: message{Title: words.Verbatim(f.Title), Account: v.account, Connections: v.connections}, IsFilm: true, Language: f.Language,
		Length: lengthText(f.Seconds)}
	if f.Title == "" {
		out.Title = words.Of("player.untitled", "What", f.What)
	}
	if f.State != Done {
		out.Text = f.State.text()
		if f.State.underWay() {
			out.Waiting = page + pathState
		} else {
			out.Says = f.Failure
		}
		return out
	}
	file := f.file(false)
	if file == "" {
		out.Text = words.Of("player.no_file")
		return out
	}
	out.Source, out.Sound, out.Poster, out.Download = file, f.Video == "", f.Poster, page+pathDownload
	if f.Captioned != "" {
		out.Burned, out.WithCaptions = f.Captioned, page+pathDownload+"?captioned"
	}
	if f.HasCaptions {
		out.SRT = page + pathSRT
		if !out.Sound {
			out.Captions = page + pathWebVTT
		}
	}
	return out
}

// lengthText is how long something is; nil where that is not known.
func lengthText(seconds float64) words.Text {
	whole := time.Duration(math.Round(seconds)) * time.Second
	switch {
	case seconds <= 0:
		return nil
	case whole < time.Second:
		return words.Of("player.under_second")
	case whole < time.Minute:
		return words.Of("player.seconds", "Seconds", int(whole/time.Second))
	}
	return words.Of("player.minutes", "Minutes", int(whole/time.Minute), "Seconds", int(whole%time.Minute/time.Second))
}

// message is what a page says besides.
type message struct {
	Title, Text words.Text
	// Account is the name of the account that is signed in, "" for none or where it is not known; Other leads to a
	// sign-in to another.
	Account, Other string
	// Connections is where the person signs out.
	Connections string
	// Link is where to go from here, "" for nowhere.
	Link     string
	LinkText words.Text
}

// say shows a page with nothing but a message.
func (p *Player) say(w http.ResponseWriter, r *http.Request, status int, m message) {
	p.write(w, r, status, view{message: m}, frame.Policy{})
}

// absent says that there is nothing to see for who looks. Whether another account has it is not known, and would not be
// said.
func (p *Player) absent(w http.ResponseWriter, r *http.Request, v visitor) {
	m := message{
		Title: words.Of("player.absent"), Account: v.account,
		Text: words.Of("player.absent_text"),
	}
	if p.cfg.Visit != nil && v.id != "" && len(v.id) <= longestID {
		m.Other = p.cfg.Base + pageOf(v.id) + "?" + url.Values{otherAccount: {"1"}}.Encode()
	}
	p.say(w, r, http.StatusNotFound, m)
}

// failed shows why there is nothing to see.
func (p *Player) failed(w http.ResponseWriter, r *http.Request, v visitor, err error) {
	switch {
	case errors.Is(err, ErrAbsent):
		p.absent(w, r, v)
	case errors.Is(err, ErrSignedOut):
		p.cfg.Ask(w, r, pageOf(v.id))
	default:
		status := p.statusOf(r, err)
		w.Header().Set("Retry-After", "10")
		p.say(w, r, status, message{
			Title: words.Of("player.away"), Text: words.Of("player.away_text"), Account: v.account,
			Link: p.cfg.Base + pageOf(v.id), LinkText: words.Of("player.again"),
		})
	}
}

// statusOf is the status for an error, which the operator is told of where it is not the person's.
func (p *Player) statusOf(r *http.Request, err error) int {
	switch {
	case errors.Is(err, ErrAbsent):
		return http.StatusNotFound
	case errors.Is(err, ErrSignedOut):
		return http.StatusUnauthorized
	}
	if r.Context().Err() == nil {
		p.cfg.Trouble(r, err)
	}
	return http.StatusServiceUnavailable
}

func (p *Player) write(w http.ResponseWriter, r *http.Request, status int, v view, policy frame.Policy) {
	if err := p.frame.Write(w, r, status, p.page, v, policy); err != nil {
		p.cfg.Trouble(r, err)
	}
}
