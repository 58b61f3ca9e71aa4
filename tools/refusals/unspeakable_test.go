package refusals

import (
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/inputs"
)

// TestWhyUnspeakable holds which cause a text shows, and that a text at the bounds shows none.
func TestWhyUnspeakable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		ssml bool
		why  string
	}{
		{"Some words.", false, ""}, {"R&D < 1 <b", false, ""}, {"abc", false, "text is too short to be spoken."}, {"ab 12", false, ""},
		{"...", false, "text has no letter and no digit, so there is nothing to speak."}, {"", false, "text has no letter"}, {"a", false, "text is too short"},
		{"<b>ab</b>", true, "text is too short"}, {"<speak/>", true, "text has no letter"},
		{"Tom &amp; Ann &#38; &#x26; so on", true, ""}, {"Here R&D it is", true, `text has a bare & in "R&D", which SSML`},
		{"& so on it goes", true, `text has a bare & in "&",`}, {"it is <b>R&D</b> here", true, `in "R&D</b>"`},
		{"it is " + strings.Repeat("ä", 40) + "& so", true, `in "` + strings.Repeat("ä", 30) + `"`},
		{`Wait <break time="10s"/> here`, true, ""}, {`Wait <break time='10001ms'/> here`, true, `text has a break of "10001ms"; one lasts 10 s`},
		{`<break time="1s"/> here <break time="11s"/> you are`, true, `a break of "11s"`},
		{`Wait <break time="-1s"/> here`, true, `a break of "-1s"`}, {`Wait <break time="0s"/> here`, true, ""},
		{`Wait <break strength="weak" time = "long"/> here`, true, `a break of "long"`},
		{`Wait <break time="` + strings.Repeat("9", 21) + `s"/> here`, true, `a break of "` + strings.Repeat("9", 20) + `";`},
		{"Say <b>this here", true, "text is no well-formed SSML"}, {"1 < 2 is so", true, "text is no well-formed SSML"},
	} {
		why, step := whyUnspeakable("text", c.text, c.ssml)
		if !strings.HasPrefix(why, c.why) && !strings.Contains(why, c.why) || (why == "") != (c.why == "") || (step == "") != (why == "") {
			t.Errorf("%q: got %q, %q; want %q", c.text, why, step, c.why)
		}
	}
}

// TestUnspeakableText holds which argument is told of, and when the text is looked at.
func TestUnspeakableText(t *testing.T) {
	t.Parallel()
	type scene struct {
		Text *string `json:"text" doc:"x"`
	}
	type input struct {
		Script *string `json:"script" doc:"x"`
		Title  *string `json:"title" doc:"x"`
		Scenes []scene `json:"scenes" doc:"x"`
	}
	spec := inputs.SpecOf(reflect.TypeFor[input]())
	type given = map[string]any
	for name, c := range map[string]struct {
		code, param string
		given       given
		at, says    string
	}{
		"the text that HeyGen names":   {codeUnspeakable, "scenes.1.text", given{"script": "Some words.", "scenes": []any{given{}, given{"text": "…"}}}, "scenes[1].text", "Send words"},
		"another argument than a text": {codeUnspeakable, "title", given{"script": "…", "title": "x"}, "script", "Send words"},
		"one that it does not name":    {codeTooShort, "", given{"script": "ab"}, "script", "Send a longer text"},
		"SSML by its markup":           {codeUnspeakable, "", given{"script": "<speak>R&D"}, "script", "Write &amp;"},
		"SSML by a break":              {codeUnspeakable, "", given{"script": `R&D <break time="1s"/>`}, "script", "Write &amp;"},
		"SSML by its type":             {codeUnspeakable, "", given{"script": "R&D", "input_type": "ssml"}, "script", "Write &amp;"},
		"a text with nothing wrong":    {codeUnspeakable, "", given{"script": "Some words & signs."}, "script", "Nothing is plainly wrong with script."},
		"no text":                      {codeUnspeakable, "", given{"title": "x"}, "", ""},
		"another code":                 {"of_tomorrow", "", given{"script": "…"}, "", ""},
	} {
		r := &Refusal{Param: c.param}
		r.unspeakable(&heygen.Error{Code: c.code}, Attempt{Input: spec, Given: c.given})
		if at := c.at; at != "" && r.Param != at || !strings.Contains(r.NextStep, c.says) || c.says == "" && r.NextStep != "" {
			t.Errorf("%s: got %q, %q; want %q, %q", name, r.Param, r.NextStep, c.at, c.says)
		}
	}
	r := new(Refusal)
	if r.unspeakable(&heygen.Error{Code: codeTooShort}, Attempt{Given: given{"content": "ab"}}); r.Param != "content" {
		t.Errorf("got %+v of a tool whose arguments are not known, want the text there is", r)
	}
}
