package hooks

import (
	"encoding/json"
	"slices"
	"strings"
)

const (
	// maxIDs is how many ids of one call count, maxIDChars how long each may be, and maxDepth how deep they may stand.
	maxIDs, maxIDChars, maxDepth = 8, 128, 4
)

// idsIn are the ids in the body of a call: HeyGen calls a job differently in each kind of event.
// What is no id of a job that somebody waits for does nothing.
func idsIn(body []byte) []string {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return nil
	}
	var ids []string
	collect(v, maxDepth, &ids)
	return ids
}

func collect(v any, depth int, ids *[]string) {
	object, ok := v.(map[string]any)
	if !ok || depth == 0 {
		return
	}
	for name, member := range object {
		id, _ := member.(string)
		switch {
		case len(*ids) == maxIDs:
			return
		case id == "":
			collect(member, depth-1, ids)
		case name != "callback_id" && strings.HasSuffix(name, "id") && isID(id) && !slices.Contains(*ids, id):
			*ids = append(*ids, id)
		}
	}
}

// isID reports whether a text has the form of an id.
func isID(s string) bool {
	return len(s) <= maxIDChars && !strings.ContainsFunc(s, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-'
	})
}
