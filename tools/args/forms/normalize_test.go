package forms_test

import (
	"reflect"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// TestCallbackScheme holds that a receiver's address gets the scheme that people leave out, and nothing else does.
func TestCallbackScheme(t *testing.T) {
	t.Parallel()
	type receiver struct {
		URL   *string `json:"callback_url" callback:"true" doc:"x"`
		Other *string `json:"page_url" doc:"x"`
	}
	p := inputs.SpecOf(reflect.TypeFor[receiver]())
	for given, want := range map[string]string{
		"Example.com/Hook": "https://example.com/Hook", "localhost/x": "localhost/x", "user@a.b/c": "user@a.b/c", "a b.c/d": "a b.c/d",
		"ftp://A.b/c": "ftp://A.b/c",
	} {
		got, fault := args.Check(p, map[string]any{"callback_url": given, "page_url": given}, "")
		if fault != nil || got["callback_url"] != want || got["page_url"] != given {
			t.Errorf("%s: got %v, %v; want %s, and the page as it was", given, got, fault, want)
		}
	}
}

// TestFilterForAnything holds that a word which lets everything through leaves an optional filter out, and
// that it is left alone where it is a choice or must be given.
func TestFilterForAnything(t *testing.T) {
	t.Parallel()
	type list struct {
		Gender *string `json:"gender" in:"query" enum:"male,female" doc:"x"`
		Style  *string `json:"style" in:"query" means:"casual,formal" doc:"x"`
		Scope  *string `json:"scope" in:"query" enum:"all,own" doc:"x"`
		Body   *string `json:"body_gender" enum:"male,female" doc:"x"`
		Lang   *string `json:"language" in:"query" lang:"english" doc:"x"`
		Must   *string `json:"must" in:"query" required:"true" enum:"male,female" doc:"x"`
	}
	p := inputs.SpecOf(reflect.TypeFor[list]())
	got, fault := args.Check(p, argstest.Object(t, `{"gender":"Any","style":"*","language":"all","scope":"all","must":"male"}`), "")
	if want := map[string]any{"scope": "all", "must": "male"}; fault != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v; want %v", got, fault, want)
	}
	if got, fault := args.Check(p, argstest.Object(t, `{"style":"Informal","must":"w"}`), ""); fault != nil || got["style"] != "Informal" || got["must"] != "female" {
		t.Errorf("got %v, %v; want a style as it was said", got, fault)
	}
	for _, given := range []string{`{"must":"any"}`, `{"must":"male","body_gender":"both"}`} {
		if got, fault := args.Check(p, argstest.Object(t, given), ""); fault == nil {
			t.Errorf("%s came to %v, want a refusal", given, got)
		}
	}
}

// TestNormalize holds what is folded, by what clients and models were seen to send.
func TestNormalize(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[argstest.Order]())
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
		got, fault := args.Check(p, argstest.Object(t, c.given), "")
		if fault != nil {
			t.Errorf("%s: %s was refused: %s", c.what, c.given, fault.Message)
			continue
		}
		if raw, err := jsonwrite.Marshal(got); err != nil || string(raw) != c.want {
			t.Errorf("%s: %s became %s, want %s (%v)", c.what, c.given, raw, c.want, err)
		}
	}
}

// TestNotFolded holds what has no one meaning and is refused.
func TestNotFolded(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[argstest.Order]())
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
		if got, fault := args.Check(p, argstest.Object(t, c.given), ""); fault == nil || fault.Param != c.param {
			t.Errorf("%s: %s came to %v, %+v; want a refusal of %s", c.what, c.given, got, fault, c.param)
		}
	}
}
