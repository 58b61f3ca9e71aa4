package catalogue_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"heygen-mcp/internal/catalogue"
	"heygen-mcp/internal/sandbox"
)

// rowsOf are the sandbox's large catalog, read once over HTTP as HeyGen's is.
var rowsOf = sync.OnceValues(func() (map[catalogue.Kind][]catalogue.Row, error) { //nolint:gochecknoglobals // it is constant
	box, err := sandbox.New(sandbox.Config{Large: true})
	if err != nil {
		return nil, err
	}
	srv := httptest.NewServer(box)
	defer srv.Close()
	defer srv.Client().CloseIdleConnections()
	all := map[catalogue.Kind][]catalogue.Row{}
	for kind, path := range map[catalogue.Kind]string{
		catalogue.Looks:  "/v3/avatars/looks?limit=50&ownership=public",
		catalogue.Groups: "/v3/avatars?limit=50&ownership=public",
		catalogue.Voices: "/v3/voices?limit=100&type=public",
	} {
		for token := ""; ; {
			page, err := pageAt(srv, path, token)
			if err != nil {
				return nil, err
			}
			for _, it := range page.Data {
				all[kind] = append(all[kind], it.row())
			}
			if token = page.Next; token == "" {
				break
			}
		}
	}
	return all, nil
})

type page struct {
	Data []listed `json:"data"`
	Next string   `json:"next_token"`
}

// listed is a row of any of the lists.
type listed struct {
	ID          string   `json:"id"`
	VoiceID     string   `json:"voice_id"`
	Name        string   `json:"name"`
	Group       string   `json:"group_id"`
	Type        string   `json:"avatar_type"`
	Gender      string   `json:"gender"`
	Orientation string   `json:"preferred_orientation"`
	Language    string   `json:"language"`
	Engines     []string `json:"supported_api_engines"`
	Tags        []string `json:"tags"`
	Voice       string   `json:"default_voice_id"`
	Image       string   `json:"preview_image_url"`
	Audio       string   `json:"preview_audio_url"`
}

func (l *listed) row() catalogue.Row {
	return catalogue.Row{
		ID: l.ID + l.VoiceID, Name: l.Name, Group: l.Group, Type: l.Type, Gender: l.Gender, Orientation: l.Orientation,
		Language: l.Language, Engines: l.Engines, Tags: l.Tags, Voice: l.Voice, Image: l.Image, Audio: l.Audio,
	}
}

func pageAt(srv *httptest.Server, path, token string) (page, error) {
	var out page
	if token != "" {
		path += "&token=" + url.QueryEscape(token)
	}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, srv.URL+path, nil)
	if err != nil {
		return out, err
	}
	req.Header.Set("X-Api-Key", "sk_sandbox_ana")
	res, err := srv.Client().Do(req)
	if err != nil {
		return out, err
	}
	defer func() { _ = res.Body.Close() }()
	return out, json.NewDecoder(res.Body).Decode(&out)
}

// large is an index of the large catalog.
func large(tb testing.TB) *catalogue.Catalogue {
	tb.Helper()
	all, err := rowsOf()
	if err != nil {
		tb.Fatal(err)
	}
	c := catalogue.New()
	for _, kind := range []catalogue.Kind{catalogue.Groups, catalogue.Looks, catalogue.Voices} {
		put(tb, c, catalogue.Public, kind, all[kind])
	}
	return c
}

func put(tb testing.TB, c *catalogue.Catalogue, owner string, kind catalogue.Kind, rows []catalogue.Row) {
	tb.Helper()
	if err := c.Put(tb.Context(), owner, kind, rows, catalogue.State{Complete: true, Read: now()}); err != nil {
		tb.Fatal(err)
	}
}

//go:embed testdata/judged.txt
var judgedText string

// freshText are searches that were written by somebody who had not seen the ranking.
//
//go:embed testdata/fresh.txt
var freshText string

// judged is one search with its right answers.
type judged struct {
	line    string
	kind    catalogue.Kind
	query   catalogue.Query
	isRight func(r *catalogue.Row) bool
	none    bool // nothing must be found
}

// same is a text in the spelling in which answers are compared, with a blank around each word.
func same(s string) string { return " " + strings.Join(catalogue.Words(s), " ") + " " }

func readJudged(t *testing.T, text string) []judged {
	t.Helper()
	var all []judged
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) != 4 {
			t.Fatalf("%d parts in %q", len(parts), line)
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		j := judged{line: line, kind: catalogue.Kind(parts[0]), query: catalogue.Query{Words: parts[1]}}
		for _, filter := range strings.FieldsFunc(parts[2], func(c rune) bool { return c == ',' }) {
			name, value, _ := strings.Cut(strings.TrimSpace(filter), "=")
			switch name {
			case "gender":
				j.query.Gender = value
			case "orientation":
				j.query.Orientation = value
			case "type":
				j.query.Type = value
			case "engine":
				j.query.Engine = value
			case "language":
				j.query.Languages = []string{value}
			default:
				t.Fatalf("no filter %q: %s", name, line)
			}
		}
		j.none = parts[3] == "none"
		rules := strings.Split(parts[3], ",")
		j.isRight = func(r *catalogue.Row) bool {
			return !slices.ContainsFunc(rules, func(rule string) bool { return !holds(strings.TrimSpace(rule), r) })
		}
		all = append(all, j)
	}
	return all
}

// holds says whether a row is as a rule says.
func holds(rule string, r *catalogue.Row) bool {
	of := map[string]string{
		"any": r.Name + " " + r.Person + " " + strings.Join(r.Tags, " "), "name": r.Name, "gender": r.Gender,
		"orientation": r.Orientation, "language": r.Language, "type": r.Type, "engine": strings.Join(r.Engines, ","),
	}
	if name, value, ok := strings.Cut(rule, "="); ok {
		return slices.Contains(strings.Split(of[name], ","), value)
	}
	name, choices, _ := strings.Cut(rule, "~")
	for choice := range strings.SplitSeq(choices, "/") {
		if strings.Contains(same(of[name]), same(choice)) {
			return true
		}
	}
	return false
}

// TestJudgedSearches holds that nine of ten of the first five rows are right answers. Where fewer rows are right in
// all, these must come first.
func TestJudgedSearches(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]struct {
		text string
		n    int
	}{"judged": {judgedText, 80}, "fresh": {freshText, 40}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			searches := readJudged(t, set.text)
			if len(searches) < set.n {
				t.Errorf("%d searches, want %d", len(searches), set.n)
			}
			judge(t, searches)
		})
	}
}

// judge holds the precision of searches.
func judge(t *testing.T, searches []judged) {
	t.Helper()
	const wanted, first = 0.9, 5
	c := large(t)
	all, err := rowsOf()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, j := range searches {
		j.query.Means = languagesMeant(j.query.Words)
		if j.none {
			if found := c.Find(t.Context(), "account:x", j.kind, j.query, 0, first); len(found.Rows) == 0 {
				sum++
			} else {
				t.Logf("something is found: %s: %q", j.line, found.Rows[0].Name)
			}
			continue
		}
		there := 0
		for _, r := range all[j.kind] {
			if known, ok := c.Row(catalogue.Public, j.kind, r.ID); ok && j.isRight(&known) {
				there++
			}
		}
		if there == 0 {
			t.Errorf("no row is right: %s", j.line)
			continue
		}
		found := c.Find(t.Context(), "account:x", j.kind, j.query, 0, first)
		right := 0
		for i := range found.Rows {
			if j.isRight(&found.Rows[i]) {
				right++
			}
		}
		precision := float64(right) / float64(min(first, there))
		sum += precision
		if precision < 0.8 {
			t.Logf("%.1f of %d: %s", precision, there, j.line)
			for _, r := range found.Rows {
				t.Logf("      %q %q %s %s %s", r.Name, r.Tags, r.Gender, r.Orientation, r.Language)
			}
		}
	}
	if mean := sum / float64(len(searches)); mean < wanted {
		t.Errorf("the precision in the first %d is %.3f, want %.2f", first, mean, wanted)
	} else {
		t.Logf("the precision in the first %d of %d searches is %.3f", first, len(searches), mean)
	}
}

// languagesMeant is what the finder makes of words that name a language.
func languagesMeant(query string) map[string][]string {
	names := map[string]string{
		"deutsch": "German", "portugues": "Portuguese", "castellano": "Spanish", "ukrainisch": "Ukrainian", //nolint:misspell // in other languages
		"pt": "Portuguese", "br": "Portuguese",
	}
	means := map[string][]string{}
	for _, w := range catalogue.Words(query) {
		if name := names[w]; name != "" {
			means[w] = []string{name}
		}
	}
	return means
}
