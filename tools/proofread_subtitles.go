package tools

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/files"
	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/internal/subtitles"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// maxCueChars is how many characters of cues one result has: some twenty minutes of speech, and half
// of what a list may answer with.
const maxCueChars = engine.MaxListChars / 2

type downloadSRTInput struct {
	proofreadID
	From     *int  `json:"from_index" in:"-" min:"1" doc:"First cue."`
	To       *int  `json:"to_index" in:"-" min:"1" doc:"Last cue."`
	Original *bool `json:"original" in:"-" doc:"Cues of the original."`
}

// Check holds that there is something between the two.
func (d *downloadSRTInput) Check(path string) *faults.Fault {
	if d.From != nil && d.To != nil && *d.To < *d.From {
		return faults.Invalid(faults.Join(path, "to_index"), "to_index is before from_index.",
			"Send the first cue as from_index and the last as to_index.")
	}
	return nil
}

// proofreadSRT is what download_proofread_srt answers.
type proofreadSRT struct {
	URL      string `json:"srt_url"`
	Original string `json:"original_srt_url"`
	Cues     []cue  `json:"cues"`
	Count    int    `json:"cue_count"`
}

// cue is a subtitle as it is told: times in seconds, which cost fewer tokens than clocks do.
type cue struct {
	Index int     `json:"index"`
	Start float64 `json:"start"`
	End   float64 `json:"end"`
	Text  string  `json:"text"`
}

// downloadSubtitles tells the cues beside the links. That these cannot be read here is no reason to
// keep the links back.
func downloadSubtitles(
	ctx context.Context, c *engine.Call, op heygen.Op, in *downloadSRTInput,
) (*engine.Result[proofreadSRT], error) {
	r, err := engine.Fetch[proofreadSRT](ctx, c, op, in)
	if err != nil {
		return nil, err
	}
	link, of := r.Out.URL, "srt_url"
	if in.Original != nil && *in.Original {
		link, of = r.Out.Original, "original_srt_url"
	}
	cues, reason, err := readCues(ctx, c, link)
	if err != nil {
		return nil, err
	}
	if reason != "" {
		r.Note = "The subtitles are not told as text: " + reason + ". " + of + " leads to the file itself."
		return r, nil
	}
	return r, tellCues(r, cues, in)
}

// readCues reads the file behind a link. reason is why it cannot be read, "" where it was; err is
// that the call has ended.
func readCues(
	ctx context.Context, c *engine.Call, link string,
) (cues []subtitles.Cue, reason string, err error) {
	file, err := c.Engine().Files().Get(ctx, link, 0)
	if e, ok := errors.AsType[*files.Error](err); ok {
		return nil, "of the file, " + e.Reason, nil
	}
	if err != nil {
		return nil, "", err
	}
	cues, err = subtitles.Read(file.Data)
	if err != nil {
		return nil, "the file cannot be read as subtitles (" + err.Error() + ")", nil
	}
	return cues, "", nil
}

// tellCues adds the cues that were asked for to a result, as many as it may have, and says how to go on.
func tellCues(r *engine.Result[proofreadSRT], cues []subtitles.Cue, in *downloadSRTInput) error {
	first, last := 1, len(cues)
	if in.From != nil {
		first = *in.From
	}
	if first > len(cues) {
		return faults.Invalid("from_index", noCue(first, len(cues)), "Send one of these.")
	}
	if in.To != nil {
		last = min(last, *in.To)
	}
	r.Out.Count = len(cues)
	room := maxCueChars
	for i := first; i <= last; i++ {
		one := cueView(i, cues[i-1])
		raw, err := jsonwrite.Marshal(one)
		if err != nil {
			return fmt.Errorf("writing cue %d: %w", i, err)
		}
		size := utf8.RuneCount(raw) + 1 // and a comma
		if size > room && len(r.Out.Cues) == 0 {
			r.Note = fmt.Sprintf("Cue %d alone is longer than a result may be; srt_url leads to it.", i)
			continue
		}
		if size > room {
			r.NextStep = fmt.Sprintf(
				"There is more: call again with from_index %d for what follows, up to cue %d.", i, last)
			return nil
		}
		room -= size
		r.Out.Cues = append(r.Out.Cues, one)
	}
	return nil
}

// noCue says that there is no cue of an index, and which there are.
func noCue(index, last int) string {
	return fmt.Sprintf("There is no cue %d; the cues are 1 to %d.", index, last)
}

// cueView is a cue as it is told.
func cueView(index int, c subtitles.Cue) cue {
	seconds := func(t time.Duration) float64 { return float64(t.Milliseconds()) / 1000 }
	return cue{Index: index, Start: seconds(c.Start), End: seconds(c.End), Text: c.Text}
}

type uploadSRTInput struct {
	proofreadID
	SRT         *string      `json:"srt" in:"-" doc:"All of it, SRT or WebVTT: text, URL or asset_id."`
	Corrections []correction `json:"corrections" in:"-" opaque:"true" doc:"Or cues to change: {index, text}."`
}

// Complete reads the objects by which other tools take a file: {type: url, url} and {type: asset_id,
// asset_id}, and corrections in their other forms.
func (uploadSRTInput) Complete(object map[string]any) {
	if given, ok := object["corrections"]; ok {
		object["corrections"] = correctionsIn(given)
	}
	given := object["srt"]
	if _, ok := object["corrections"]; !ok {
		if list := correctionsAsText(given); list != nil {
			delete(object, "srt")
			object["corrections"] = list
			return
		}
	}
	if lines, ok := given.([]any); ok && len(lines) > 0 {
		given = joinedLines(lines)
		if text, ok := given.(string); ok && !isSubtitleText(text) {
			given = []any{lines} // lines are no id and no URL, and a list of a list is not read as a text
		}
		object["srt"] = given
	}
	if text, ok := given.(string); ok && strings.HasPrefix(spelling.Trim(text), "{") {
		if parsed, err := jsonread.Decode([]byte(spelling.Trim(text))); err == nil {
			given = parsed
		}
	}
	if text, ok := inlineText(given); ok {
		object["srt"] = text
		return
	}
	if file, ok := given.(map[string]any); ok {
		if link, ok := linkOf(file); ok {
			object["srt"] = link
		}
	}
}

// Check holds that there is one source, and that it can be read.
func (u *uploadSRTInput) Check(path string) *faults.Fault {
	if u.SRT != nil && spelling.Trim(*u.SRT) == "" {
		u.SRT = nil // a form sends every field
	}
	at := faults.Join(path, "srt")
	switch {
	case u.SRT == nil && len(u.Corrections) == 0:
		return faults.Invalid(at, "srt or corrections is required.",
			"Send srt, the whole subtitles as text, or corrections of single cues.")
	case u.SRT != nil && len(u.Corrections) > 0:
		return faults.Invalid(at, "srt and corrections exclude each other.",
			"Send corrections to change single cues, or srt to replace all of them.")
	case u.SRT == nil:
		return u.checkCorrections(faults.Join(path, "corrections"))
	case isSubtitleText(*u.SRT):
		if _, err := subtitles.Read([]byte(*u.SRT)); err != nil {
			return faults.Invalid(at, at+" cannot be read as subtitles: "+err.Error()+".",
				"Mend it and send all of it again, or send corrections of single cues.")
		}
		return nil
	}
	return mediaFrom(*u.SRT).Check(at)
}

// replaced is the answer to upload_proofread_srt: what of v3's proofread bears on what comes next.
type replaced struct {
	ID     string `json:"proofread_id"`
	Status string `json:"status"`
	State  string `json:"state"`
}

// putSRT is what v3 takes: a file that it can fetch.
type putSRT struct {
	proofreadID
	SRT *Media `json:"srt"`
}

// uploadSubtitles puts a file in the place of the present one. Text becomes an asset first, which is the
// one way in which v3 takes it.
func uploadSubtitles(
	ctx context.Context, c *engine.Call, ops subtitleOps, in *uploadSRTInput,
) (*engine.Result[replaced], error) {
	to := &putSRT{proofreadID: in.proofreadID}
	if in.SRT != nil && !isSubtitleText(*in.SRT) {
		to.SRT = mediaFrom(*in.SRT)
		return engine.Fetch[replaced](ctx, c, ops.put, to)
	}
	cues, err := in.newCues(ctx, c, ops)
	if err != nil {
		return nil, err
	}
	raw := subtitles.Write(cues)
	form := &assetForm{heygen.File{Name: "subtitles.srt", Type: typeSRT, Data: raw}}
	key := c.KeyOf(ctx, in.ID, string(raw))
	made, err := engine.FetchUnder[uploadedAsset](ctx, c, ops.asset, form, key)
	if err != nil {
		return nil, err
	}
	to.SRT = &Media{Type: "asset_id", AssetID: &made.Out.AssetID}
	return engine.Fetch[replaced](ctx, c, ops.put, to)
}

// newCues are those of the text, or the present ones with the corrections.
func (u *uploadSRTInput) newCues(
	ctx context.Context, c *engine.Call, ops subtitleOps,
) ([]subtitles.Cue, error) {
	if u.SRT != nil {
		return subtitles.Read([]byte(*u.SRT))
	}
	present, err := engine.Fetch[proofreadSRT](ctx, c, ops.get, &u.proofreadID)
	if err != nil {
		return nil, err
	}
	cues, reason, err := readCues(ctx, c, present.Out.URL)
	if err != nil {
		return nil, err
	}
	if reason != "" {
		return nil, &refusals.Refusal{IsError: true, Code: refusals.CodeFileUnreadable, Retryable: true,
			Message:  "The present subtitles, which are to be corrected, cannot be read: " + reason + ".",
			NextStep: "Call again in some seconds, or send the whole subtitles as srt."}
	}
	corrections := make([]subtitles.Correction, len(u.Corrections))
	for i, one := range u.Corrections {
		if one.Index > len(cues) {
			at := fmt.Sprintf("corrections[%d].index", i)
			return nil, faults.Invalid(at, noCue(one.Index, len(cues)), "download_proofread_srt tells them.")
		}
		if now := cueView(one.Index, cues[one.Index-1]); one.Start != nil && *one.Start != now.Start || one.End != nil && *one.End != now.End {
			return nil, faults.Invalid(fmt.Sprintf("corrections[%d].start", i),
				fmt.Sprintf("Cue %d goes from %v to %v seconds, and corrections change texts alone.", one.Index, now.Start, now.End),
				"Leave start and end out, or send all subtitles with their new times as srt.")
		}
		corrections[i] = subtitles.Correction{Index: one.Index, Text: one.Text}
	}
	return subtitles.Correct(cues, corrections)
}
