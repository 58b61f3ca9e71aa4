package edge

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestParseBounds(t *testing.T) {
	t.Parallel()
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, c := range []struct{ body, want string }{
		{fmt.Sprintf(`{"id":1,"method":"%s"}`, x(64)), ""},
		{fmt.Sprintf(`{"id":1,"method":"%s"}`, x(65)), "the name of the method is longer than 64 bytes: there is no such method"},
		{fmt.Sprintf(`{"id":"%s","method":"ping"}`, x(254)), ""},
		{fmt.Sprintf(`{"id":"%s","method":"ping"}`, x(255)), "the id must be a string or a number of at most 256 bytes"},
		{`{"id":9,"method":"ping"}`, ""},
		{`{"id":0,"method":"ping"}`, ""},
		{`{"id":-1,"method":"ping"}`, ""},
		{`{"id":true,"method":"ping"}`, "the id must be a string or a number of at most 256 bytes"},
		{`{"id":1,"result":{}}`, "this server sends no requests, so it takes no responses"},
		{`{"id":1,"error":{}}`, "this server sends no requests, so it takes no responses"},
		{`{"id":1}`, "the message has no method"},
	} {
		_, bad := parse([]byte(c.body))
		got := ""
		if bad != nil {
			got = bad.text
		}
		if got != c.want {
			t.Errorf("%.40s…: got %q, want %q", c.body, got, c.want)
		}
	}
}

// Full is an error of ours, and too much is one of the caller's.
func TestWriteBusy(t *testing.T) {
	t.Parallel()
	for status, code := range map[int]string{429: "-32600", 499: "-32600", 500: "-32603", 503: "-32603"} {
		res := httptest.NewRecorder()
		WriteBusy(res, nil, &Busy{Status: status, Text: "full"})
		if want := `{"jsonrpc":"2.0","id":null,"error":{"code":` + code + `,"message":"full; try again in 5 seconds"}}`; res.Code != status || res.Body.String() != want {
			t.Errorf("got %d %s, want %d %s", res.Code, res.Body, status, want)
		}
	}
}
