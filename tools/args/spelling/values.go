package spelling

import (
	"encoding/json"
	"strings"

	"heygen-mcp/internal/jsonread"
)

// OnlyMember is the one member of a list that has one.
func OnlyMember(v any) any {
	if list, ok := v.([]any); ok && len(list) == 1 {
		return list[0]
	}
	return v
}

// IsEmpty reports whether v is an object or a list without members.
func IsEmpty(v any) bool {
	switch t := v.(type) {
	case map[string]any:
		return len(t) == 0
	case []any:
		return len(t) == 0
	}
	return false
}

// ObjectFromText reads an object that is sent as the text of its JSON. A list without members is how
// some languages write an object without any.
func ObjectFromText(v any) any {
	if s, ok := v.(string); ok {
		text := Trim(s)
		if text == "" {
			return nil
		}
		if strings.HasPrefix(text, `"`) { // the text of a text
			if parsed, err := jsonread.Decode([]byte(strings.TrimSpace(s))); err == nil {
				text, _ = parsed.(string)
			}
		}
		if text = strings.TrimSpace(text); strings.HasPrefix(text, "{") {
			if parsed, err := jsonread.Decode([]byte(text)); err == nil {
				return parsed
			}
		}
	}
	if list, ok := v.([]any); ok && len(list) == 0 {
		return map[string]any{}
	}
	return v
}

// IsScalar reports whether a value is a text or a number.
func IsScalar(v any) bool {
	switch v.(type) {
	case string, json.Number:
		return true
	}
	return false
}
