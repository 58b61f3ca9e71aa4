package tools_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestEmptyListsSayWhy holds, for each filter of each list, that a list which it leaves empty says
// so, and what the filter may be where that is known.
func TestEmptyListsSayWhy(t *testing.T) {
	t.Parallel()
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/v3/users/me" {
			_, _ = io.WriteString(w, `{"data":{"username":"ana"}}`)
			return
		}
		_, _ = io.WriteString(w, `{"data":[],"has_more":false,"next_token":null}`)
	}, "all of its lists are empty")
	seen := 0
	for _, tool := range tools.Declared() {
		if !tool.Input().Has("token") || !tool.Input().Has("detail") {
			continue
		}
		for _, f := range tool.Input().Fields {
			if f.Place != fieldtags.Query || slices.Contains([]string{"limit", "token"}, f.Name) || f.Name == "min_score" {
				continue
			}
			value, wants := "some", []string{"Nothing fits", f.Name + " some"}
			if f.Name == "event_type" { // the document has all that there are
				value, wants[1] = "avatar_video.success", "From list_webhook_event_types"
			}
			if words := slices.Concat(f.Enum, f.Means); len(words) > 0 {
				value = words[0]
				wants = append([]string{f.Name + " " + value}, words...)
			} else if strings.HasSuffix(f.Name, "_id") {
				wants = append(wants, f.Name)
			}
			given := map[string]any{f.Name: value}
			for _, other := range tool.Input().Fields {
				if other.Required && other.Name != f.Name {
					given[other.Name] = append(slices.Clone(other.Enum), "some")[0]
				}
			}
			raw, err := jsonwrite.Marshal(given)
			if err != nil {
				t.Fatal(err)
			}
			note, _ := b.CallTool(t, tool.Name, string(raw))["note"].(string)
			seen++
			for _, want := range wants {
				if !strings.Contains(note, want) {
					t.Errorf("%s %v: got the note %q, want %q in it", tool.Name, given, note, want)
				}
			}
		}
	}
	if seen < 10 {
		t.Errorf("got %d filters, want 10 at the least", seen)
	}
	if note := b.CallTool(t, "list_brand_kits", `{}`)["note"]; note != nil {
		t.Errorf("got %v of a list without a filter, want no note", note)
	}
}
