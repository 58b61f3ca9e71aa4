package args

import (
	"bytes"
	"encoding/json"

	"heygen-mcp/internal/jsonread"
)

// Encode writes JSON without escaping &, < and >: signed links are read by people and models.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

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
