package edge_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

// packed is a text as gzip has it.
func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestContent holds what a client may say of a body, and that it is told in words what it may not:
// types and charsets as HTTP libraries and people write them, and encodings that are read or named
// (RFC 9110 15.5.16: a 415 for the encoding says so in Accept-Encoding).
func TestContent(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	call := edgetest.Call(7, "echo", `{"text":"Grüße 👋"}`, "")
	const echoed = `echo:{\"text\":\"Grüße 👋\"}`
	for _, c := range []struct {
		name, kind, coding, body string
		status                   int
		want                     string
	}{
		{"as it should be", "application/json", "", call, 200, echoed},
		{"with a charset", "application/json; charset=utf-8", "", call, 200, echoed},
		{"of .NET", `application/json; charset="UTF-8"`, "", call, 200, echoed},
		{"of Python and PHP", "Application/JSON;charset=utf8", "", call, 200, echoed},
		{"ASCII, which is part of UTF-8", "application/json; charset=us-ascii", "", edgetest.Call(7, "echo", `{}`, ""), 200, "echo:{}"},
		{"a parameter that means nothing", "application/json; odata=verbose", "", call, 200, echoed},
		{"no type", "", "", call, 415, "this request has no Content-Type"},
		{"text", "text/plain", "", call, 415, "application/json; this request has text/plain"},
		{"curl -d", "application/x-www-form-urlencoded", "", call, 415, "this request has application/x-www-form-urlencoded"},
		{"what cannot be read", "application/json; charset", "", call, 415, "cannot be read"},
		{"Latin-1", "application/json; charset=ISO-8859-1", "", call, 415, "the charset iso-8859-1 is not taken: JSON is sent in UTF-8"},
		{"UTF-16", "application/json; charset=utf-16", "", call, 415, "the charset utf-16 is not taken"},

		{"a byte order mark", "application/json", "", "\xef\xbb\xbf" + call, 200, echoed},
		{"a mark before a long message", "application/json", "", "\xef\xbb\xbf" + edgetest.Call(7, "echo", `{"text":"`+strings.Repeat("a", 20_000)+`"}`, ""), 200, `aaaa\"}"`},
		{"two marks", "application/json", "", "\xef\xbb\xbf\xef\xbb\xbf" + call, 400, "-32700"},

		{"gzip", "application/json", "gzip", packed(t, call), 200, echoed},
		{"gzip by its old name", "application/json", "X-GZIP", packed(t, call), 200, echoed},
		{"gzip with a mark", "application/json", "gzip", packed(t, "\xef\xbb\xbf"+call), 200, echoed},
		{"nothing", "application/json", "identity", call, 200, echoed},
		{"gzip of a long message", "application/json", "gzip", packed(t, edgetest.Call(7, "echo", `{"text":"`+strings.Repeat("ab", 20_000)+`"}`, "")), 200, `abab\"}"`},
		{"no gzip", "application/json", "gzip", call, 400, "is no gzip or ended before it was complete"},
		{"half of one", "application/json", "gzip", packed(t, call)[:40], 400, "is no gzip or ended before it was complete"},
		{"more than one", "application/json", "gzip", packed(t, call) + "rest", 400, "is no gzip or ended before it was complete"},
		{"no body", "application/json", "gzip", "", 400, "is no gzip or ended before it was complete"},
		{"a bomb", "application/json", "gzip", packed(t, edgetest.Call(7, "echo", `{"text":"`+strings.Repeat("a", 50<<20)+`"}`, "")), 413, "larger than 1048576 bytes"},
		{"a bomb of a short method", "application/json", "gzip", packed(t, edgetest.RPC(7, "ping", `{"text":"`+strings.Repeat("a", 1<<20)+`"}`)), 413, "larger than"},
		{"deflate", "application/json", "deflate", call, 415, "Content-Encoding deflate, which this server does not read"},
		{"Brotli", "application/json", "br", call, 415, "Content-Encoding br, which"},
		{"zstd", "application/json", "zstd", call, 415, "Content-Encoding zstd, which"},
		{"gzip twice", "application/json", "gzip, gzip", packed(t, packed(t, call)), 415, "Content-Encoding gzip, gzip, which"},
	} {
		for _, known := range []bool{true, false} {
			res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", c.body, func(r *http.Request) {
				r.Header.Set("Content-Type", c.kind)
				if c.kind == "" {
					r.Header.Del("Content-Type")
				}
				if c.coding != "" {
					r.Header.Set("Content-Encoding", c.coding)
				}
				if !known {
					r.ContentLength = -1
				}
			})
			got := edgetest.Text(t, res)
			if res.StatusCode != c.status || !strings.Contains(got, c.want) || !strings.Contains(got, `"jsonrpc":"2.0"`) || len(got) > 90_000 {
				t.Errorf("%s, length known %t: got %d %.400s, want %d %s", c.name, known, res.StatusCode, got, c.status, c.want)
			}
			refusedCoding := c.status == 415 && c.coding != ""
			if accepts := res.Header.Get("Accept-Encoding"); (accepts == "gzip, identity") != refusedCoding {
				t.Errorf("%s: Accept-Encoding is %q", c.name, accepts)
			}
		}
	}
}

// TestPackedBodiesAreBounded holds that what arrives is bounded too, as of any other body.
func TestPackedBodiesAreBounded(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.MaxBody = 1000 })
	// 100 empty files in a row are 2 KB, and nothing when they are unpacked.
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", strings.Repeat(packed(t, ""), 100), func(r *http.Request) {
		r.Header.Set("Content-Encoding", "gzip")
		r.ContentLength = -1
	})
	if got := edgetest.Text(t, res); res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(got, "larger than 1000 bytes") {
		t.Errorf("got %d %s, want 413", res.StatusCode, got)
	}
}

// utf16LE is a text as Windows writes it to files, with or without a byte order mark.
func utf16LE(text string, mark bool) string {
	var b strings.Builder
	if mark {
		b.WriteString("\xff\xfe")
	}
	var units []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		units = binary.LittleEndian.AppendUint16(units, unit)
	}
	b.Write(units)
	return b.String()
}

// TestOtherEncodings holds that a body in another encoding than UTF-8 (RFC 8259 8.1) is refused, since
// what stood in for its letters would be spoken. Windows PowerShell 5.1 sends Latin-1.
func TestOtherEncodings(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"Latin-1", strings.Replace(edgetest.Call(7, "echo", `{"scenes":[{},{"text":"GrXe"}]}`, ""), "X", "\xfc\xdf", 1),
			[]string{"not in UTF-8: byte ", "PowerShell", "params.arguments.scenes[1].text", `"id":7`}},
		{"Windows-1252 quotes", `{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"echo","arguments":{"` + "\x93" + `x":1}}}`,
			[]string{"not in UTF-8: byte ", "the name params.arguments.", `"id":"a"`}},
		{"half a character", edgetest.Call(7, "echo", `{"text":"X"}`, "")[:20] + "\xf0\x9f", []string{"not in UTF-8: byte 20"}},
		{"an escaped surrogate's bytes", `{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":"` + "\xed\xa0\xbd" + `"}}`, []string{"not in UTF-8", "params.a"}},
		{"an overlong slash", `{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":"` + "\xc0\xaf" + `"}}`, []string{"not in UTF-8", "params.a"}},
		{"an id", `{"jsonrpc":"2.0","id":"` + "\xfc" + `","method":"ping"}`, []string{"not in UTF-8", `"id":null`}},
		{"UTF-16", utf16LE(edgetest.Call(7, "echo", `{}`, ""), true), []string{"is in UTF-16"}},
		{"UTF-16 without a mark", utf16LE(edgetest.Call(7, "echo", `{}`, ""), false), []string{"is in UTF-16"}},
		{"UTF-16 in the other order", "\xfe\xff\x00{\x00}", []string{"is in UTF-16"}},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", c.body, nil)
		got := edgetest.Text(t, res)
		if res.StatusCode != http.StatusBadRequest || !strings.Contains(got, `"code":-32700`) || strings.Contains(got, "echo:") {
			t.Errorf("%s: got %d %s, want 400 and -32700", c.name, res.StatusCode, got)
		}
		edgetest.Wants(t, got, c.want...)
	}
}

// TestHalfPairs holds that half of a surrogate pair is refused with its place, in every string of a
// message: it is no character (RFC 8259 8.2), and U+FFFD would be spoken in its place. Programs make
// them by cutting a text in the middle of an emoji. Whole pairs are taken however they are written.
func TestHalfPairs(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, c := range []struct{ args, place string }{ // place "" is taken
		{`{"script":"\ud83d\ude00"}`, ""},
		{`{"script":"\uD83D\uDE00 \ud83d\ude00"}`, ""},
		{`{"script":"\\ud83d is how it is written"}`, ""},
		{`{"script":"\u00e9\uabcd\ud7ff\ue000"}`, ""},
		{`{"script":"\ud83d"}`, `params.arguments.script: the text has \\ud83d without`},
		{`{"script":"\uDE00"}`, `params.arguments.script: the text has \\uDE00 without`},
		{`{"script":"a\ud83d\u0041"}`, `params.arguments.script: `},
		{`{"script":"\ud83d\ud83d\ude00"}`, `params.arguments.script: the text has \\ud83d without`},
		{`{"script":"\ud83d\\ude00"}`, `params.arguments.script: `},
		{`{"script":"\ud83d\ude00\ude00"}`, `params.arguments.script: the text has \\ude00 without`},
		{`{"a":[1,{"b":"x"},["y","\udbff"]]}`, "params.arguments.a[2][1]: "},
		{`{"a":{"b":{}},"c":[],"d":{"e\ud800":1}}`, "the name params.arguments.d.e"},
	} {
		for _, era := range []struct {
			meta   string
			edit   func(*http.Request)
			status int
		}{{"", nil, 200}, {edgetest.ModernMeta, edgetest.Modern("tools/call", "echo"), 400}} {
			body := `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","_meta":{` + era.meta + `},"arguments":` + c.args + `}}`
			res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", body, era.edit)
			got := edgetest.Text(t, res)
			if c.place == "" {
				if res.StatusCode != 200 || !strings.Contains(got, "echo:") {
					t.Errorf("%s: got %d %s, want it to be taken", c.args, res.StatusCode, got)
				}
				continue
			}
			if res.StatusCode != era.status || !strings.Contains(got, `"id":7,"error":{"code":-32602`) || !strings.Contains(got, c.place) {
				t.Errorf("%s: got %d %s, want %d, -32602 and %s", c.args, res.StatusCode, got, era.status, c.place)
			}
		}
	}
	// Other methods, and names in other cases, which encoding/json reads.
	for _, body := range []string{
		`{"jsonrpc":"2.0","id":7,"method":"prompts/get","params":{"name":"p","arguments":{"topic":"\ud83d"}}}`,
		`{"jsonrpc":"2.0","id":7,"Method":"tools/call","params":{"NAME":"echo","arguments":{"topic":"\ud83d"}}}`,
	} {
		if got := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", body, nil)); !strings.Contains(got, "params.arguments.topic: ") {
			t.Errorf("%s: got %s", body, got)
		}
	}
}

// TestStrangeJSON holds what stands of JSON that is read in more than one way elsewhere: the last of
// two members counts, for the edge and for mcp-go alike, and nothing may follow the message.
func TestStrangeJSON(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, c := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"a member twice", `{"jsonrpc":"2.0","id":1,"id":2,"method":"ping","method":"tools/call","params":{"name":"no","name":"echo","arguments":{"a":1,"a":2}}}`, 200, `"id":2`},
		{"another message after it", edgetest.Call(1, "echo", `{}`, "") + edgetest.Call(2, "echo", `{}`, ""), 400, "-32700"},
		{"a line after it", edgetest.Call(1, "echo", `{}`, "") + "\r\n \n", 200, "echo:{}"},
		{"a zero byte after it", edgetest.Call(1, "echo", `{}`, "") + "\x00", 400, "-32700"},
		{"a comma too many", `{"jsonrpc":"2.0","id":1,"method":"ping",}`, 400, "-32700"},
		{"a comment", `{"jsonrpc":"2.0","id":1,"method":"ping" /* x */}`, 400, "-32700"},
		{"single quotes", `{'jsonrpc':'2.0','id':1,'method':'ping'}`, 400, "-32700"},
		{"nothing", ``, 400, "-32700"},
		{"64 levels", edgetest.Call(1, "echo", strings.Repeat(`{"a":`, 62)+`1`+strings.Repeat(`}`, 62), ""), 200, "echo:"},
		{"65 levels", edgetest.Call(1, "echo", strings.Repeat(`{"a":`, 63)+`1`+strings.Repeat(`}`, 63), ""), 400, "nests deeper than 64 levels"},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", c.body, nil)
		if got := edgetest.Text(t, res); res.StatusCode != c.status || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %d %.300s, want %d %s", c.name, res.StatusCode, got, c.status, c.want)
		}
	}
}
