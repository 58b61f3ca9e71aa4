package tools

import (
	"bytes"
	"encoding/json"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonread"
)

// answer writes a result once and sends the same bytes as text and as structuredContent: some
// clients read only the one, some only the other.
func answer(v any, isError bool) *mcp.CallToolResult {
	raw, err := encode(v)
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

// encode writes JSON without escaping &, < and >: signed links are read by people and models.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// decode reads exactly one JSON value and keeps the precision of its numbers. Nothing is null.
func decode(raw json.RawMessage) (any, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil
	}
	r := jsonread.New(raw)
	v := r.Any()
	if err := r.End(); err != nil {
		return nil, err
	}
	return v, nil
}

// advice reports whether a member is one in which this server tells an agent something in its own words.
func advice(name string) bool {
	return name == "message" || name == "next_step" || name == "asks" || name == "note"
}

// dataOf is v3's data as an agent is told it, at every depth. Null members are dropped: they tell nothing, cost tokens,
// and would not fit an output schema whose types leave null out. A text in a member that is this server's own is told
// under another name, so that nothing of HeyGen's passes for advice of this server; only the message of an error that
// HeyGen tells of stays where it is, in that error.
func dataOf(v any) any {
	switch t := v.(type) {
	case map[string]any:
		for k, m := range t {
			if m == nil {
				delete(t, k)
				continue
			}
			if _, text := m.(string); text && advice(k) {
				delete(t, k)
				t["heygen_"+k] = m
				continue
			}
			fault, _ := m.(map[string]any)
			said, quoted := fault["message"].(string)
			t[k] = dataOf(m)
			if quoted && k == "error" {
				delete(fault, "heygen_message")
				fault["message"] = said
			}
		}
	case []any:
		for i, m := range t {
			t[i] = dataOf(m)
		}
	}
	return v
}

// mostText is how many characters a list may answer with: one client cuts a result there, and it
// is about what an agent can read without losing what it knew before.
const mostText = 40_000

// shorten cuts the items of a page down to the named fields, unless they were asked for in full and
// there is room for that.
func shorten(page map[string]any, fields []string, full bool) {
	if full {
		if raw, err := encode(page); err == nil && len(raw) <= mostText {
			return
		}
		page["note"] = "In full this page is too long, so it is concise: ask for fewer with limit, or for one with its get tool."
	}
	items, _ := page["items"].([]any)
	for i, it := range items {
		whole, ok := it.(map[string]any)
		if !ok {
			continue
		}
		brief := make(map[string]any, len(fields))
		for _, f := range fields {
			if v, ok := whole[f]; ok {
				brief[f] = v
			}
		}
		items[i] = brief
	}
}
