package words_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"heygen-mcp/internal/words"
)

// TestFor holds which language a browser gets for what it asks for.
func TestFor(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]string{
		"": "en", "*": "en", "nonsense;;": "en", "nl": "en", "en-GB,de;q=0.9": "en",
		"de-AT": "de", "nl, fr-CA;q=0.8, de;q=0.5": "fr", "de;q=0.2, es-MX;q=0.9": "es",
		"xx,de": "de", "de;q=abc, fr;q=0.2": "fr", ";;;,es": "es", "xx, fr;q=0.1, ja;q=0.9": "ja", "xx, de;q=0": "en", "a_b-c,": "en",
		"pt-BR": "pt", "pt-PT": "pt", "ja-JP,en-US;q=0.9": "ja", "zh-CN": "zh-Hans", "zh": "zh-Hans", "zh-SG": "zh-Hans",
		"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO,en;q=0.5": "zh-Hant", "zh-Hant": "zh-Hant", "zh-Hant-HK": "zh-Hant", "zh-TW,zh;q=0.9,en;q=0.7": "zh-Hant",
		"zh-Hans-TW": "zh-Hans", "nl, zh-HK;q=0.4": "zh-Hant",
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", asked)
		if got := words.For(r).Lang(); got != want {
			t.Errorf("%q gets %s, want %s", asked, got, want)
		}
	}
}

// TestGap holds what stands between two sentences of a template.
func TestGap(t *testing.T) {
	t.Parallel()
	for _, s := range words.All() {
		gap, _ := s.Funcs()["gap"].(func() string)
		want := " "
		if slices.Contains([]string{"ja", "zh-Hans", "zh-Hant"}, s.Lang()) {
			want = ""
		}
		if got := gap(); got != want {
			t.Errorf("%s: it is %q", s.Lang(), got)
		}
	}
}

// speaker is who says texts in a language.
func speaker(t *testing.T, lang string) *words.Speaker {
	t.Helper()
	for _, s := range words.All() {
		if s.Lang() == lang {
			return s
		}
	}
	t.Fatalf("nobody speaks %s", lang)
	return nil
}

// TestTexts holds how texts are put together in a language.
func TestTexts(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 9, 5, 0, 0, time.FixedZone("", 3600))
	tools := func(n int) words.Text { return words.Of("landing.tools", "Count", n) }
	for _, c := range []struct {
		lang string
		text words.Text
		want string
	}{
		{"en", nil, ""}, {"en", words.Day(at), "1 March 2026"}, {"en", words.Moment(at), "1 March 2026, 08:05 UTC"},
		{"de", words.Day(at), "1. März 2026"}, {"fr", words.Day(at), "1er mars 2026"}, {"ja", words.Day(at), "2026年3月1日"},
		{"es", words.Moment(at), "1 de marzo de 2026, 08:05 UTC"}, {"zh-Hans", words.Moment(at), "2026年3月1日 08:05 UTC"}, {"zh-Hant", words.Moment(at), "2026 年 3 月 1 日 08:05 UTC"},
		{"en", words.Figure("2.50 USD"), "2.50 USD"}, {"pt", words.Figure("2.50 USD"), "2,50 USD"},
		{"en", tools(1), "1 tool"}, {"en", tools(2), "2 tools"}, {"de", tools(1), "1 Tool"}, {"fr", tools(0), "0 outil"}, {"es", tools(1_000_000), "1000000 herramientas"}, {"ja", tools(1), "1 個のツール"},
		{"de", words.Of("who.like", "Like", words.Verbatim("Claude")), "Vorsicht: Das ist vielleicht nicht Claude"},
		{"en", words.Verbatim("a \u202egnp.exe\u202c \u2067b\u2069\nc שלום\u200f"), "\u2068a gnp.exe b c שלום\u200f\u2069"},
		{"de", words.Of("who.like", "Like", "C\u202elaude"), "Vorsicht: Das ist vielleicht nicht Claude"},
		{"de", words.Sentences{words.Of("fault.by_get"), words.Of("connections.none")}, "Öffnen Sie sie mit GET. Es gibt keine."},
		{"ja", words.Parts{words.Of("deed.video.did"), nil, words.Of("made.seconds", "Seconds", 3)}, "動画を作成、3 秒"},
	} {
		if got := speaker(t, c.lang).Say(c.text); got != c.want {
			t.Errorf("%s: %v is said as %q, want %q", c.lang, c.text, got, c.want)
		}
	}
}
