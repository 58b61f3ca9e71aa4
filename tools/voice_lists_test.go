package tools_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// twoLists is a HeyGen with so many own and public voices, whose tokens are positions. asked has
// what it was asked for. The public voices do not say of what type they are.
func twoLists(t *testing.T, own, public int) (b *toolstest.Bench, asked *[]string) {
	t.Helper()
	asked = &[]string{}
	b = toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("language") == "" && q.Get("limit") == "100" { // which languages voices have
			_, _ = io.WriteString(w, `{"data":[],"has_more":false,"next_token":null}`)
			return
		}
		*asked = append(*asked, q.Get("type")+" "+q.Get("limit")+" "+q.Get("language"))
		list, all := q.Get("type"), map[string]int{"private": own, "public": public, "": public}[q.Get("type")]
		from, _ := strconv.Atoi(q.Get("token"))
		limit, _ := strconv.Atoi(q.Get("limit"))
		items := []string{}
		for i := from; i < min(from+limit, all); i++ {
			item := fmt.Sprintf(`{"voice_id":"%s%d"}`, list, i)
			if list == "private" {
				item = fmt.Sprintf(`{"voice_id":"own%d","type":"private"}`, i)
			}
			items = append(items, item)
		}
		more, token := from+limit < all, "null"
		if more {
			token = strconv.Quote(strconv.Itoa(from + limit))
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"data":[%s],"has_more":%v,"next_token":%s}`, strings.Join(items, ","), more, token) //nolint:gosec // G705: JSON for a test
	}, "its voices have no more than an id and a type")
	return b, asked
}

// TestOwnVoicesAreFound holds that a list of voices without a type has the caller's own first and
// the public ones after them, each once, on pages that are full, with two calls a page at the most.
func TestOwnVoicesAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ own, public, limit int }{
		{0, 0, 5}, {0, 7, 5}, {1, 7, 5}, {5, 7, 5}, {5, 0, 5}, {6, 7, 5}, {10, 3, 5}, {12, 12, 5}, {3, 1, 100}, {2, 2, 1},
	} {
		b, asked := twoLists(t, c.own, c.public)
		var got, want []string
		for i := range c.own {
			want = append(want, fmt.Sprintf("own%d private", i))
		}
		for i := range c.public {
			want = append(want, fmt.Sprintf("public%d public", i))
		}
		token, pages := "", 0
		for {
			*asked = nil
			page := b.CallTool(t, "list_voices", fmt.Sprintf(`{"limit":%d,"language":"English"%s}`, c.limit, token))
			pages++
			items, _ := page["items"].([]any)
			for _, it := range items {
				one, _ := it.(map[string]any)
				got = append(got, fmt.Sprintf("%v %v", one["voice_id"], one["type"]))
			}
			next, more := page["next_token"].(string)
			switch {
			case page["error"] != nil || fmt.Sprint(page["count"]) != strconv.Itoa(len(items)) || page["has_more"] != more:
				t.Fatalf("%+v: got the page %v", c, page)
			case len(*asked) == 0 || len(*asked) > 2 || !strings.HasSuffix((*asked)[0], " English"):
				t.Errorf("%+v: a page asked for %q, want two lists at the most", c, *asked)
			case more && (len(items) != c.limit || next == ""):
				t.Errorf("%+v: got the page %v, want a full one with how to go on", c, page)
			}
			if !more || pages > 50 {
				break
			}
			token = fmt.Sprintf(`,"token":%q`, next)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v: got %v, want %v", c, got, want)
		}
	}
}

// TestVoicesOfAType holds that a list with a type is HeyGen's own, with its tokens, and that a
// token of the one kind of list is refused by the other.
func TestVoicesOfAType(t *testing.T) {
	t.Parallel()
	b, asked := twoLists(t, 3, 3)
	page := b.CallTool(t, "list_voices", `{"limit":2,"type":"private"}`)
	if page["next_token"] != "2" || len(*asked) != 1 || (*asked)[0] != "private 2 " {
		t.Errorf("asked for %q and got %v, want HeyGen's own page", *asked, page)
	}
	if res := b.CallTool(t, "list_voices", `{"limit":2,"token":"2"}`); res["error_code"] != "invalid_parameter" || res["param"] != "token" {
		t.Errorf("got %v, want a refusal of the token", res)
	}
}

// TestOwnCloneIsListed holds the same of the sandbox: a clone is there without a word about types.
func TestOwnCloneIsListed(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	own := b.CallTool(t, "list_voices", `{"type":"private","limit":1}`)["items"].([]any)[0].(map[string]any)
	first := b.CallTool(t, "list_voices", `{"limit":3}`)["items"].([]any)
	if one := first[0].(map[string]any); one["voice_id"] != own["voice_id"] || one["type"] != "private" || len(first) != 3 {
		t.Errorf("got %v, want three voices with %v first", first, own)
	}
	if one := first[2].(map[string]any); one["type"] != "public" {
		t.Errorf("got %v, want a public voice", one)
	}
}
