package prompts_test

import (
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// A prompt says which of its tools the model will not find where it was asked for.
func TestPromptsSayWhatIsOutOfReach(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for _, c := range []struct {
		sets            []string
		readOnly        bool
		prompt          string
		contains, lacks string
	}{
		{[]string{"core"}, false, "make_video", "", "offered"},
		{[]string{"all"}, false, "clone_voice", "", "offered"},
		{[]string{"core"}, false, "clone_voice", "Not offered at this URL: clone_voice. This server has them at /mcp/x/all", "create_speech,"},
		{[]string{"all"}, true, "make_video", "Not offered at this URL: create_video_from_avatar.", "list_voices,"},
	} {
		ctx, err := b.Choose(t.Context(), [][]string{c.sets}, nil, c.readOnly)
		if err != nil {
			t.Fatal(err)
		}
		filled := map[string]string{"topic": "x", "audio": "x", "name": "x"}
		got, err := b.Prompt(ctx, t, c.prompt, filled)
		_, got, _ = strings.Cut(got, "\n\nNot offered")
		got = strings.TrimSuffix("Not offered"+got, "Not offered")
		if err != nil || !strings.Contains(got, c.contains) || c.lacks != "" && strings.Contains(got, c.lacks) {
			t.Errorf("%v, %s: %q, %v", c.sets, c.prompt, got, err)
		}
	}
	narrow := b.With(t, func(c *tools.Config) { c.Toolsets = []string{"videos"} })
	if got, err := narrow.Prompt(t.Context(), t, "clone_voice", map[string]string{"audio": "x", "name": "x"}); err != nil || !strings.Contains(got, "This server does not offer: clone_voice, create_speech") {
		t.Errorf("got %q, %v, want no error and %q in it", got, err, "This server does not offer: clone_voice, create_speech")
	}
}
