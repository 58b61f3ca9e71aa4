package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

// What is written is compared whole: these are the bytes that clients parse.
func TestEncodeCall(t *testing.T) {
	t.Parallel()
	e, err := New(Config{Call: noCall, Server: mcp.Implementation{Name: "n", Version: "v"}}, noHandler())
	if err != nil {
		t.Fatal(err)
	}
	const server = `"io.modelcontextprotocol/serverInfo":{"name":"n","version":"v"}`
	annotated := mcp.NewTextContent("b")
	annotated.Annotations = &mcp.Annotations{Priority: new(0.5)}
	described := mcp.NewTextContent("c")
	described.Meta = &mcp.Meta{AdditionalFields: map[string]any{"k": 1}}
	for _, c := range []struct {
		name           string
		res            mcp.CallToolResult
		legacy, modern string
	}{
		{"nothing", mcp.CallToolResult{}, `{"content":[]}`, `{"resultType":"complete","_meta":{` + server + `},"content":[]}`},
		{"texts", mcp.CallToolResult{Content: []mcp.Content{mcp.NewTextContent("<a>"), annotated, described}, IsError: true},
			`{"content":[{"type":"text","text":"<a>"},{"annotations":{"priority":0.5},"type":"text","text":"b"},{"_meta":{"k":1},"type":"text","text":"c"}],"isError":true}`,
			`{"resultType":"complete","_meta":{` + server + `},"content":[{"type":"text","text":"<a>"},{"annotations":{"priority":0.5},"type":"text","text":"b"},{"_meta":{"k":1},"type":"text","text":"c"}],"isError":true}`},
		{"structured", mcp.CallToolResult{StructuredContent: map[string]any{"a": "&"}}, `{"content":[],"structuredContent":{"a":"&"}}`,
			`{"resultType":"complete","_meta":{` + server + `},"content":[],"structuredContent":{"a":"&"}}`},
		{"structured, written before", mcp.CallToolResult{StructuredContent: 1, RawStructuredContent: json.RawMessage("{\"a\":\n1.0}")}, `{"content":[],"structuredContent":{"a":1.0}}`,
			`{"resultType":"complete","_meta":{` + server + `},"content":[],"structuredContent":{"a":1.0}}`},
		{"_meta of the tool's", mcp.CallToolResult{Result: mcp.Result{Meta: &mcp.Meta{AdditionalFields: map[string]any{"k": 1}}}}, `{"_meta":{"k":1},"content":[]}`,
			`{"resultType":"complete","_meta":{` + server + `,"k":1},"content":[]}`},
		{"a question", mcp.CallToolResult{Result: mcp.Result{ResultType: mcp.ResultTypeInputRequired}, MultiRoundTripResult: mcp.MultiRoundTripResult{RequestState: "s<"}},
			`{"content":[]}`, `{"resultType":"input_required","_meta":{` + server + `},"requestState":"s<","content":[]}`},
	} {
		for modern, want := range map[bool]string{false: c.legacy, true: c.modern} {
			var b bytes.Buffer
			if err := e.encodeCall(&b, &c.res, modern); err != nil || b.String() != want {
				t.Errorf("%s, modern %t: got %s, %v, want %s", c.name, modern, &b, err, want)
			}
		}
	}
}

// What cannot be written is an error, whatever part it is.
func TestEncodeCallFails(t *testing.T) {
	t.Parallel()
	e := &Edge{}
	never := func() {}
	broken := &mcp.Meta{AdditionalFields: map[string]any{"f": never}}
	for name, res := range map[string]*mcp.CallToolResult{
		"content":            {Content: []mcp.Content{mcp.TextContent{Annotated: mcp.Annotated{}, Meta: broken}}},
		"structured":         {StructuredContent: never},
		"structured, broken": {RawStructuredContent: json.RawMessage("{\n")},
		"_meta":              {Result: mcp.Result{Meta: broken}},
	} {
		for _, modern := range []bool{false, true} {
			if err := e.encodeResult(new(bytes.Buffer), json.RawMessage("1"), res, modern); err == nil {
				t.Errorf("%s, modern %t: it was written", name, modern)
			}
		}
	}
}

func noCall(context.Context, string, json.RawMessage, Progress) (exchange.Outcome, bool) {
	return exchange.Outcome{}, false
}

func noHandler() http.Handler { return http.NotFoundHandler() }

// A rare long reply does not keep its memory.
func TestBufferPool(t *testing.T) {
	t.Parallel()
	p := newBufferPool()
	long := bytes.NewBuffer(make([]byte, 0, 64<<10+1))
	p.put(long)
	for range 10 {
		if b := p.get(); b == long || b.Len() != 0 {
			t.Fatalf("a buffer of %d bytes was kept", b.Cap())
		}
	}
}

// TestOneLine holds that no break of a line is left wherever it stands, since the data of an event ends with it.
func TestOneLine(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"a": "b"}`: `{"a": "b"}`, "\n{}": "{}", "{\n}": "{}", "\r{}": "{}", "{\r}": "{}", "{}\r\n": "{}",
	} {
		var b bytes.Buffer
		if err := oneLine(&b, json.RawMessage(raw)); err != nil || b.String() != want {
			t.Errorf("%q became %q, %v; want %q", raw, b.String(), err, want)
		}
	}
}
