package args

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// file is a struct with a discriminator that follows from the other members.
type file struct {
	Type    string  `json:"type" required:"true" enum:"url,asset_id" doc:"Kind."`
	URL     *string `json:"url" doc:"URL."`
	AssetID *string `json:"asset_id" doc:"Asset."`
}

// motor has one obvious member.
type motor struct {
	Type string  `json:"type" required:"true" enum:"avatar_iii,avatar_iv,avatar_v" doc:"Engine."`
	Look *string `json:"look_id" doc:"Look."`
}

// labels may be given as true.
type labels struct {
	Style *string `json:"style" enum:"default" doc:"Style."`
}

func (labels) FromTrue() map[string]any { return map[string]any{"style": "default"} }

// order has a field of each kind.
type order struct {
	Title    *string        `json:"title" doc:"Title."`
	Script   *string        `json:"script" len:"1-100" doc:"Script."`
	VoiceID  *string        `json:"voice_id" doc:"Voice."`
	FolderID *string        `json:"folder_id" empty:"true" doc:"Folder."`
	Ratio    *string        `json:"aspect_ratio" enum:"16:9,9:16,1:1,auto" default:"auto" doc:"Ratio."`
	Height   *string        `json:"resolution" enum:"720p,1080p,4k" doc:"Height."`
	Format   *string        `json:"output_format" enum:"mp4,webm" doc:"Format."`
	Gender   *string        `json:"gender" enum:"male,female" doc:"Gender."`
	Fast     *bool          `json:"fast" doc:"Fast."`
	Speed    *float64       `json:"speed" min:"0.5" max:"2" doc:"Speed."`
	Count    *int           `json:"count" min:"0" doc:"Count."`
	IDs      []string       `json:"ids" doc:"Ids."`
	Terms    []string       `json:"terms" empty:"true" doc:"Terms."`
	Video    *file          `json:"video" doc:"Video."`
	Files    []file         `json:"files" doc:"Files."`
	Engine   *motor         `json:"engine" doc:"Engine."`
	Caption  *labels        `json:"caption" doc:"Caption."`
	Free     map[string]any `json:"variables" doc:"Variables."`
	Pairs    []spokenAs     `json:"pairs" doc:"Pairs."`
}

// spokenAs is a name and what it stands for.
type spokenAs struct {
	Word   string `json:"word" required:"true" doc:"Word."`
	Spoken string `json:"spoken" required:"true" doc:"Spoken."`
}

// TestNormalize holds what is folded, by what clients and models were seen to send.
func TestNormalize(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[order]())
	for _, c := range []struct{ what, given, want string }{
		{"an object as text", `{"engine":"{\"type\":\"avatar_iii\"}"}`, `{"engine":{"type":"avatar_iii"}}`},
		{"a member of a list as text", `{"files":["{\"type\":\"url\",\"url\":\"https://a.b\"}"]}`, `{"files":[{"type":"url","url":"https://a.b/"}]}`},
		{"a list as text", `{"files":"[{\"url\":\"https://a.b\"}]","ids":"[\"a\",\"b\"]"}`, `{"files":[{"type":"url","url":"https://a.b/"}],"ids":["a","b"]}`},
		{"one member for a list, as text", `{"files":"{\"asset_id\":\"x\"}","ids":"a"}`, `{"files":[{"asset_id":"x","type":"asset_id"}],"ids":["a"]}`},
		{"a free map as text", `{"variables":"{\"aB_c\":1}"}`, `{"variables":{"aB_c":1}}`},
		{"blanks for what may be left out", `{"voice_id":"","script":"  ","engine":{},"ids":[],"files":"","video":"","speed":"","fast":"","count":"","aspect_ratio":"","variables":{},"caption":[]}`, `{}`},
		{"blanks that mean something", `{"folder_id":"","terms":[],"title":""}`, `{"folder_id":"","terms":[],"title":""}`},
		{"blanks in a list of texts", `{"ids":["a","",null," "]}`, `{"ids":["a"]}`},
		{"numbers for texts", `{"title":2026,"voice_id":7,"ids":[1,2]}`, `{"ids":["1","2"],"title":"2026","voice_id":"7"}`},
		{"one number for a list", `{"ids":12}`, `{"ids":["12"]}`},
		{"words for booleans", `{"fast":"True"}`, `{"fast":true}`},
		{"a number for a boolean", `{"fast":1}`, `{"fast":true}`},
		{"a word for no", `{"fast":" off "}`, `{"fast":false}`},
		{"texts for numbers", `{"speed":" 1.50 ","count":"4e1"}`, `{"count":40,"speed":1.5}`},
		{"a ratio with x", `{"aspect_ratio":"9x16"}`, `{"aspect_ratio":"9:16"}`},
		{"a ratio by its orientation", `{"aspect_ratio":"Portrait"}`, `{"aspect_ratio":"9:16"}`},
		{"a height as a number", `{"resolution":1080}`, `{"resolution":"1080p"}`},
		{"a height by its name", `{"resolution":"Full HD"}`, `{"resolution":"1080p"}`},
		{"a height as a size", `{"resolution":"1920x1080"}`, `{"resolution":"1080p"}`},
		{"a format in capitals", `{"output_format":".WEBM"}`, `{"output_format":"webm"}`},
		{"a gender by another word", `{"gender":"Woman"}`, `{"gender":"female"}`},
		{"a bare word for an object", `{"engine":"avatar_iv"}`, `{"engine":{"type":"avatar_iv"}}`},
		{"a bare word in another form", `{"engine":" Avatar IV"}`, `{"engine":{"type":"avatar_iv"}}`},
		{"true for an object", `{"caption":true}`, `{"caption":{"style":"default"}}`},
		{"the word true for an object", `{"caption":"Yes"}`, `{"caption":{"style":"default"}}`},
		{"false for an object", `{"caption":false}`, `{}`},
		{"a type that follows", `{"video":{"url":"https://a.b"}}`, `{"video":{"type":"url","url":"https://a.b/"}}`},
		{"a type that follows, among blanks", `{"video":{"type":"","url":"","assetId":"x"}}`, `{"video":{"asset_id":"x","type":"asset_id"}}`},
		{"what is invisible", "{\"voice_id\":\"\\ufeff\\u00a0v1\\u200b\\t\"}", `{"voice_id":"v1"}`},
		{"quotes", `{"voice_id":"\"v1\"","ids":["'a'","“b”"]}`, `{"ids":["a","b"],"voice_id":"v1"}`},
		{"brackets around a URL", `{"video":{"url":"<https://a.b/c>"}}`, `{"video":{"type":"url","url":"https://a.b/c"}}`},
		{"quotes in a text that is read", `{"script":" \"Hi\" "}`, `{"script":" \"Hi\" "}`},
		{"names in other spellings", `{"VoiceId":"v","ASPECT-RATIO":"auto","Output Format":"mp4"}`, `{"aspect_ratio":"auto","output_format":"mp4","voice_id":"v"}`},
		{"two spellings of one value", `{"voiceId":"v","voice_id":"v"}`, `{"voice_id":"v"}`},
		{"words for nothing", `{"voice_id":"None","aspect_ratio":"null","fast":"N/A","speed":"NaN","count":"undefined","ids":"null","engine":"null","video":"undefined","caption":"none","resolution":"default"}`, `{}`},
		{"words for a choice of HeyGen's own", `{"resolution":"auto","engine":"Default","voice_id":"default","gender":"<nil>"}`, `{}`},
		{"words for nothing in texts that are read", `{"title":"None","script":"null"}`, `{"script":"null","title":"None"}`},
		{"a word for nothing that is a choice", `{"aspect_ratio":"Auto"}`, `{"aspect_ratio":"auto"}`},
		{"words for nothing in a list", `{"ids":["a","null","undefined"]}`, `{"ids":["a"]}`},
		{"a list that may be empty", `{"terms":"none"}`, `{"terms":["none"]}`},
		{"other words for booleans", `{"fast":"Enabled"}`, `{"fast":true}`},
		{"a number with a point for a boolean", `{"fast":1.0}`, `{"fast":true}`},
		{"a boolean in Spanish", `{"fast":"Sí"}`, `{"fast":true}`},
		{"wide digits", `{"count":"１０","speed":"１．５","resolution":"１０８０ｐ","aspect_ratio":"１６：９"}`, `{"aspect_ratio":"16:9","count":10,"resolution":"1080p","speed":1.5}`},
		{"digits with a sign and with zeros", `{"count":"+05"}`, `{"count":5}`},
		{"a size as an object", `{"aspect_ratio":{"width":1080,"height":1920},"resolution":{"width":1080,"height":1920}}`, `{"aspect_ratio":"9:16","resolution":"1080p"}`},
		{"a ratio as a list", `{"aspect_ratio":[16,9]}`, `{"aspect_ratio":"16:9"}`},
		{"a choice in a phrase", `{"engine":"HeyGen Avatar IV","aspect_ratio":"Portrait (9:16)"}`, `{"aspect_ratio":"9:16","engine":{"type":"avatar_iv"}}`},
		{"a choice by its number", `{"engine":4}`, `{"engine":{"type":"avatar_iv"}}`},
		{"a choice under another name", `{"engine":{"name":"avatar_iv"}}`, `{"engine":{"type":"avatar_iv"}}`},
		{"an object that is switched on", `{"caption":{"enabled":"true"}}`, `{"caption":{"style":"default"}}`},
		{"an object that is switched on, with more", `{"caption":{"enabled":true,"style":"default"}}`, `{"caption":{"style":"default"}}`},
		{"an object that is switched off", `{"caption":{"enabled":false,"style":"default"}}`, `{}`},
		{"ids parted by blanks", `{"ids":"c346b5746b7a0d99 b2ea7735154e7def;e32532bfb89e2c80\ncca74b92e8162f67"}`, `{"ids":["c346b5746b7a0d99","b2ea7735154e7def","e32532bfb89e2c80","cca74b92e8162f67"]}`},
		{"a list in a wrapper", `{"ids":{"items":["a","b"]},"files":{"file":[{"url":"https://a.b"}]}}`, `{"files":[{"type":"url","url":"https://a.b/"}],"ids":["a","b"]}`},
		{"a list in a list", `{"ids":[["a","b"],"c"]}`, `{"ids":["a","b","c"]}`},
		{"names with yes and no", `{"ids":{"a":true,"b":false,"c":true}}`, `{"ids":["a","c"]}`},
		{"an id with its name", `{"voice_id":{"id":"v","name":"Mia"},"ids":[{"id":"a","title":"A"}]}`, `{"ids":["a"],"voice_id":"v"}`},
		{"pairs as an object", `{"pairs":{"HeyGen":"hey-jen","SQL":"sequel"}}`, `{"pairs":[{"spoken":"hey-jen","word":"HeyGen"},{"spoken":"sequel","word":"SQL"}]}`},
		{"pairs as lists", `{"pairs":[["SQL","sequel"]]}`, `{"pairs":[{"spoken":"sequel","word":"SQL"}]}`},
		{"names that are paths", `{"video.url":"https://a.b","ids[0]":"a","ids[1]":"b","files.0.url":"https://a.b","files.1.asset_id":"x","variables.aB_c":1}`, `{"files":[{"type":"url","url":"https://a.b/"},{"asset_id":"x","type":"asset_id"}],"ids":["a","b"],"variables":{"aB_c":1},"video":{"type":"url","url":"https://a.b/"}}`},
		{"names in brackets", `{"video[url]":"https://a.b","ids[]":["a","b"],"engine[type]":"avatar_iv"}`, `{"engine":{"type":"avatar_iv"},"ids":["a","b"],"video":{"type":"url","url":"https://a.b/"}}`},
		{"names with marks around", `{"\"title\"":"x","\ufeffvoice_id*":"v","$count":1}`, `{"count":1,"title":"x","voice_id":"v"}`},
		{"names that clients add", `{"toolCallId":"call_1","sessionId":"s","chatInput":"hi","action":"sendMessage","tool":{"name":"x"}}`, `{}`},
	} {
		got, fault := p.Check(object(t, c.given), "")
		if fault != nil {
			t.Errorf("%s: %s was refused: %s", c.what, c.given, fault.Message)
			continue
		}
		if raw, err := Encode(got); err != nil || string(raw) != c.want {
			t.Errorf("%s: %s became %s, want %s (%v)", c.what, c.given, raw, c.want, err)
		}
	}
}

// TestNotFolded holds what has no one meaning and is refused.
func TestNotFolded(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[order]())
	for _, c := range []struct{ what, given, param string }{
		{"a word that is no choice", `{"aspect_ratio":"3:2"}`, "aspect_ratio"},
		{"an object that is no JSON", `{"engine":"{type: avatar_iii}"}`, "engine.type"},
		{"a number that is none", `{"speed":"fast"}`, "speed"},
		{"a type that does not follow", `{"video":{"url":"https://a.b","asset_id":"x"}}`, "video.type"},
		{"two values under two spellings", `{"voiceId":"v","voice_id":"w"}`, "voice_id"},
		{"true where it means nothing", `{"engine":true}`, "engine"},
		{"a path into what is given as a whole", `{"video":{"url":"https://a.b"},"video.type":"asset_id"}`, "video.type"},
		{"a path into a text", `{"title.text":"x"}`, "title.text"},
		{"a word for nothing where something is due", `{"pairs":[{"word":"x","spoken":null}]}`, "pairs[0].spoken"},
		{"a choice that is taken back", `{"aspect_ratio":"not portrait"}`, "aspect_ratio"},
		{"one of two choices", `{"aspect_ratio":"portrait or square"}`, "aspect_ratio"},
		{"a pair with a misspelt name", `{"pairs":[{"word":"x","spokn":"y"}]}`, "pairs[0].spokn"},
		{"a text for an object without an obvious member", `{"video":"x"}`, "video.type"},
	} {
		if got, fault := p.Check(object(t, c.given), ""); fault == nil || fault.Param != c.param {
			t.Errorf("%s: %s came to %v, %+v; want a refusal of %s", c.what, c.given, got, fault, c.param)
		}
	}
}

// TestAllMistakes holds that one refusal names all that is wrong, what is quickest to mend first.
func TestAllMistakes(t *testing.T) {
	t.Parallel()
	type required struct {
		order
		Name string `json:"name" required:"true" doc:"Name."`
	}
	p := SpecOf(reflect.TypeFor[required]())
	var in required
	_, fault := p.Bind(json.RawMessage(`{"speed":9,"gendre":"male","zzzzzz":1,"files":[{"type":"nothing"},{"url":""}]}`), &in)
	if fault == nil {
		t.Fatal("nothing was refused")
	}
	last := -1
	for _, part := range []string{"gendre is not", "speed must be", "files[0].type must be", "files[1].type and name are required", "zzzzzz"} {
		at := strings.Index(fault.Message, part)
		if at <= last {
			t.Errorf("%q is missing from %q, or out of order", part, fault.Message)
		}
		last = at
	}
	if fault.Param != "gendre" || !strings.Contains(fault.NextStep, "speed: ") {
		t.Errorf("got %+v", fault)
	}
	_, fault = p.Bind(json.RawMessage(`{"name":"x","gendre":"male","titel":"x"}`), &in)
	if fault == nil || strings.Count(fault.NextStep, "Known here") != 1 || !strings.Contains(fault.NextStep, "Did you mean title?") {
		t.Errorf("the arguments there are should be told once: %+v", fault)
	}
	_, fault = p.Bind(json.RawMessage(`{"aaaaaa":1,"bbbbbb":1,"gendre":1,"titel":1,"voiec_id":1,"spede":1,"aspect_ratoi":1,"engien":1}`), &in)
	if fault == nil || !strings.Contains(fault.Message, "name is required") || !strings.Contains(fault.Message, "There is more: 3 further") {
		t.Errorf("many names that are misspelt hide what is missing: %+v", fault)
	}
	_, fault = p.Bind(json.RawMessage(`{"naem":"x"}`), &in)
	if fault == nil || strings.Contains(fault.Message, "required") || !strings.Contains(fault.NextStep, "Did you mean name?") {
		t.Errorf("an argument under a misspelt name is told missing too: %+v", fault)
	}
}

// TestWholeArgumentsAsText holds the calls whose arguments are the text of an object, or a list without
// members for none.
func TestWholeArgumentsAsText(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[order]())
	for _, raw := range []string{`"{\"title\":\"x\"}"`, ` {"title":"x"}`} {
		var in order
		bound, fault := p.Bind(ObjectText(json.RawMessage(raw)), &in)
		if fault != nil || bound.Canonical["title"] != "x" || in.Title == nil || *in.Title != "x" {
			t.Errorf("%s: got %+v, %v", raw, bound, fault)
		}
	}
	for _, raw := range []string{`""`, `" "`, `[]`, `null`, ``} {
		var in order
		if bound, fault := p.Bind(ObjectText(json.RawMessage(raw)), &in); fault != nil || len(bound.Canonical) != 0 {
			t.Errorf("%q: got %+v, %v", raw, bound, fault)
		}
	}
}

func object(t *testing.T, raw string) map[string]any {
	t.Helper()
	v, err := Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}
