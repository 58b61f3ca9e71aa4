package protocol

import (
	"bytes"
	"encoding/json"
)

// CompactJSON writes JSON without the escapes for HTML, which would make six bytes of one.
func CompactJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(out.Bytes(), "\n"), err
}
