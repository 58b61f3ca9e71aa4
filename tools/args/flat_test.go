package args

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// TestPathsAsNames holds where the members go whose names are paths, and which stay as they came.
func TestPathsAsNames(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[argstest.Order]())
	longest := "video." + strings.Repeat("x", 122)
	for given, want := range map[string]string{
		`{"video.url":"u","video/asset_id":"a"}`:                `{"video":{"asset_id":"a","url":"u"}}`,
		`{"video[url]":"u","video[a][b]":"c"}`:                  `{"video":{"a[b]":"c","url":"u"}}`,
		`{"ids[1]":"b","ids[0]":"a","ids[2]":"c"}`:              `{"ids":["a","b","c"]}`,
		`{"ids.10":"b","ids.9":"a"}`:                            `{"ids":["a","b"]}`,
		`{"ids[]":["a","b"]}`:                                   `{"ids":["a","b"]}`,
		`{"ids[]":"a","ids[0]":"b"}`:                            `{"ids":{"":"a","0":"b"}}`,
		`{"ids.x":"a"}`:                                         `{"ids":{"x":"a"}}`,
		`{"files.1.url":"b","files[0][url]":"a","files.0.x":1}`: `{"files":[{"url":"a","x":1},{"url":"b"}]}`,
		`{"variables.aB_c.d":1}`:                                `{"variables":{"aB_c.d":1}}`,
		`{"Video .url":"u"}`:                                    `{"video":{"url":"u"}}`,
		`{"video.url":"u","video[url]":"v"}`:                    `{"video":{"url":"u"},"video[url]":"v"}`,
		`{"video.url":"u","video":{"url":"v"}}`:                 `{"video":{"url":"v"},"video.url":"u"}`,
		`{"video.url":"u","Video":{"url":"v"}}`:                 `{"Video":{"url":"v"},"video.url":"u"}`,
		`{"video.url":"u","video":" "}`:                         `{"video":{"url":"u"}}`,
		`{"video.url":"u","ids":"v"}`:                           `{"ids":"v","video":{"url":"u"}}`,
		`{"title.text":"x","unknown.text":"y","title":"z"}`:     `{"title":"z","title.text":"x","unknown.text":"y"}`,
		`{"` + longest + `":1}`:                                 `{"video":{"` + longest[6:] + `":1}}`,
		`{"` + longest + `x":1}`:                                `{"` + longest + `x":1}`,
	} {
		v := argstest.Object(t, given)
		unflatten(p, v)
		if got := argstest.Text(v); got != want {
			t.Errorf("%s became %s, want %s", given, got, want)
		}
	}
	for n, left := range map[int]int{mostFlat: 1, mostFlat + 1: mostFlat + 1} {
		many := map[string]any{}
		for i := range n {
			many[fmt.Sprintf("ids[%d]", i)] = "a"
		}
		if unflatten(p, many); len(many) != left {
			t.Errorf("%d paths left %d members, want %d", n, len(many), left)
		}
	}
}
