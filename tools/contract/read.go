package contract

import (
	"reflect"
	"slices"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/engine"
)

// readBy is what a tool reads in the answer of its own operation, which is shaped as in a document.
func readBy(t *engine.BoundTool, answer *openapi.Schema) openapi.Node {
	output := structOf(t.Output, map[reflect.Type]bool{})
	members := output["properties"].(map[string]any)
	data := output
	if of, ok := answer.Properties["data"]; ok && slices.Contains(of.Schema().Types, "array") {
		// The client gives the elements as items.
		data = map[string]any{"type": "array", "items": map[string]any{}}
		if items, ok := members["items"].(map[string]any); ok {
			data = items
		}
		if _, named := data["items"].(map[string]any)["properties"]; !named && len(t.ListFields) > 0 {
			kept := map[string]any{}
			for _, name := range t.ListFields {
				kept[name] = map[string]any{}
			}
			data = map[string]any{"type": "array", "items": map[string]any{"properties": kept}}
		}
	}
	root := map[string]any{"data": data}
	for _, name := range []string{"has_more", "next_token"} { // beside the data, or in it
		if member, ok := members[name]; ok {
			root[name] = member
		}
	}
	return openapi.NodeOf(map[string]any{"type": "object", "properties": root})
}

// structOf is the schema of an output struct. around are the structs that it stands in.
func structOf(t reflect.Type, around map[reflect.Type]bool) map[string]any {
	properties := map[string]any{}
	if !around[t] {
		around[t] = true
		addFields(t, properties, around)
		delete(around, t)
	}
	return map[string]any{"type": "object", "properties": properties}
}

func addFields(t reflect.Type, properties map[string]any, around map[reflect.Type]bool) {
	for sf := range t.Fields() {
		tags := fieldtags.Of(sf)
		inner := sf.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case tags.Inline:
			addFields(inner, properties, around)
		case sf.IsExported() && tags.Name != "":
			properties[tags.Name] = valueOf(inner, around)
		}
	}
}

// valueOf is the schema of what a Go type takes of an answer.
func valueOf(t reflect.Type, around map[reflect.Type]bool) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return valueOf(t.Elem(), around)
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Map:
		return map[string]any{"type": "object"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": valueOf(t.Elem(), around)}
	case reflect.Struct:
		return structOf(t, around)
	}
	return map[string]any{} // an interface, which takes anything
}
