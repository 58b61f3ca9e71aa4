package tools_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestEqualMembersOfBatches holds, for every list of things to make, that members which are equal
// in everything are sent once, and that the answer tells what became of each.
func TestEqualMembersOfBatches(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	video := b.VideoArgs(t)
	video = `{"type":"avatar",` + video[1:]
	other := strings.Replace(video, `{"type"`, `{"title":"Other","type"`, 1)
	dub := func(language string) string {
		return fmt.Sprintf(`{"video":"https://a.b/c.mp4","output_languages":[%q],"mode":"speed"}`, language)
	}
	lips := func(title string) string {
		return fmt.Sprintf(`{"video":"https://a.b/c.mp4","audio":"https://a.b/c.mp3","title":%q}`, title)
	}
	for _, c := range []struct{ tool, list, one, same, other string }{
		{"create_video_batch", "videos", video, video, other},
		{"create_video_translation_batch", "video_translations", dub("de"),
			`{"video":{"url":"https://a.b/c.mp4"},"outputLanguages":"Deutsch"}`, dub("fr")},
		{"create_lipsync_batch", "lipsyncs", lips("One"), lips("One"), lips("Two")},
	} {
		sent := fmt.Sprintf(`{%q:[%s,%s,%s,%s]}`, c.list, c.one, c.other, c.same, c.other)
		res := b.CallTool(t, c.tool, sent)
		note, _ := res["note"].(string)
		told := strings.ReplaceAll("LIST[2] equals LIST[0], LIST[3] equals LIST[1];", "LIST", c.list)
		if fmt.Sprint(res["made_as"]) != "[0 1 0 1]" || !strings.Contains(note, told) {
			t.Errorf("%s: got %v, want each member's place among two", c.tool, res)
			continue
		}
		get := strings.Replace(c.tool, "create_", "get_", 1)
		batch := b.CallTool(t, get, fmt.Sprintf(`{"batch_id":%q}`, res["batch_id"]))
		if items, _ := batch["items"].([]any); len(items) != 2 {
			t.Errorf("%s: got %v, want two items", c.tool, batch)
		}
		b.Pass(t, "900")
		plain := b.CallTool(t, c.tool, fmt.Sprintf(`{"title":"x",%q:[%s,%s]}`, c.list, c.one, c.other))
		if plain["made_as"] != nil || strings.Contains(fmt.Sprint(plain["note"]), "equals") {
			t.Errorf("%s: got %v, want no word about repeats where there are none", c.tool, plain)
		}
	}
	// A fault is told of the member as it was sent, behind one that is not made.
	bad := b.CallTool(t, "create_video_batch",
		fmt.Sprintf(`{"videos":[%s,%s,{"type":"avatar","avatar_id":"A"}]}`, video, video))
	if bad["param"] != "videos[2].script" {
		t.Errorf("got %v, want the fault at videos[2].script", bad)
	}
}

// TestBatchesMakeWhatIsEqualOnce holds that every list of things to make has the tag once. Files are
// announced and not made: two with the same name and size may be different ones. Equal sets of a template
// are known only once the template is read; their items are told the same video.
func TestBatchesMakeWhatIsEqualOnce(t *testing.T) {
	t.Parallel()
	found := 0
	for _, tool := range tools.Declared() {
		if !strings.HasPrefix(tool.Name, "create_") || !strings.HasSuffix(tool.Name, "_batch") {
			continue
		}
		for _, f := range tool.Input().Fields {
			if f.JSONType() != "array" || f.Nested == nil || f.Name == "files" || f.Name == "sets" {
				continue
			}
			if found++; !f.Once {
				t.Errorf("%s: %s lacks the tag once", tool.Name, f.Name)
			}
		}
	}
	if found < 4 {
		t.Errorf("found %d lists of things to make, want at least 4", found)
	}
}
