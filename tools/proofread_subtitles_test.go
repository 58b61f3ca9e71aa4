package tools_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"heygen-mcp/tools/toolstest"
)

// proofreadOf begins a proofread and lets it be completed.
func proofreadOf(t *testing.T, b *toolstest.Bench) string {
	t.Helper()
	create := b.Creates(t)["proofread"]
	made := b.CallTool(t, create[0], create[1])
	b.Pass(t, "600")
	return made["proofread_ids"].([]any)[0].(string)
}

// uploadSRT calls upload_proofread_srt.
func uploadSRT(t *testing.T, b *toolstest.Bench, id string, more map[string]any) map[string]any {
	t.Helper()
	return b.CallTool(t, "upload_proofread_srt", withID(t, id, more))
}

// downloadSRT calls download_proofread_srt.
func downloadSRT(t *testing.T, b *toolstest.Bench, id string, more map[string]any) map[string]any {
	t.Helper()
	return b.CallTool(t, "download_proofread_srt", withID(t, id, more))
}

// withID is the text of arguments about a proofread.
func withID(t *testing.T, id string, more map[string]any) string {
	t.Helper()
	given := map[string]any{"proofread_id": id}
	maps.Copy(given, more)
	raw, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// longSRT is subtitles of n cues, each of a text of some size.
func longSRT(n, size int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d\n00:%02d:%02d,000 --> 00:%02d:%02d,500\n%s %d\n\n", i+1, i/60, i%60, i/60, i%60, strings.Repeat("é", size), i+1)
	}
	return b.String()
}

// servedSRT is the file that a proofread's link leads to.
func servedSRT(t *testing.T, b *toolstest.Bench, id string) string {
	t.Helper()
	link, _ := downloadSRT(t, b, id, nil)["srt_url"].(string)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := b.HTTP.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s answered %d, %v", link, res.StatusCode, err)
	}
	return string(raw)
}

// TestSubtitlesInBytes holds that the bytes of a file are read as its text.
func TestSubtitlesInBytes(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := proofreadOf(t, b)
	want := longSRT(3, 3)
	data := base64.StdEncoding.EncodeToString([]byte("\ufeff" + want))
	for _, srt := range []any{
		"data:application/x-subrip;base64," + data, "data:text/plain," + url.PathEscape(want),
		map[string]any{"type": "base64", "media_type": "text/vtt", "data": data},
	} {
		if res := uploadSRT(t, b, id, map[string]any{"srt": "1\n00:00:00,000 --> 00:00:01,000\nOther"}); res["error"] != nil {
			t.Fatalf("the text: %v", res)
		}
		if res := uploadSRT(t, b, id, map[string]any{"srt": srt}); res["error"] != nil {
			t.Errorf("%.60v: got %v, want error nil", srt, res)
		}
		if got := servedSRT(t, b, id); got != want {
			t.Errorf("%.60v: got %q, want %q", srt, got, want)
		}
	}
	if res := uploadSRT(t, b, id, map[string]any{"srt": "data:video/mp4;base64,AAAA"}); res["error"] != true {
		t.Errorf("a film was taken for subtitles: %v", res)
	}
}

// toAny are texts as members of a list of JSON.
func toAny(texts []string) []any {
	out := make([]any, len(texts))
	for i, text := range texts {
		out[i] = text
	}
	return out
}

// TestSubtitlesAreOneFile holds that every form of the same subtitles reaches HeyGen as the same file,
// under the same key, so that a repeat makes no further asset.
func TestSubtitlesAreOneFile(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := proofreadOf(t, b)
	const want = "1\n00:00:00,000 --> 00:00:01,500\nGuten Tag\n\n2\n00:00:02,000 --> 00:00:03,000\nund willkommen\n\n"
	for name, srt := range map[string]string{
		"SRT":         want,
		"WebVTT":      "WEBVTT\n\n00:00.000 --> 00:01.500 align:start\n<v Ann>Guten Tag</v>\n\nNOTE x\n\n00:02.000 --> 00:03.000\nund willkommen",
		"CRLF":        strings.ReplaceAll(want, "\n", "\r\n"),
		"no numbers":  "00:00:00.000 --> 00:00:01.500\nGuten Tag\n\n00:00:02.000 --> 00:00:03.000\nund willkommen\n",
		"a byte mark": "\ufeff" + want,
	} {
		if res := uploadSRT(t, b, id, map[string]any{"srt": srt}); res["error"] != nil {
			t.Errorf("%s: got %v, want error nil", name, res)
		}
		if got := servedSRT(t, b, id); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if made := b.CallTool(t, "list_assets", `{}`)["count"]; made != 1.0 {
		t.Errorf("%v assets were made, want 1", made)
	}
	uploadSRT(t, b, id, map[string]any{"corrections": []any{map[string]any{"index": 1, "text": "Hallo"}}})
	uploadSRT(t, b, id, map[string]any{"corrections": []any{map[string]any{"index": 1, "text": "Hallo"}}})
	if made := b.CallTool(t, "list_assets", `{}`)["count"]; made != 2.0 {
		t.Errorf("with a correction, twice: %v assets were made, want 2", made)
	}
	b.Control(t, "faults", `{"method":"POST","path":"/v3/assets","fault":"lost","times":1}`)
	if res := uploadSRT(t, b, id, map[string]any{"srt": longSRT(1, 1)}); res["error"] != nil {
		t.Errorf("after a lost answer: %v", res)
	}
	if made := b.CallTool(t, "list_assets", `{}`)["count"]; made != 3.0 {
		t.Errorf("after a lost answer: %v assets were made, want 3", made)
	}
}

// TestWhatTakesAFile holds that what upload_proofread_srt has always taken still goes to HeyGen as it is.
func TestWhatTakesAFile(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := proofreadOf(t, b)
	uploadSRT(t, b, id, map[string]any{"srt": longSRT(2, 1)})
	asset := b.CallTool(t, "list_assets", `{}`)["items"].([]any)[0].(map[string]any)["asset_id"].(string)
	link := downloadSRT(t, b, id, nil)["srt_url"].(string)
	for _, srt := range []any{
		asset, " " + asset + "\n", link, map[string]any{"type": "asset_id", "asset_id": asset}, map[string]any{"assetId": asset},
		map[string]any{"type": "url", "url": link}, map[string]any{"url": link}, `{"type":"URL","url":"` + link + `"}`,
	} {
		if res := uploadSRT(t, b, id, map[string]any{"srt": srt, "corrections": []any{}}); res["proofread_id"] != id {
			t.Errorf("%v: got %v", srt, res)
		}
	}
	if got := b.Asked(t, "POST", "/v3/assets"); got != 1 {
		t.Errorf("%d assets were made, want 1", got)
	}
	for _, srt := range []any{
		map[string]any{"type": "url", "url": link, "asset_id": asset}, map[string]any{"type": "base64", "data": "x"}, []any{"a"}, "ftp://a.example/b.srt", true,
	} {
		if res := uploadSRT(t, b, id, map[string]any{"srt": srt}); res["error_code"] != "invalid_parameter" || !strings.HasPrefix(fmt.Sprint(res["param"]), "srt") {
			t.Errorf("%v: got %v", srt, res)
		}
	}
}

// TestNothingWrongIsSent holds what is refused before HeyGen hears of it, and in which words.
func TestNothingWrongIsSent(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := proofreadOf(t, b)
	one := map[string]any{"index": 1, "text": "a"}
	for name, c := range map[string]struct {
		given       map[string]any
		param, says string
	}{
		"malformed times": {map[string]any{"srt": "1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:61,000 --> 00:02:00,000\nb"}, "srt", "line 6: "},
		"prose":           {map[string]any{"srt": "Here are the subtitles."}, "srt", "line 1: "},
		"no cues":         {map[string]any{"srt": "WEBVTT\n\nNOTE nothing"}, "srt", "there are no cues"},
		"nothing":         {map[string]any{}, "srt", "srt or corrections is required"},
		"empty fields":    {map[string]any{"srt": " ", "corrections": []any{}}, "srt", "srt or corrections is required"},
		"both":            {map[string]any{"srt": longSRT(1, 1), "corrections": []any{one}}, "srt", "exclude each other"},
		"one cue twice":   {map[string]any{"corrections": []any{one, map[string]any{"index": 2, "text": "b"}, one}}, "corrections[2].index", "Cue 1 is corrected twice"},
		"cue 0":           {map[string]any{"corrections": []any{map[string]any{"index": 0, "text": "a"}}}, "corrections[0].index", "at least 1"},
		"no text":         {map[string]any{"corrections": []any{map[string]any{"index": 1}}}, "corrections[0].text", "required"},
	} {
		res := uploadSRT(t, b, id, c.given)
		if res["param"] != c.param || !strings.Contains(fmt.Sprint(res["message"]), c.says) {
			t.Errorf("%s: got %v, want %s and %q", name, res, c.param, c.says)
		}
	}
	path := "/v3/video-translations/proofreads/" + id + "/srt"
	if n := b.Asked(t, "POST", "/v3/assets") + b.Asked(t, "PUT", path) + b.Asked(t, "GET", path); n != 0 {
		t.Errorf("HeyGen was asked %d times", n)
	}
	res := uploadSRT(t, b, id, map[string]any{"corrections": []any{one, map[string]any{"index": 40, "text": "a"}}})
	if res["param"] != "corrections[1].index" || !strings.Contains(fmt.Sprint(res["message"]), "There is no cue 40; the cues are 1 to 2.") {
		t.Errorf("a cue that is not there: got %v", res)
	}
	if n := b.Asked(t, "POST", "/v3/assets") + b.Asked(t, "PUT", path); n != 0 {
		t.Errorf("a cue that is not there: %d writes", n)
	}
}

// TestCuesFitInResults holds that a long file is told in parts, each within its bound, and that going on
// as next_step says tells every cue once.
func TestCuesFitInResults(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := proofreadOf(t, b)
	uploadSRT(t, b, id, map[string]any{"srt": longSRT(900, 40)})
	next, calls := 1, 0
	for next > 0 {
		res := downloadSRT(t, b, id, map[string]any{"from_index": next})
		cues, _ := res["cues"].([]any)
		raw, err := json.Marshal(cues)
		if n := utf8.RuneCount(raw); err != nil || n > 20_000 || len(cues) == 0 || res["cue_count"] != 900.0 {
			t.Fatalf("from %d: %d characters in %d cues of %v, %v", next, n, len(cues), res["cue_count"], err)
		}
		for _, one := range cues {
			if got := one.(map[string]any)["index"]; got != float64(next) {
				t.Fatalf("got cue %v, want %d", got, next)
			}
			next++
		}
		if calls++; res["next_step"] == nil {
			break
		}
		if want := fmt.Sprintf("from_index %d for", next); !strings.Contains(fmt.Sprint(res["next_step"]), want) {
			t.Fatalf("got %v, want %q", res["next_step"], want)
		}
	}
	if next != 901 || calls < 3 {
		t.Errorf("%d cues were told in %d calls, want 900 in some", next-1, calls)
	}
	if res := downloadSRT(t, b, id, map[string]any{"from_index": 901}); res["param"] != "from_index" || !strings.Contains(fmt.Sprint(res["message"]), "1 to 900") {
		t.Errorf("behind the end: got %v", res)
	}
	uploadSRT(t, b, id, map[string]any{"srt": longSRT(1, 30_000) + longSRT(1, 1)})
	res := downloadSRT(t, b, id, nil)
	if cues := res["cues"].([]any); len(cues) != 1 || cues[0].(map[string]any)["index"] != 2.0 || !strings.Contains(fmt.Sprint(res["note"]), "Cue 1 alone") {
		t.Errorf("a cue that is too long: got %v", res)
	}
}
