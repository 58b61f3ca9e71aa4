package edge_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"

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
