package player

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"time"

	"heygen-mcp/internal/frame"
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
func (s State) text() string {
	switch s {
	case Pending:
		return "It waits for its turn at HeyGen."
	case Done:
		return "It is done."
	case Failed:
		return "It could not be made."
	case Canceled:
		return "It was stopped before it was done."
	case Running:
	}
	return "HeyGen is making it."
}

// Film is what is watched. Links are HeyGen's, and "" for none.
type Film struct {
	// What says what it is, as in "translation".
	What, Title, Language string
	State                 State
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
	What, Language, Length string
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
	out := view{message: message{Title: f.Title, Account: v.account, Connections: v.connections}, What: f.What, Language: f.Language, Length: length(f.Seconds)}
	if out.Title == "" {
		out.Title = "Untitled " + f.What
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
		out.Text = "HeyGen has no file of it any more."
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

// length is how long something is, in words; "" where that is not known.
func length(seconds float64) string {
	whole := time.Duration(math.Round(seconds)) * time.Second
	switch {
	case seconds <= 0:
		return ""
	case whole < time.Second:
		return "under 1 s"
	case whole < time.Minute:
		return fmt.Sprintf("%d s", whole/time.Second)
	}
	return fmt.Sprintf("%d min %d s", whole/time.Minute, whole%time.Minute/time.Second)
}

// message is what a page says besides.
type message struct {
	Title, Text string
	// Account is the name of the account that is signed in, "" for none or where it is not known; Other leads to a sign-in to
	// another.
	Account, Other string
	// Connections is where the person signs out.
	Connections string
	// Link is where to go from here, "" for nowhere.
	Link, LinkText string
}

// say shows a page with nothing but a message.
func (p *Player) say(w http.ResponseWriter, r *http.Request, status int, m message) {
	p.write(w, r, status, view{message: m}, frame.Policy{})
}

// absent says that there is nothing to see for who looks. Whether another account has it is not known, and would not be
// said.
func (p *Player) absent(w http.ResponseWriter, r *http.Request, v visitor) {
	m := message{
		Title: "There is no such video in this account", Account: v.account,
		Text: "It may have been deleted, or it belongs to another HeyGen account.",
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
			Title: "HeyGen cannot be asked now", Text: "The video is not lost. Try again in a moment.", Account: v.account,
			Link: p.cfg.Base + pageOf(v.id), LinkText: "Try again",
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
	if err := p.frame.Write(w, status, p.page, v, policy); err != nil {
		p.cfg.Trouble(r, err)
	}
}
