package args

import (
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// paged pages through a list and is searched by words; filtered is searched by none, and unfiltered is not narrowed
// either.
type paged struct {
	Title *string `json:"title" in:"query" doc:"x"`
	Limit *int    `json:"limit" in:"query" doc:"x"`
	Token *string `json:"token" in:"query" doc:"x"`
}

type filtered struct {
	Kind  *string `json:"kind" in:"query" doc:"x"`
	State *string `json:"state" in:"query" doc:"x"`
	Limit *int    `json:"limit" in:"query" doc:"x"`
	Token *string `json:"token" in:"query" doc:"x"`
}

type unfiltered struct {
	Limit  *int    `json:"limit" in:"query" doc:"x"`
	Token  *string `json:"token" in:"query" doc:"x"`
	Detail *string `json:"detail" in:"query" doc:"x"`
}

// suggested has what names of other APIs may mean.
type suggested struct {
	VideoID  string            `json:"video_id" in:"path" required:"true" doc:"x"`
	Voice    *string           `json:"voice_id" doc:"x"`
	Speed    *float64          `json:"speed" doc:"x"`
	Abc      *string           `json:"abcd" doc:"x"`
	Start    *float64          `json:"start_time" doc:"x"`
	End      *float64          `json:"end_time" doc:"x"`
	Source   *argstest.File    `json:"source" doc:"x"`
	Settings *suggestedSetting `json:"settings" doc:"x"`
	Scenes   []suggestedScene  `json:"scenes" doc:"x"`
	Kind     *argstest.Shape   `json:"shape" doc:"x"`
}

type suggestedSetting struct {
	Stability *float64            `json:"stability" doc:"x"`
	Locale    *string             `json:"locale" doc:"x"`
	Deeper    *suggestedSettingIn `json:"deeper" doc:"x"`
}

type suggestedSettingIn struct {
	Exact *bool `json:"exactness" doc:"x"`
}

type suggestedScene struct {
	Backdrop *string `json:"wallpaper" doc:"x"`
}

// TestSuggestions holds what is said of a name that is no argument.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	known := "video_id, voice_id, speed, abcd, start_time, end_time, source, settings, scenes, shape."
	for _, c := range []struct {
		of         any
		name, next string
	}{
		{suggested{}, "id", "Did you mean video_id? Known here: " + known},
		{suggested{}, "speaker", "Did you mean voice_id? Known here: " + known},
		{suggested{}, "sped", "Did you mean speed? Known here: " + known},
		{suggested{}, "pseed", "Did you mean speed? Known here: " + known},
		{suggested{}, "abc", "Did you mean abcd? Known here: " + known},
		{suggested{}, "ab", "Leave it out. Known here: " + known},
		{suggested{}, "vid", "Leave it out. Known here: " + known},
		{suggested{}, "xyzt", "Leave it out. Known here: " + known},
		{suggested{}, "times", "Did you mean start_time or end_time? Known here: " + known},
		{suggested{}, "start_time_offset", "Did you mean start_time? Known here: " + known},
		{suggested{}, "stability", "Did you mean settings.stability? Known here: " + known},
		{suggested{}, "language_code", "Did you mean settings.locale? Known here: " + known},
		{suggested{}, "exactness", "Did you mean settings.deeper.exactness? Known here: " + known},
		{suggested{}, "wallpaper", "Did you mean scenes[].wallpaper? Known here: " + known},
		{suggested{}, "the_radius", "Did you mean shape.the_radius? Known here: " + known},
		{suggested{}, "input_file", "Did you mean source? Known here: " + known},
		{suggested{}, "key", "Leave it out. Known here: " + known},
		{suggested{}, "__", "Leave it out. Known here: " + known},
		{suggested{}, "speed" + strings.Repeat("_", 59), "Did you mean speed? Known here: " + known},
		{suggested{}, strings.Repeat("speed", 13), "Leave it out. Known here: " + known},
		{paged{}, "q", "Did you mean title? Known here: title, limit, token."},
		{paged{}, "page_size", "Did you mean limit? Known here: title, limit, token."},
		{filtered{}, "search", "This list is not searched by words. It is narrowed by kind, state; read the rest page by page and choose."},
		{filtered{}, "id", "Leave it out. Known here: kind, state, limit, token."},
		{filtered{}, "zzzzzz", "Leave it out. Known here: kind, state, limit, token."},
		{unfiltered{}, "keyword", "This list is not searched by words. Nothing narrows it: read it page by page, with limit and token, and choose."},
		{argstest.Shape{}, "zzzzzz", "Leave it out. Known here: kind_of (circle, empty) and the members of that kind."},
		{argstest.Empty{}, "zzzzzz", "Leave it out: nothing is taken here."},
	} {
		f := unknown(inputs.SpecOf(reflect.TypeOf(c.of)), c.name, "at")
		if f.NextStep != c.next || f.Param != "at."+faults.Clip(c.name) || f.Message != faults.Clip(c.name)+" is not an argument." {
			t.Errorf("%T: %s: got %q, %q, want %q", c.of, c.name, f.Message, f.NextStep, c.next)
		}
		misspelt, one := strings.HasPrefix(c.next, "Did you mean"), !strings.Contains(c.next, " or ")
		if (f.rank == rankMisspelt) != misspelt || (f.meant != "") != (misspelt && one) {
			t.Errorf("%T: %s: got the rank %d and %q as meant", c.of, c.name, f.rank, f.meant)
		}
	}
}

// TestManyThatMayBeMeant holds that nothing is suggested where too much would be.
func TestManyThatMayBeMeant(t *testing.T) {
	t.Parallel()
	type four struct {
		A *string           `json:"aaaa_part" doc:"x"`
		B *string           `json:"bbbb_part" doc:"x"`
		C *string           `json:"cccc_part" doc:"x"`
		D *string           `json:"dddd_part" doc:"x"`
		E *suggestedSetting `json:"one_in" doc:"x"`
		F *suggestedSetting `json:"two_in" doc:"x"`
		G *suggestedSetting `json:"six_in" doc:"x"`
		H *argstest.File    `json:"one_of" doc:"x"`
		I *argstest.File    `json:"two_of" doc:"x"`
	}
	p := inputs.SpecOf(reflect.TypeFor[four]())
	for _, name := range []string{"part", "stability", "file"} {
		if got := suggest(p, name); len(got) > 0 {
			t.Errorf("%s may mean %v, want nothing", name, got)
		}
	}
	type two struct {
		A *suggestedSetting `json:"one_in" doc:"x"`
		B *suggestedSetting `json:"two_in" doc:"x"`
		C *string           `json:"aaaa_part" doc:"x"`
		D *string           `json:"bbbb_part" doc:"x"`
		E *string           `json:"cccc_part" doc:"x"`
	}
	p = inputs.SpecOf(reflect.TypeFor[two]())
	for name, want := range map[string]string{"stability": "one_in.stability two_in.stability", "part": "aaaa_part bbbb_part cccc_part"} {
		if got := strings.Join(suggest(p, name), " "); got != want {
			t.Errorf("%s may mean %q, want %q", name, got, want)
		}
	}
}
