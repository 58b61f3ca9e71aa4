package engine

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"net/url"
	"strconv"
)

// Page is one page of a list; its members stand beside data in the envelope.
type Page struct {
	Data      any     `json:"data"`
	HasMore   bool    `json:"has_more"`
	NextToken *string `json:"next_token"`
}

// macLen is how much of the signature a cursor carries; it only has to catch
// cursors that were made up or taken to another list.
const macLen = 8

// Listing is what a list request asks for. after is the position of the last
// item already given, 0 for the start.
type Listing struct {
	limit int
	after int64
	scope string
}

// ReadListing reads a limit that has been checked, or the contract's own, and checks the token. A
// token is bound to its list and its filters: with other filters its position would mean nothing.
func (e *Engine) ReadListing(r *http.Request) (Listing, *Error) {
	q, v := r.URL.Query(), requestOf(r)
	out := Listing{limit: v.op.DefaultLimit(), scope: listScope(r.URL.Path, v.Account.Name, q)}
	if n, err := strconv.Atoi(q.Get("limit")); err == nil {
		out.limit = n
	}
	if token := q.Get("token"); token != "" {
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil || len(raw) != 8+macLen || !hmac.Equal(raw[8:], e.cursorMAC(out.scope, raw[:8])) {
			return out, Invalid("token", "'token' is not a cursor of this list with these filters.")
		}
		out.after = int64(binary.BigEndian.Uint64(raw)) //nolint:gosec // a position that this file wrote, never negative
	}
	return out, nil
}

func listScope(path, account string, q url.Values) string {
	filters := url.Values{}
	for name, values := range q {
		if name != "limit" && name != "token" {
			filters[name] = values
		}
	}
	return path + "\n" + account + "\n" + filters.Encode()
}

func (e *Engine) cursorMAC(scope string, position []byte) []byte {
	mac := e.MAC()
	mac.Write([]byte("cursor\n" + scope + "\n"))
	mac.Write(position)
	return mac.Sum(nil)[:macLen]
}

func (e *Engine) cursor(scope string, position int64) string {
	raw := binary.BigEndian.AppendUint64(nil, uint64(position)) //nolint:gosec // positions are counted up from 1
	return base64.RawURLEncoding.EncodeToString(append(raw, e.cursorMAC(scope, raw)...))
}

// Paged cuts a page out of items, which stand in order. position is an item's
// fixed place, and past says whether an item lies behind the cursor.
func Paged[T any](e *Engine, l Listing, items []T, position func(i int, item T) int64,
	past func(position, after int64) bool, show func(T) any,
) Page {
	out := Page{}
	shown := []any{}
	var last int64
	for i, item := range items {
		at := position(i, item)
		if l.after != 0 && !past(at, l.after) {
			continue
		}
		if len(shown) == l.limit {
			token := e.cursor(l.scope, last)
			out.HasMore, out.NextToken = true, &token
			break
		}
		shown = append(shown, show(item))
		last = at
	}
	out.Data = shown
	return out
}

// BySerial pages what was made one after the other and stands with the newest first. It goes by
// serial, not by index: what is made between two pages shifts nothing.
func BySerial(e *Engine, l Listing, items []*Job, show func(*Job) any) Page {
	return Paged(e, l, items,
		func(_ int, one *Job) int64 { return one.Serial },
		func(position, after int64) bool { return position < after }, show)
}

// ByIndex pages a list that never changes.
func ByIndex[T any](e *Engine, l Listing, items []T, show func(T) any) Page {
	return Paged(e, l, items,
		func(i int, _ T) int64 { return int64(i) + 1 },
		func(position, after int64) bool { return position > after }, show)
}
