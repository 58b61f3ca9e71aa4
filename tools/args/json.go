package args

import (
	"bytes"
	"encoding/json"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/jsonwrite"
)

// Encode writes JSON without escaping &, < and >: signed links are read by people and models.
func Encode(v any) ([]byte, error) { return jsonwrite.Marshal(v) }

// Decode reads exactly one JSON value and keeps the precision of its numbers. Nothing is null.
func Decode(raw json.RawMessage) (any, error) {
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
