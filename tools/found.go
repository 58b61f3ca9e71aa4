package tools

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"heygen-mcp/internal/catalogue"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
)

// worded is of lists that can be searched. Without it, and without filters of ours, a list is HeyGen's.
type worded struct {
	Query    *string `json:"query" in:"-" len:"0-300" doc:"Ranked: a name, tags, any words."`
	Previews *bool   `json:"previews" in:"-" doc:"Adds pictures, or samples."`
}

// words are what is searched for.
func (w *worded) words() string { return valueOf(w.Query) }

// valueOf is the text that an optional argument has, "" for none.
func valueOf(s *string) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(*s)
}

// found is what a list answers that can be searched: of a search also how much was looked through.
type found struct {
	page
	Fits     *int   `json:"fits,omitempty"` // how many have all of what was asked for
	Indexed  string `json:"indexed,omitempty"`
	Complete *bool  `json:"complete,omitempty"`
}

// findToken begins the tokens of searches, after which comes how many rows were given.
const findToken = "find."

// pageBounds is where a page of a search begins, and how many rows it has.
func pageBounds(token *string, limit *int, usual int) (from, n int, fault error) {
	n = usual
	if limit != nil {
		n = *limit
	}
	if token == nil || *token == "" {
		return 0, n, nil
	}
	given, ours := strings.CutPrefix(*token, findToken)
	from, err := strconv.Atoi(given)
	if !ours || err != nil || from < 0 {
		return 0, 0, faults.Invalid("token", "This token is not of a search.",
			"Send it with the arguments of the page before, or leave it out to begin anew.")
	}
	return from, n, nil
}

// search is one search of a list.
type search struct {
	kind     catalogue.Kind
	query    catalogue.Query
	from, n  int
	row      func(r *catalogue.Row, complete bool) any
	language string // a language in any spelling, of voices
	pics     bool
	full     bool // rows, and how much was searched also where it is all
}

// searched makes a search and answers it as a list.
func searched(ctx context.Context, c *engine.Call, f *finder.Finder, s search) (*engine.Result[found], error) {
	got, err := f.Find(ctx, c.Engine(), s.kind, s.query, s.language, s.from, s.n)
	if err != nil {
		return nil, err
	}
	items := make([]any, len(got.Rows))
	for i := range got.Rows {
		items[i] = s.row(&got.Rows[i], got.Complete)
	}
	object := map[string]any{"items": items, "count": len(items), "has_more": false, "fits": got.Whole, "complete": got.Complete}
	if s.full || !got.Complete {
		object["indexed"] = indexed(&got)
	}
	if next := s.from + len(items); len(items) == s.n && next < max(got.Total, got.Near) {
		object["has_more"], object["next_token"] = true, findToken+strconv.Itoa(next)
	}
	r := engine.Told[found](object)
	r.Note = foundNote(&got, &s.query)
	if s.pics {
		var shown []finder.Shown
		for i := range got.Rows {
			one := finder.Shown{Link: got.Rows[i].Image}
			if s.kind == catalogue.Looks {
				one.LookID = got.Rows[i].ID
			}
			shown = append(shown, one)
		}
		r.Pictures = f.Pictures(ctx, c.Engine(), shown)
	}
	return r, nil
}

// indexed is how much was searched, in words.
func indexed(got *finder.Found) string {
	text := strconv.Itoa(got.Indexed)
	switch {
	case got.Complete:
		text += " of " + text
	case got.About > got.Indexed:
		text += " of about " + strconv.Itoa(got.About)
	default:
		text += " so far"
	}
	return text
}

// foundNote says what a search could not do as it was asked.
func foundNote(got *finder.Found, q *catalogue.Query) string {
	var notes []string
	say := func(format string, a ...any) { notes = append(notes, fmt.Sprintf(format, a...)) }
	if len(got.Unknown) > 0 {
		say("Nothing here has the words %s.", strings.Join(clipped(got.Unknown), ", "))
	}
	switch {
	case len(got.Without) > 0:
		say("Nothing fits all; these are the nearest, without %s.", strings.Join(got.Without, ", "))
	case got.Total == 0:
		say("Nothing fits.")
	case q.Words != "" && got.Whole == 0 && len(got.Unknown) == 0:
		say("Nothing has all the words; these have most of them.")
	}
	for _, name := range []string{"tags", "orientation", "engine", "avatar_type", "gender", "language"} {
		if there := got.Values[name]; len(there) > 0 {
			say("%s may be %s.", name, strings.Join(clipped(there), ", "))
		}
	}
	switch {
	case got.Stopped:
		say("HeyGen did not give the rest of the list: the same search asks for it in half a minute.")
	case !got.Complete:
		say("The list is still being read: the same search finds more in a moment.")
	}
	if got.Age > 0 {
		say("HeyGen could not be asked: this is as of %s ago.", got.Age.Round(time.Minute))
	}
	return strings.Join(notes, " ")
}

// clipped are words of others, made short.
func clipped(words []string) []string {
	out := slices.Clone(words)
	for i := range out {
		out[i] = faults.Clip(out[i])
	}
	return out
}

// ownershipOf is the value of the argument.
func ownershipOf(given *string) catalogue.Ownership { return catalogue.Ownership(valueOf(given)) }
