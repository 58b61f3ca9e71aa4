package tools_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/tools"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/toolstest"
)

// into is a translation into languages, as arguments.
func into(t *testing.T, languages ...string) string {
	t.Helper()
	raw, err := json.Marshal(languages)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"video":"https://a.b/c.mp4","output_languages":%s}`, raw)
}

// madeOf are the languages of the newest translations.
func madeOf(t *testing.T, b *toolstest.Bench, n int) []string {
	t.Helper()
	var names []string
	res := b.CallTool(t, "list_video_translations", fmt.Sprintf(`{"limit":%d}`, n))
	for _, it := range res["items"].([]any) {
		names = append(names, it.(map[string]any)["output_language"].(string))
	}
	slices.Sort(names)
	return names
}

// TestEveryLanguageOfTheSandbox holds that each language of HeyGen's list is made where it is said
// in small letters or without its punctuation.
func TestEveryLanguageOfTheSandbox(t *testing.T) {
	t.Parallel()
	var names []string
	all := toolstest.New(t).CallTool(t, "list_video_translation_languages", `{}`)
	for _, m := range all["languages"].([]any) {
		names = append(names, m.(string))
	}
	bare := strings.NewReplacer("(", "", ")", "", ",", "")
	for _, say := range []func(string) string{strings.ToLower, bare.Replace} {
		for some := range slices.Chunk(names, 3) {
			b := toolstest.New(t) // an account has few jobs and few credits
			var said []string
			for _, name := range some {
				said = append(said, say(name))
			}
			res := b.CallTool(t, "create_video_translation", into(t, said...))
			if res["error"] != nil || res["note"] != nil {
				t.Fatalf("%q: got %v, want translations and no word about their names", said, res)
			}
			if got := madeOf(t, b, len(some)); !slices.Equal(got, some) {
				t.Errorf("%q: got %q, want %q", said, got, some)
			}
		}
	}
}

// TestOneLanguageIsOneJob holds that languages which mean the same are made and paid once, under
// one key, and that the answer says so.
func TestOneLanguageIsOneJob(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	one := b.CallTool(t, "create_video_translation", into(t, "Italian"))
	said := into(t, "German", "de", "Deutsch", "German (Germany)", "French")
	res := b.CallTool(t, "create_video_translation", said)
	ids, _ := res["video_translation_ids"].([]any)
	note, _ := res["note"].(string)
	if len(ids) != 2 || res["estimated_cost_usd"] != 2*one["estimated_cost_usd"].(float64) ||
		!strings.Contains(note, "German was taken as German (Germany).") ||
		!strings.Contains(note, "French was taken as French (France).") ||
		!strings.Contains(note, "output_languages names German (Germany) 4 times; it is made once.") {
		t.Errorf("got %v, want two jobs at the price of two and what was taken for what", res)
	}
	again := b.CallTool(t, "create_video_translation", into(t, "ger", "french (FRANCE)"))
	if fmt.Sprint(again["video_translation_ids"]) != fmt.Sprint(ids) {
		t.Errorf("got %v, want the jobs of the first call, %v: it means the same", again, ids)
	}
	if n := b.Asked(t, http.MethodGet, "/v3/video-translations/languages"); n != 1 {
		t.Errorf("HeyGen was asked %d times for its languages, want once", n)
	}
}

// listing is a HeyGen with a list of languages that can be away. It answers creates with what it
// was asked.
func listing(
	t *testing.T,
) (b *toolstest.Bench, away *atomic.Bool, asked *atomic.Int32, sent func() string) {
	t.Helper()
	away, asked = &atomic.Bool{}, &atomic.Int32{}
	var mu sync.Mutex
	var last string
	b = toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/languages") {
			asked.Add(1)
			if away.Load() {
				w.WriteHeader(http.StatusForbidden)
				_, _ = io.WriteString(w, `{"error":{"code":"forbidden","message":"no"}}`)
				return
			}
			_, _ = io.WriteString(w, `{"data":{"languages":["German (Germany)","Italian (Italy)"]}}`)
			return
		}
		var body struct {
			Languages []string `json:"output_languages"`
		}
		_ = json.NewDecoder(r.Body).Decode(&body)
		mu.Lock()
		last = strings.Join(body.Languages, ",")
		mu.Unlock()
		_, _ = io.WriteString(w, `{"data":{"video_translation_ids":["t1"]}}`)
	}, "its list of languages comes and goes")
	return b, away, asked, func() string {
		mu.Lock()
		defer mu.Unlock()
		return last
	}
}

// TestListOfLanguages holds how long a list is kept, for whom, and what is done without one.
func TestListOfLanguages(t *testing.T) {
	t.Parallel()
	b, away, asked, sent := listing(t)
	caller := "one"
	b.Change(t, func(c *tools.Config) { c.Caller = func(context.Context) string { return caller } })
	step := func(want string, times int32, why string) {
		t.Helper()
		b.CallTool(t, "create_video_translation", into(t, "german"))
		if got := sent(); got != want || asked.Load() != times {
			t.Errorf("%s: HeyGen got %q after %d lists, want %q after %d", why, got, asked.Load(), want, times)
		}
	}
	away.Store(true)
	step("german", 1, "without a list the value goes as it is")
	step("german", 1, "and HeyGen is left alone for a while")
	away.Store(false)
	b.Now = b.Now.Add(2 * time.Minute)
	step("German (Germany)", 2, "then it is asked again")
	step("German (Germany)", 2, "and what it gave is kept")
	b.Now = b.Now.Add(20 * time.Hour)
	step("German (Germany)", 2, "for most of a day")
	caller = "two"
	step("German (Germany)", 3, "for another caller it is asked for")
	caller = "one"
	away.Store(true)
	b.Now = b.Now.Add(5 * time.Hour)
	step("German (Germany)", 4, "one that cannot be had anew stays")
	step("German (Germany)", 4, "for a while")
	res := b.CallTool(t, "create_video_translation", into(t, "Klingon"))
	if res["error_code"] != "invalid_parameter" ||
		!strings.Contains(fmt.Sprint(res["next_step"]), "list_video_translation_languages") {
		t.Errorf("got %v, want a refusal that names the list", res)
	}
}

// TestOneListAtATime holds that calls that need a list together ask for it once.
func TestOneListAtATime(t *testing.T) {
	t.Parallel()
	b, _, asked, _ := listing(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { b.CallTool(t, "create_video_translation", into(t, "Italiano")) })
	}
	wg.Wait()
	if asked.Load() != 1 {
		t.Errorf("HeyGen was asked %d times, want once", asked.Load())
	}
}

// TestFiltersOfVoices holds that voices are filtered by what people call languages and genders, and
// that an empty list says why it is.
func TestFiltersOfVoices(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for sent, want := range map[string]string{
		`{"language":"pt-BR","gender":"woman"}`:  "Portuguese female",
		`{"language":"deutsch","gender":"Male"}`: "German male",
		`{"language":"British","gender":"MEN"}`:  "English male",
		`{"language":"日本語","gender":"females"}`:  "Japanese female",
		`{"language":"en_US"}`:                   "English female",
	} {
		items, _ := b.CallTool(t, "list_voices", sent)["items"].([]any)
		if len(items) == 0 {
			t.Errorf("%s: found no voice", sent)
			continue
		}
		one := items[0].(map[string]any)
		if got := fmt.Sprint(one["language"], " ", one["gender"]); got != want {
			t.Errorf("%s: got %s, want %s", sent, got, want)
		}
	}
	for sent, want := range map[string][]string{
		`{"language":"Klingon"}`:                   {"Nothing fits language Klingon. Languages of voices are English, "},
		`{"language":"german","gender":"neutral"}`: {"language German and gender neutral. gender may be female or male."},
		`{"engine":"nobody's"}`:                    {"Nothing fits engine nobody's."},
		`{"language":"pt-BR"}`:                     {"pt-BR was taken as Portuguese: language has no regions."},
	} {
		note := fmt.Sprint(b.CallTool(t, "list_voices", sent)["note"])
		for _, part := range want {
			if !strings.Contains(note, part) {
				t.Errorf("%s: got the note %q, want it to say %q", sent, note, part)
			}
		}
	}
	res := b.CallTool(t, "list_voices", `{"language":"Canadian"}`)
	if res["param"] != "language" || !strings.Contains(fmt.Sprint(res["next_step"]), "English, French") {
		t.Errorf("got %v, want a refusal with English and French", res)
	}
}

// TestVoicesByTheirOwnNames holds that a language is found that voices call otherwise than Unicode
// does.
func TestVoicesByTheirOwnNames(t *testing.T) {
	t.Parallel()
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		items := ""
		q := r.URL.Query()
		if of := q.Get("language"); q.Get("type") != "private" && (of == "" || of == "Bengali") {
			items = `{"voice_id":"v","language":"Bengali"}`
		}
		_, _ = fmt.Fprintf(w, `{"data":[%s],"has_more":false,"next_token":null}`, items)
	}, "its voices have no more than an id and a language")
	res := b.CallTool(t, "list_voices", `{"language":"bn"}`)
	note := fmt.Sprint(res["note"])
	if fmt.Sprint(res["count"]) != "1" || !strings.Contains(note, "language was taken as Bengali") {
		t.Errorf("got %v, want the voice that calls it Bengali", res)
	}
}

// TestLanguagesAreTagged holds that every argument which is a language, a locale or a gender is taken as
// people say it.
func TestLanguagesAreTagged(t *testing.T) {
	t.Parallel()
	var look func(tool string, p *inputs.Spec)
	look = func(tool string, p *inputs.Spec) {
		for _, f := range p.Fields {
			part := strings.Split(f.Name, "_")
			switch last := strings.TrimSuffix(part[len(part)-1], "s"); {
			case f.Enum != nil || f.JSONType() == "object":
			case last == "language" || last == "locale":
				if f.Lang == "" {
					t.Errorf("%s: %s lacks the tag lang", tool, f.Name)
				}
			case last == "gender" && f.Means == nil:
				t.Errorf("%s: %s lacks the tag means", tool, f.Name)
			}
			if f.Nested != nil {
				look(tool, f.Nested)
			}
		}
		for _, v := range p.Variants {
			look(tool, v)
		}
	}
	for _, tool := range tools.Declared() {
		look(tool.Name, tool.Input())
	}
}
