package message

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/jsonwrite"
)

// TextArguments turns the numbers and booleans among a prompt's arguments into strings, which are all that MCP
// has there: models and forms write 5 and true. Null is the same as left out. What mcp-go v1.2.1
// would refuse without a name is refused here with it.
func TextArguments(method string, body []byte) ([]byte, *Fault) {
	if method != MethodPrompt && method != methodComplete {
		return body, nil
	}
	r := jsonread.New(body)
	whole, isObject := r.Any().(map[string]any)
	if r.End() != nil || !isObject {
		return body, nil // encoding/json has taken it, and mcp-go says what is wrong
	}
	t := textConverter{}
	for _, params := range objects(whole, "params") {
		if method == MethodPrompt {
			t.all(params, "params.arguments", "arguments")
			continue
		}
		for _, argument := range objects(params, "argument") {
			t.one(argument, "params.argument.value", "value")
		}
		for _, context := range objects(params, "context") {
			t.all(context, "params.context.arguments", "arguments")
		}
	}
	if t.bad != nil || !t.changed {
		return body, t.bad
	}
	rewritten, err := jsonwrite.Marshal(whole)
	if err != nil {
		return body, nil // which cannot be: it was read a moment ago
	}
	return rewritten, nil
}

// textConverter turns members of a message into strings.
type textConverter struct {
	changed bool
	bad     *Fault
}

// all converts each member of the object of that name.
func (t *textConverter) all(of map[string]any, place, name string) {
	for _, members := range objects(of, name) {
		for member := range members {
			t.one(members, place+"."+member, member)
		}
	}
}

// one converts one member.
func (t *textConverter) one(of map[string]any, place, name string) {
	switch v := of[name].(type) {
	case json.Number:
		of[name], t.changed = v.String(), true
	case bool:
		of[name], t.changed = strconv.FormatBool(v), true
	case nil:
		if _, there := of[name]; there {
			delete(of, name)
			t.changed = true
		}
	case []any, map[string]any:
		t.bad = &Fault{Code: mcp.INVALID_PARAMS, Text: Clip(place) + " must be text: a number, " +
			"true and false are taken too, a list or an object is not"}
	}
}

// objects are those members of an object that have a name, in any case, and are objects: encoding/json, and with it
// mcp-go, ignores case.
func objects(of map[string]any, name string) (found []map[string]any) {
	for member, value := range of {
		if object, ok := value.(map[string]any); ok && strings.EqualFold(member, name) {
			found = append(found, object)
		}
	}
	return found
}
