package records_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools"
	"heygen-mcp/tools/records"
	"heygen-mcp/tools/toolstest"
)

// TestComplete holds what is suggested while an argument is typed.
func TestComplete(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	look := b.FirstLook(t)
	group := b.CallTool(t, "list_avatar_groups", `{"limit":1}`)["items"].([]any)[0].(map[string]any)
	own := b.CallTool(t, "list_voices", `{"type":"private","limit":1}`)["items"].([]any)[0].(map[string]any)["voice_id"].(string)
	template := b.CallTool(t, "list_templates", `{"limit":1}`)["items"].([]any)[0].(map[string]any)
	b.CallTool(t, "create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"script":"Hello","title":"The Launch"}`, look))
	video := b.CallTool(t, "list_videos", `{"limit":1}`)["items"].([]any)[0].(map[string]any)["video_id"].(string)
	for _, c := range []struct {
		of, argument, typed string
		has                 string // "" for nothing at all
		first               bool
	}{
		{"heygen://looks/{look_id}", "look_id", look[:4], look, false},
		{"heygen://looks/{look_id}", "look_id", strings.ToUpper(look[:4]), look, false},
		{"make_video", "avatar", "", "*", false},
		{"make_video", "voice", "", own, true},
		{"make_video", "voice", "spanish", "*", false},
		{"make_video", "voice", "zzzz", "", false},
		{"make_video", "topic", "a", "", false},
		{"make_video", "locale", "pt", "pt-BR", false},
		{"heygen://videos/{video_id}", "video_id", "launch", video, true},
		{"translate_video", "video", video, video, true},
		{"translate_video", "check", "", "yes", true},
		{"translate_video", "languages", "germ", "German (Germany)", false},
		{"translate_video", "languages", "German (Germany), fren", "German (Germany), French (France)", false},
		{"translate_video", "languages", "German (Germany),fren", "German (Germany),French (France)", false},
		{"heygen://avatars/{group_id}", "group_id", group["name"].(string), group["group_id"].(string), false},
		{"heygen://templates/{template_id}", "template_id", template["name"].(string), template["template_id"].(string), false},
		{"document_to_video", "style", "", "*", false},
		{"heygen://assets/{asset_id}", "asset_id", "no such file", "", false},
	} {
		got, err := b.Complete(t.Context(), c.of, c.argument, c.typed)
		switch {
		case err != nil || got.Values == nil || len(got.Values) > records.MaxCompletions:
			t.Errorf("%s %q: %v, %v", c.argument, c.typed, got, err)
		case (c.has == "") != (len(got.Values) == 0):
			t.Errorf("%s %q: %v", c.argument, c.typed, got)
		case c.first && got.Values[0] != c.has, c.has != "" && c.has != "*" && !slices.Contains(got.Values, c.has):
			t.Errorf("%s %q lacks %s: %v", c.argument, c.typed, c.has, got)
		case !got.HasMore && got.Total != len(got.Values):
			t.Errorf("%s %q: a total of %d for %d", c.argument, c.typed, got.Total, len(got.Values))
		}
	}
}

// TestCompleteRefuses holds that what there is not is refused in words that help.
func TestCompleteRefuses(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for _, c := range []struct{ of, argument, says string }{
		{"make_podcast", "topic", "prompts/list"},
		{"heygen://videos/v_1", "video_id", "resources/templates/list"},
		{"make_video", "colour", "it has topic, seconds, avatar"},
		{strings.Repeat("z", 5000), "a", "zzz"},
	} {
		_, err := b.Complete(t.Context(), c.of, c.argument, "")
		refusal, ours := errors.AsType[*exchange.Refusal](err)
		if !ours || refusal.Code != mcp.INVALID_PARAMS || !strings.Contains(refusal.Message, c.says) || len(refusal.Message) > 400 {
			t.Errorf("%.20s: got %v, want ours true, refusal.Code %v, %q in it and len(refusal.Message) at most %v", c.of, err, mcp.INVALID_PARAMS, c.says, 400)
		}
	}
}

// TestCompleteFailsQuietly holds that a person who types is not stopped by what cannot be asked: HeyGen's
// failures, tools out of reach, and rights that are missing.
func TestCompleteFailsQuietly(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.Control(t, "faults", `{"method":"GET","path":"/v3/voices","fault":"rate_limit","times":100}`)
	narrowed, err := b.Choose(t.Context(), [][]string{{"voices"}}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	barred := b.With(t, func(c *tools.Config) { c.Permits = func(context.Context, tools.Effect) bool { return false } })
	for name, ask := range map[string]func() (*mcp.Completion, error){
		"upstream":     func() (*mcp.Completion, error) { return b.Complete(t.Context(), "make_video", "voice", "") },
		"out of reach": func() (*mcp.Completion, error) { return b.Complete(narrowed, "make_video", "avatar", "") },
		"no right":     func() (*mcp.Completion, error) { return barred.Complete(t.Context(), "make_video", "avatar", "") },
	} {
		if got, err := ask(); err != nil || got.Values == nil || len(got.Values) != 0 || got.HasMore || got.Total != 0 {
			t.Errorf("%s: got %v, %v, want no error, got.Values not nil, len(got.Values) %v, got.HasMore false and got.Total %v", name, got, err, 0, 0)
		}
	}
}

// manyVideos is a HeyGen with so many videos, a hundred a page, and every title of them fits.
func manyVideos(t *testing.T, videos int) (b *toolstest.Bench, asked *int) {
	t.Helper()
	asked = new(int)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked++
		from := 0
		_, _ = fmt.Sscan(r.URL.Query().Get("token"), &from)
		var items []string
		for i := from; i < min(from+100, videos); i++ {
			items = append(items, fmt.Sprintf(`{"id":"v%d","title":"Title %d."}`, i, i))
		}
		_, _ = fmt.Fprintf(w, `{"data":[%s],"has_more":%t,"next_token":"%d"}`, strings.Join(items, ","), from+100 < videos, from+100)
	}))
	t.Cleanup(srv.Close)
	return toolstest.NewAt(t, srv, "it says of videos what suggestions are made of, and no more"), asked
}

// TestCompleteIsBounded holds the protocol's hundred, what is said of the rest, and what one answer may ask.
func TestCompleteIsBounded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		videos        int
		typed         string
		values, total int
		more          bool
		asked         int
	}{
		{99, "", 99, 99, false, 1},
		{100, "title", 100, 100, false, 1},
		{101, "", 100, 0, true, 1},
		{250, "title 1", 100, 0, true, 2},   // 1, 10 to 19, and all of the second page
		{250, "title 240.", 1, 1, false, 3}, // on the last page
		{5000, "title 4999.", 0, 0, true, 3},
		{5000, "v299", 1, 0, true, 3},
	} {
		b, asked := manyVideos(t, c.videos)
		got, err := b.Complete(t.Context(), "translate_video", "video", c.typed)
		if err != nil || len(got.Values) != c.values || got.Total != c.total || got.HasMore != c.more || *asked != c.asked {
			t.Errorf("%d, %q: %d values, total %d, more %t, %d calls, %v", c.videos, c.typed, len(got.Values), got.Total, got.HasMore, *asked, err)
		}
	}
}
