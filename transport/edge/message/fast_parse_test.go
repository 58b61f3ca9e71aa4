package message

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonread"
)

// asByJSON holds a message that was read quickly to the one that encoding/json decodes.
func asByJSON(t *testing.T, body []byte) {
	t.Helper()
	got, ok := fastParse(jsonread.New(body))
	if !ok {
		return
	}
	var want Message
	if err := json.Unmarshal(body, &want); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q was read as %+v, want %+v (%v)", body, got, want, err)
	}
}

// levels are the structs of a message with what stands around their members.
func levels() map[string]reflect.Type {
	return map[string]reflect.Type{
		`{%s}`:                      reflect.TypeFor[Message](),
		`{"params":{%s}}`:           reflect.TypeFor[Params](),
		`{"params":{"_meta":{%s}}}`: reflect.TypeFor[Meta](),
	}
}

// TestFastParseKnowsEveryName holds that fastParse reads every field that the other one has, and gives
// up where its name is written in another way. Whoever adds a field learns of fastParse here.
func TestFastParseKnowsEveryName(t *testing.T) {
	t.Parallel()
	for around, typ := range levels() {
		for sf := range typ.Fields() {
			name := sf.Tag.Get("json")
			if name == "" {
				continue
			}
			value := `"x"`
			if sf.Type.Kind() == reflect.Struct {
				value = `{}`
			}
			body := fmt.Appendf(nil, around, `"`+name+`":`+value)
			if _, ok := fastParse(jsonread.New(body)); !ok {
				t.Errorf("%s is not read quickly", body)
			}
			asByJSON(t, body)
			body = fmt.Appendf(nil, around, `"`+strings.ToUpper(name)+`":`+value)
			if _, ok := fastParse(jsonread.New(body)); ok {
				t.Errorf("%s was passed by", body)
			}
			if _, ok := fastParse(jsonread.New(fmt.Appendf(nil, around, `"`+name+`":[]`))); ok != (sf.Type == reflect.TypeFor[json.RawMessage]()) {
				t.Errorf("a list as %s was read: %t", name, ok)
			}
		}
	}
}

// FuzzFastParse looks for a message that means one thing read quickly and another to encoding/json, and
// so to mcp-go.
func FuzzFastParse(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"n":[1.0,"é"]},"_meta":{"progressToken":"p","io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/logLevel":"info","other":[{}]}}}`,
		`{"id":1,"id":"2","params":{"name":"a"},"params":{"arguments":{}}}`,
		`{"ID":1,"Method":"x","PARAMS":{"Name":"a"}}`,
		`{"method":null,"params":null,"id":null,"result":null,"error":{}}`,
		`{"params":{"_meta":null,"name":"\ud800","name":null,"requestState":"é","cursor":"c","inputResponses":{}}}`,
		"{\"method\":\"\xff\",\"\\u0069d\":3,\"par\u0061ms\":{},\"ı\":1,\"K\":2}",
		`{"id": 1 , "params" : { "arguments" : { } } } `,
		`[]`, `{}`, ``, `{"id":1}x`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(asByJSON)
}
