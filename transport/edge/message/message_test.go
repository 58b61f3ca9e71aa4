package message

import (
	"encoding/json"
	"fmt"
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
		{"\xff\xfe", "the body is in UTF-16: send JSON in UTF-8"},
		{"{", "the body is not one JSON-RPC message"},
		{`{"id":null,"method":"ping"}`, "the id of a request must not be null: give it a string or a number"},
		{`{"id":null,"method":"notifications/initialized"}`, ""},
		{`{"id":1,"method":"ping","params":[]}`, ""},
		{`{"id":1,"method":7}`, "the body is not one JSON-RPC message"},
		{`{"id":1,"method":"ping"}}`, "the body is not one JSON-RPC message"},
		{"{\"id\":1,\"method\":\"\xff\"}", "the body is not in UTF-8: byte 18 begins no character of it. JSON is sent in UTF-8; " +
			"Windows PowerShell sends another encoding unless the body is given as bytes, as in -Body " +
			"([Text.Encoding]::UTF8.GetBytes($json)). It stands in method"},
	} {
		_, bad := Parse([]byte(c.body))
		got := ""
		if bad != nil {
			got = bad.Text
		}
		if got != c.want {
			t.Errorf("%.40s…: got %q, want %q", c.body, got, c.want)
		}
	}
}

// Little of a long body is kept as a copy, so that the body can be collected while its request is answered.
func TestDetachedFromItsBody(t *testing.T) {
	t.Parallel()
	body := []byte(`{"jsonrpc":"2.0","id":"mine","method":"tools/call","params":{"name":"echo","arguments":{"a":1},"more":"` + strings.Repeat("x", 100_000) + `","_meta":{"progressToken":7}}}`)
	m, bad := Parse(body)
	if bad != nil {
		t.Fatal(bad.Text)
	}
	m.Detach(body)
	clear(body)
	if string(m.ID) != `"mine"` || string(m.Params.Arguments) != `{"a":1}` || string(m.Params.Meta.ProgressToken) != "7" {
		t.Errorf("%q, %q and %q are parts of the body", m.ID, m.Params.Arguments, m.Params.Meta.ProgressToken)
	}
}

// A short message is not copied, nor one of which more than half is kept.
func TestNotDetachedForNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		length, kept int
		copied       bool
	}{{4095, 1, false}, {4096, 1, true}, {4096, 2048, true}, {4096, 2049, false}} {
		arguments := make(json.RawMessage, c.kept)
		m := Message{Params: Params{Arguments: arguments}, Result: json.RawMessage("1")}
		m.Detach(make([]byte, c.length))
		if copied := &m.Params.Arguments[0] != &arguments[0]; copied != c.copied || m.Result != nil {
			t.Errorf("%d bytes of a body of %d were copied: %t, want %t", c.kept, c.length, copied, c.copied)
		}
	}
}
