package tools

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
	"heygen-mcp/tools/prices"
	"heygen-mcp/tools/vocabulary"
)

type castInput struct {
	Brief       string  `json:"brief" required:"true" len:"1-2000" doc:"Who is seen, and says what."`
	Script      *string `json:"script" len:"0-5000" obvious:"true" doc:"What is said; omitted: what the brief quotes."`
	Language    *string `json:"language" lang:"english" obvious:"true" doc:"Of the voice, e.g. Spanish."`
	Gender      *string `json:"gender" means:"female,male" obvious:"true" doc:"male or female."`
	Orientation *string `json:"orientation" enum:"portrait,landscape,square" obvious:"true" doc:"Of the video."`
	Count       *int    `json:"count" min:"1" max:"5" default:"3" obvious:"true" doc:"How many pairs."`
}

// cast is what cast_video answers.
type cast struct {
	Pairs    []castPair `json:"pairs"`
	Count    int        `json:"count"`
	Indexed  string     `json:"indexed"`
	Complete bool       `json:"complete"`
}

// castPair is a look and a voice that go together.
type castPair struct {
	Look        string   `json:"look"`
	Person      string   `json:"avatar,omitempty"`
	Gender      string   `json:"gender,omitempty"`
	Orientation string   `json:"preferred_orientation,omitempty"`
	Tags        string   `json:"tags,omitempty"`
	Voice       string   `json:"voice,omitempty"`
	Language    string   `json:"language,omitempty"`
	PerSecond   *float64 `json:"usd_per_second,omitempty"`
	CostUSD     *float64 `json:"estimated_cost_usd,omitempty"`
	Seconds     *float64 `json:"estimated_duration_seconds,omitempty"`
	// Arguments are those of create_video_from_avatar.
	Arguments map[string]any `json:"arguments"`
}

// castTool makes nothing: it chooses.
func castTool(f *finder.Finder) engine.BoundTool {
	return engine.Tool[castInput, cast]{
		Name:  "cast_video",
		Title: "Choose a look and a voice",
		Asked: "choose pick somebody who says saying spokesperson presenter look voice pair fits match suits " +
			"recommend suggest should present role audition best suited",
		Description: "Pairs of look and voice for a brief, each with arguments ready for create_video_from_avatar, and " +
			"their cost. Makes nothing.",
		Also: []heygen.Op{listLooksOp(), listGroupsOp(), listVoicesOp()},
		Reads: []string{
			"name", "gender", "language", "tags", "avatar_type", "group_id", "default_voice_id", "supported_api_engines",
			"preferred_orientation",
		},
		Run: func(ctx context.Context, c *engine.Call, in *castInput) (*engine.Result[cast], error) {
			return castVideo(ctx, c, f, in)
		},
	}.Bind()
}

// maxCandidates is how many looks are gone through for pairs of different people.
const maxCandidates = 60

func castVideo(ctx context.Context, c *engine.Call, f *finder.Finder, in *castInput) (*engine.Result[cast], error) {
	brief, script := splitQuoted(in.Brief)
	if given := valueOf(in.Script); given != "" {
		script = given
	}
	e := c.Engine()
	p := pairing{ctx: ctx, c: c, f: f, script: script, language: valueOf(in.Language), gender: valueOf(in.Gender)}
	// Voices are read first, since a brief may name a language by any of the names that they have.
	if _, err := f.Find(ctx, e, catalogue.Voices, catalogue.Query{}, "", 0, 0); err != nil {
		return nil, err
	}
	named, brief := f.SplitLanguage(ctx, e, brief)
	p.language, p.brief = cmp.Or(p.language, named), brief
	q := catalogue.Query{Words: brief, Gender: p.gender, Orientation: valueOf(in.Orientation)}
	got, err := f.Find(ctx, e, catalogue.Looks, q, "", 0, maxCandidates)
	if err != nil {
		return nil, err
	}
	want := 3
	if in.Count != nil {
		want = *in.Count
	}
	out := cast{Pairs: []castPair{}, Indexed: indexed(&got), Complete: got.Complete}
	for _, r := range differentPeople(usableLooks(ctx, e, f, got.Rows), want) {
		one, err := p.pair(&r, len(out.Pairs), in.Orientation)
		if err != nil {
			return nil, err
		}
		out.Pairs = append(out.Pairs, one)
	}
	out.Count = len(out.Pairs)
	r := engine.Made(out)
	r.Note = foundNote(&got, &q)
	if p.noVoice != "" {
		r.Note = strings.TrimSpace(r.Note + " " + p.noVoice)
	}
	switch {
	case out.Count == 0:
		r.NextStep = "Describe somebody else, or look through list_avatar_looks."
	case script == "":
		r.NextStep = "Write the script, show the user a pair, and call create_video_from_avatar with its arguments " +
			"and script."
	default:
		r.NextStep = "Call create_video_from_avatar with the arguments of the pair that the user takes."
	}
	return r, nil
}

// usableLooks leaves out own looks that cannot be seen in a video yet.
func usableLooks(ctx context.Context, e *engine.Engine, f *finder.Finder, rows []catalogue.Row) []catalogue.Row {
	return slices.DeleteFunc(rows, func(r catalogue.Row) bool {
		if !r.Own {
			return false
		}
		group, _ := f.Row(ctx, e, catalogue.Groups, r.Group)
		consents := group.Consent == "" || group.Consent == "approved" || group.Consent == "accepted"
		return r.State != "" && r.State != string(vocabulary.Done) || !consents
	})
}

// differentPeople takes the first n rows of different people, and more of the same where there are not so many.
func differentPeople(rows []catalogue.Row, n int) []catalogue.Row {
	var first, rest []catalogue.Row
	seen := map[string]bool{}
	for _, r := range rows {
		if r.Group == "" || !seen[r.Group] {
			first = append(first, r)
		} else {
			rest = append(rest, r)
		}
		seen[r.Group] = true
	}
	all := append(first, rest...)
	return all[:min(n, len(all))]
}

// splitQuoted finds what a brief has said by somebody: in quotes, or after "saying". The rest says who.
func splitQuoted(brief string) (rest, script string) {
	for _, form := range []string{
		`(?is)^(.*?)[,:]?\s*(?:saying|says?|who says|to say|sagt|dice|diz|dit)?\s*[:,]?\s*["“„«](.{2,}?)["”“»](.*)$`,
		`(?is)^(.*?)[,:]?\s+(?:saying|says|to say|sagt|dice|diz)\s*:?\s+(.{2,})$`,
	} {
		if m := regexp.MustCompile(form).FindStringSubmatch(brief); m != nil {
			rest, script = strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
			if len(m) > 3 {
				rest = strings.TrimSpace(rest + " " + m[3])
			}
			return rest, script
		}
	}
	return brief, ""
}

// pairing finds voices for looks.
type pairing struct {
	ctx                             context.Context //nolint:containedctx // it lives as long as one call
	c                               *engine.Call
	f                               *finder.Finder
	script, language, gender, brief string
	noVoice                         string // why a pair has no voice of its own, "" where all have
}

// pair makes a pair of a look, the one at a place among them.
func (p *pairing) pair(r *catalogue.Row, at int, orientation *string) (castPair, error) {
	out := castPair{
		Look: r.Name, Gender: r.Gender, Orientation: r.Orientation, Tags: shortTags(r.Tags), Arguments: map[string]any{"avatar_id": r.ID},
	}
	if !strings.Contains(r.Name, r.Person) {
		out.Person = r.Person
	}
	voice, err := p.voice(r, at)
	if err != nil {
		return out, err
	}
	if voice.ID != "" {
		out.Voice, out.Language, out.Arguments["voice_id"] = voice.Name, voice.Language, voice.ID
	}
	kind := engineFor(r.Engines)
	if kind != "" {
		out.Arguments["engine"] = map[string]any{"type": kind}
	} else {
		kind = avatarIV
	}
	if ratio := map[string]string{"portrait": "9:16", "landscape": "16:9", "square": "1:1"}[valueOf(orientation)]; ratio != "" {
		out.Arguments["aspect_ratio"] = ratio
	}
	_, most := prices.VideoSecond(kind, r.Type, false)
	if p.script == "" {
		out.PerSecond = &most
		return out, nil
	}
	out.Arguments["script"] = p.script
	e := avatarBill(spokenLength(p.script, 1), kind, r.Type, nil).estimate()
	if e.High != nil {
		out.CostUSD = new(math.Ceil(*e.High*100) / 100)
	}
	if e.Seconds != nil {
		out.Seconds = new(math.Round(*e.Seconds*10) / 10)
	}
	return out, nil
}

// engineFor is the engine that a look is rendered with: HeyGen's default where the look has it, "" where
// it is not known what the look has.
func engineFor(engines []string) string {
	for _, kind := range []string{avatarIV, "avatar_v", "avatar_iii"} {
		if slices.Contains(engines, kind) {
			return kind
		}
	}
	return ""
}

// voice finds the voice of a look: its own where that speaks the language, and else one of the same
// gender, another for each look.
func (p *pairing) voice(r *catalogue.Row, at int) (catalogue.Row, error) {
	e := p.c.Engine()
	own, known := p.f.Row(p.ctx, e, catalogue.Voices, r.Voice)
	if r.Voice != "" && (p.language == "" || known && p.f.Speaks(p.ctx, e, own.Language, p.language)) {
		if !known {
			own = catalogue.Row{ID: r.Voice}
		}
		return own, nil
	}
	gender := p.gender
	if gender == "" {
		gender = strings.ToLower(r.Gender)
	}
	language := p.language
	if language == "" {
		language = "English"
	}
	got, err := p.f.Find(p.ctx, e, catalogue.Voices, catalogue.Query{Gender: gender, Words: p.brief}, language, 0, maxCandidates)
	if err != nil {
		return catalogue.Row{}, err
	}
	if len(got.Rows) == 0 || len(got.Without) > 0 { // the brief may have no word of any voice
		got, err = p.f.Find(p.ctx, e, catalogue.Voices, catalogue.Query{Gender: gender}, language, 0, maxCandidates)
		if err != nil {
			return catalogue.Row{}, err
		}
	}
	if len(got.Rows) == 0 || slices.Contains(got.Without, "language") {
		p.noVoice = fmt.Sprintf("No voice of %s is known yet that fits: list_voices with language has HeyGen's own list.", language)
		return catalogue.Row{}, nil
	}
	return got.Rows[at%len(got.Rows)], nil
}
