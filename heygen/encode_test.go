package heygen

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

type paging struct {
	Limit *int    `json:"limit,omitempty" in:"query"`
	Token *string `json:"token" in:"query"`
}

type voiceSettings struct {
	Speed  *float64 `json:"speed,omitempty"`
	Volume *float64 `json:"volume,omitempty"`
	Tags   []string `json:"tags,omitempty"`
}

type input struct {
	VideoID string `json:"video_id" in:"path"`
	paging
	IDs       []string        `json:"ids" in:"query"`
	Concise   bool            `json:"concise" in:"-"`
	Hidden    string          `json:"-"`
	Script    string          `json:"script"`
	Seed      *int64          `json:"seed,omitempty"`
	Caption   *bool           `json:"caption,omitempty"`
	Folder    *string         `json:"folder_id,omitempty"`
	Voice     *voiceSettings  `json:"voice_settings,omitempty"`
	Variables map[string]any  `json:"variables,omitempty"`
	Engine    json.RawMessage `json:"engine,omitempty"`
	Scenes    []voiceSettings `json:"scenes,omitempty"`
	When      *time.Time      `json:"when,omitempty"`
	Any       any             `json:"any,omitempty"`
	Plain     int             `json:"plain,omitempty"`
}

func TestEncode(t *testing.T) {
	t.Parallel()
	put := Op{Method: "PUT", Path: "/v3/videos/{video_id}/x"}
	for _, tc := range []struct {
		name      string
		op        Op
		in        any
		uri, body string
	}{
		{"only what must be", put, &input{VideoID: "v"}, "/v3/videos/v/x", `{"script":""}`},
		{
			"zero values survive", put,
			&input{
				VideoID: "v", paging: paging{new(0), new("")}, IDs: []string{}, Seed: new(int64(0)), Caption: new(false), Folder: new(""),
				Voice: &voiceSettings{Volume: new(0.0), Tags: []string{}}, Variables: map[string]any{}, Engine: json.RawMessage("null"),
				Scenes: []voiceSettings{}, Any: 0,
			},
			"/v3/videos/v/x?ids=&limit=0&token=",
			`{"script":"","seed":0,"caption":false,"folder_id":"","voice_settings":{"volume":0,"tags":[]},"variables":{},"engine":null,"scenes":[],"any":0}`,
		},
		{
			"values stay as given", put,
			&input{
				VideoID: "a b?c#d%2e", paging: paging{Token: new("a+b&c=")}, IDs: []string{"1", "2"}, Script: "<b> & \u2028",
				Seed: new(int64(9007199254740993)), Hidden: "h", Concise: true,
				Variables: map[string]any{"myVar": json.Number("0.10"), "a_b": []any{nil, json.RawMessage(`1.50`)}},
				Engine:    json.RawMessage(`{"type": "avatar_v", "n": 12345678901234567890}`),
				Scenes:    []voiceSettings{{}, {Speed: new(1.5)}},
				When:      new(time.Unix(0, 0).UTC()),
			},
			"/v3/videos/a%20b%3Fc%23d%252e/x?ids=1%2C2&token=a%2Bb%26c%3D",
			`{"script":"<b> & \u2028","seed":9007199254740993,"variables":{"a_b":[null,1.50],"myVar":0.10},` +
				`"engine":{"type": "avatar_v", "n": 12345678901234567890},"scenes":[{},{"speed":1.5}],"when":"1970-01-01T00:00:00Z"}`,
		},
		{"variant", Op{Method: "POST", Path: "/v3/videos", Variant: "avatar"}, &scripted{"s"}, "/v3/videos", `{"type":"avatar","script":"s"}`},
		{"variant alone", Op{Method: "POST", Path: "/v3/videos", Variant: "avatar"}, nil, "/v3/videos", `{"type":"avatar"}`},
		{
			"variant and model",
			Op{Method: "POST", Path: "/v3/x", Variant: "v", VariantIn: "mode", Model: "m-1"},
			&scripted{"s"},
			"/v3/x", `{"model":"m-1","mode":"v","script":"s"}`,
		},
		{"no body", Op{Method: "POST", Path: "/v3/x/rotate"}, nil, "/v3/x/rotate", ""},
		{"nothing of the body", Op{Method: "PATCH", Path: "/v3/x"}, &voiceSettings{}, "/v3/x", "{}"},
		{"nil pointer", Op{Method: "GET", Path: "/v3/x"}, (*paging)(nil), "/v3/x", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, answer(200, `{"data":{}}`))
			if _, err := f.client(t).Do(t.Context(), tc.op, tc.in, ""); err != nil {
				t.Fatal(err)
			}
			got := f.got()[0]
			if got.uri != tc.uri || got.body != tc.body {
				t.Errorf("got  %s %s\nwant %s %s", got.uri, got.body, tc.uri, tc.body)
			}
		})
	}
}

// TestEveryEmbeddedStructIsSent holds that no embedded struct hides the ones after it, in the input or in a struct
// inside it, and that a mistake in any of them is told.
func TestEveryEmbeddedStructIsSent(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	type both struct {
		scripted
		voiceSettings
	}
	in := &struct {
		both
		paging
		Voice both `json:"voice"`
	}{both{scripted{"s"}, voiceSettings{Speed: new(1.5)}}, paging{Limit: new(3)}, both{scripted{"t"}, voiceSettings{Volume: new(0.5)}}}
	if _, err := f.client(t).Do(t.Context(), Op{Method: "POST", Path: "/v3/x"}, in, ""); err != nil {
		t.Fatal(err)
	}
	const uri, body = "/v3/x?limit=3", `{"voice":{"script":"t","volume":0.5},"script":"s","speed":1.5}`
	if got := f.got()[0]; got.uri != uri || got.body != body {
		t.Errorf("got  %s %s\nwant %s %s", got.uri, got.body, uri, body)
	}
	type elsewhere struct {
		Where string `json:"where" in:"cookie"`
	}
	mistaken := &struct {
		elsewhere
		paging
	}{}
	if err := second(f.client(t).Do(t.Context(), Op{Method: "POST", Path: "/v3/x"}, mistaken, "")); err == nil || len(f.got()) != 1 {
		t.Errorf("got %v and %d calls, want an error and no second call", err, len(f.got()))
	}
}

func TestBasePathStays(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	c := f.client(t, func(c *Config) { c.BaseURL += "/proxy/" })
	if _, err := c.Do(t.Context(), Op{Method: "GET", Path: "/v3/x"}, nil, ""); err != nil {
		t.Fatal(err)
	}
	if uri := f.got()[0].uri; uri != "/proxy/v3/x" {
		t.Error(uri)
	}
}

// An id that a proxy or a server could read as a change of path would turn a
// harmless tool into any other operation.
func TestPathRefusals(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	for _, id := range []string{"", ".", "..", "a/b", "../users/me", `a\b`, "a\x00b", "a\nb"} {
		_, err := f.client(t).Do(t.Context(), Op{Method: "PUT", Path: "/v3/videos/{video_id}"}, &input{VideoID: id}, "")
		if e := asError(t, err); e.Code != "invalid_parameter" || e.Param != "video_id" || e.Status != 0 || e.Retryable || e.Unclear {
			t.Errorf("%q: got %+v", id, e)
		}
	}
	_, err := f.client(t).Do(t.Context(), Op{Method: "GET", Path: "/v3/videos/{video_id}"}, nil, "")
	if e := asError(t, err); e.Param != "video_id" {
		t.Errorf("got %+v", e)
	}
	if n := len(f.got()); n != 0 {
		t.Errorf("%d calls", n)
	}
}

// v3 reads the body of a call that takes nothing, and refuses one that is not there.
func TestAnEmptyObject(t *testing.T) {
	t.Parallel()
	for body, op := range map[string]Op{"": {Method: "POST", Path: "/v3/x"}, "{}": {Method: "POST", Path: "/v3/x", Object: true}} {
		f := newFake(t, answer(200, `{"data":{}}`))
		if _, err := f.client(t).Do(t.Context(), op, nil, ""); err != nil {
			t.Fatal(err)
		}
		if got := string(f.got()[0].body); got != body {
			t.Errorf("%+v sent %q", op, got)
		}
	}
}

// A mistake in a declaration is no refusal: no argument can mend it.
func TestDeclarationMistakes(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	for name, tc := range map[string]struct {
		op Op
		in any
	}{
		"brace":       {Op{Method: "GET", Path: "/v3/{x"}, nil},
		"body of get": {Op{Method: "GET", Path: "/v3/x"}, &scripted{}},
		"two types": {Op{Method: "POST", Path: "/v3/x", Variant: "a"}, &struct {
			Type string `json:"type"`
		}{"b"}},
		"two modes": {Op{Method: "POST", Path: "/v3/x", Variant: "a", VariantIn: "mode"}, &struct {
			Mode *string `json:"mode"`
		}{}},
		"two models": {Op{Method: "POST", Path: "/v3/x", Model: "a"}, &struct {
			Model *string `json:"model"`
		}{}},
		"no place": {Op{Method: "GET", Path: "/v3/x"}, &struct {
			A string `json:"a" in:"path"`
		}{"b"}},
		"header": {Op{Method: "GET", Path: "/v3/x"}, &struct {
			A string `json:"x-api-key" in:"header"`
		}{"b"}},
		"unknown place": {Op{Method: "GET", Path: "/v3/x"}, &struct {
			A string `json:"a" in:"cookie"`
		}{"b"}},
		"struct in query": {Op{Method: "GET", Path: "/v3/x"}, &struct {
			A voiceSettings `json:"a" in:"query"`
		}{}},
		"not a struct": {Op{Method: "GET", Path: "/v3/x"}, "x"},
		"numbered map": {Op{Method: "POST", Path: "/v3/x"}, &struct {
			A map[int]int `json:"a"`
		}{map[int]int{1: 1}}},
	} {
		_, err := f.client(t).Do(t.Context(), tc.op, tc.in, "")
		if e := (*Error)(nil); err == nil || errors.As(err, &e) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if n := len(f.got()); n != 0 {
		t.Errorf("%d calls", n)
	}
}

func TestBrokenRawJSON(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	in := &input{VideoID: "v", Engine: json.RawMessage(`{"a":1},"b":2`)}
	_, err := f.client(t).Do(t.Context(), Op{Method: "PUT", Path: "/v3/videos/{video_id}"}, in, "")
	if e := asError(t, err); e.Param != "engine" || !strings.Contains(e.Message, "JSON") {
		t.Errorf("got %+v", e)
	}
}

func TestQueryScalars(t *testing.T) {
	t.Parallel()
	f := newFake(t, answer(200, `{"data":{}}`))
	in := &struct {
		A float64         `json:"a" in:"query"`
		B json.RawMessage `json:"b" in:"query"`
		C json.RawMessage `json:"c" in:"query"`
		D *bool           `json:"d" in:"query"`
		E []uint8         `json:"e" in:"query"`
		F time.Time       `json:"f" in:"query"`
		G json.Number     `json:"g" in:"query"`
		H *string         `json:"h" in:"query"`
	}{1e21, json.RawMessage(`"x y"`), json.RawMessage(`12345678901234567890`), new(false), []uint8{1, 2}, time.Unix(0, 0).UTC(), "0.10", nil}
	if _, err := f.client(t).Do(t.Context(), Op{Method: "GET", Path: "/v3/x"}, in, ""); err != nil {
		t.Fatal(err)
	}
	want := "/v3/x?a=1000000000000000000000&b=x+y&c=12345678901234567890&d=false&e=1%2C2&f=1970-01-01T00%3A00%3A00Z&g=0.10"
	if uri := f.got()[0].uri; uri != want {
		t.Errorf("got  %s\nwant %s", uri, want)
	}
}

// Inside a value there is no leaving out: nil is null, and bytes are what encoding/json makes of them.
func TestNilAndBytesInside(t *testing.T) {
	t.Parallel()
	msg, err := encode(Op{Method: "POST", Path: "/v3/x"}, &struct {
		Free map[string]any `json:"free"`
		Data []byte         `json:"data"`
	}{map[string]any{"list": []string(nil), "pair": [2]int{1, 2}, "map": map[string]int(nil), "bytes": []byte("hi"), "empty": []string{}}, []byte{0xff}})
	want := `{"free":{"bytes":"aGk=","empty":[],"list":null,"map":null,"pair":[1,2]},"data":"/w=="}`
	if err != nil || string(msg.body) != want {
		t.Errorf("got %s, %v, want %s", msg.body, err, want)
	}
}
