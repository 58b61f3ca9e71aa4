package jsonrpc_test

import (
	"encoding/json"
	"net/http/httptest"
	"testing"

	"heygen-mcp/internal/jsonrpc"
)

func TestBody(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id   string
		err  jsonrpc.Error
		want string
	}{
		{"", jsonrpc.Error{Code: -32600, Message: "no"}, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no"}}`},
		{`"a"`, jsonrpc.Error{Code: -32602, Message: "no", Data: map[string]int{"n": 1}},
			`{"jsonrpc":"2.0","id":"a","error":{"code":-32602,"message":"no","data":{"n":1}}}`},
		{"7", jsonrpc.Error{Data: func() {}}, `{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"internal error"}}`},
	} {
		if got := jsonrpc.Body(json.RawMessage(c.id), c.err); string(got) != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestWriteError(t *testing.T) {
	t.Parallel()
	res := httptest.NewRecorder()
	jsonrpc.WriteError(res, 429, json.RawMessage("3"), jsonrpc.Error{Code: -32029, Message: "later"})
	want := `{"jsonrpc":"2.0","id":3,"error":{"code":-32029,"message":"later"}}`
	if res.Code != 429 || res.Header().Get("Content-Type") != "application/json" || res.Body.String() != want {
		t.Errorf("got %d %v %s, want 429 and %s", res.Code, res.Header(), res.Body, want)
	}
}
