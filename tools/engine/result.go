package engine

import (
	"encoding/json"
	"maps"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/vocabulary"
)

// Answer writes a result once and sends the same bytes as text and as structuredContent: some
// clients read only the one, some only the other.
func Answer(v any, isError bool) *mcp.CallToolResult {
	raw, err := jsonwrite.Marshal(v)
	if err != nil {
		raw = []byte(`{"error":true,"error_code":"internal","message":"The answer could not be written.","retryable":false,"next_step":"Report this to the operator of the server."}`)
		isError = true
	}
	return &mcp.CallToolResult{
		Content:              []mcp.Content{mcp.NewTextContent(string(raw))},
		StructuredContent:    json.RawMessage(raw),
		RawStructuredContent: raw,
		IsError:              isError,
	}
}

// isAdvice reports whether a member is one in which this server tells an agent something in its own
// words.
func isAdvice(name string) bool {
	return name == "message" || name == "next_step" || name == "asks" || name == "note"
}

// withoutAdviceBut is withoutAdvice for all but some members of an object, which stay as they came. One
// that is null goes as any other does.
func withoutAdviceBut(v any, verbatim []string) any {
	object, ok := v.(map[string]any)
	if !ok || len(verbatim) == 0 {
		return withoutAdvice(v)
	}
	kept := map[string]any{}
	for _, name := range verbatim {
		if m := object[name]; m != nil {
			kept[name] = m
			delete(object, name)
		}
	}
	withoutAdvice(object)
	maps.Copy(object, kept)
	return object
}

// withoutAdvice is v3's data as an agent is told it, at every depth. Null members are dropped: they
// tell nothing, cost tokens, and would not fit an output schema whose types leave null out. A text in a
// member that is this server's own is told under another name, so that nothing of HeyGen's passes for
// advice of this server; only the message of an error that HeyGen tells of stays where it is, in that
// error.
func withoutAdvice(v any) any {
	switch t := v.(type) {
	case map[string]any:
		for k, m := range t {
			if m == nil {
				delete(t, k)
				continue
			}
			if _, text := m.(string); text && isAdvice(k) {
				delete(t, k)
				t["heygen_"+k] = m
				continue
			}
			fault, _ := m.(map[string]any)
			said, quoted := fault["message"].(string)
			withoutAdvice(m)
			if quoted && k == "error" {
				delete(fault, "heygen_message")
				fault["message"] = said
			}
		}
	case []any:
		for _, m := range t {
			withoutAdvice(m)
		}
	}
	return v
}

// MaxListChars is how many characters a list may answer with: one client cuts a result there, and it
// is about what an agent can read without losing what it knew before.
const MaxListChars = 40_000

// keepListFields cuts the items of a page down to the named fields and to the id and state of the
// thing that each is, if any, unless they were asked for in full and there is room for that.
func (r *Extras) keepListFields(fields []string, rows *vocabulary.Thing, full bool) {
	if full {
		if size, err := jsonwrite.Size(r.object); err == nil && size <= MaxListChars {
			return
		}
		r.Note = "In full this page is too long, so it is concise: ask for fewer with limit, or for one with its get tool."
	}
	if rows != nil {
		fields = append([]string{rows.ID, "id", "state", vocabulary.PageMember}, fields...)
	}
	items := View[page](r.object).Items
	for i, it := range items {
		whole, ok := it.(map[string]any)
		if !ok {
			continue
		}
		kept := make(map[string]any, len(fields))
		for _, f := range fields {
			if v, ok := whole[f]; ok {
				kept[f] = v
			}
		}
		items[i] = kept
	}
}

// leaveOutDefaults leaves out of the answer of a create what HeyGen repeats of arguments that were not given and are
// what their defaults say.
func (r *Extras) leaveOutDefaults(spec *inputs.Spec, given map[string]any) {
	for i := range spec.Fields {
		f := &spec.Fields[i]
		if _, chosen := given[f.Name]; !chosen && f.Default != "" && f.IsDefault(r.object[f.Name]) {
			delete(r.object, f.Name)
		}
	}
}

// page is what the engine knows of a page of a list, or of what a batch holds.
type page struct {
	Items []any `json:"items"`
}

// ExplainFailure adds to what is told of a job that failed what to do about it.
func ExplainFailure(object map[string]any) {
	if step := refusals.FailedJobStep(View[refusals.FailedJob](object)); step != "" {
		object["next_step"] = step
	}
}
