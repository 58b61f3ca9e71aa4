package message

import (
	"encoding/json"
	"strconv"
)

// maxRepeated bounds, in bytes, what every message about a request repeats: its id and its progress
// token.
const maxRepeated = 256

// scalarID says whether a value of the client's, if there is one, may be repeated
// in what we send: a string or a number of sensible length.
func scalarID(raw json.RawMessage) bool {
	if len(raw) == 0 {
		return true
	}
	return len(raw) <= maxRepeated && (raw[0] == '"' || raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9')
}

// LossyID says whether mcp-go v1.2.1 would answer to another id than the one that
// was sent: it reads numbers as floating-point ones.
func LossyID(id json.RawMessage) bool {
	const exact = 1 << 53 // below it every whole number is one
	if len(id) == 0 || id[0] == '"' {
		return false
	}
	n, err := strconv.ParseFloat(string(id), 64)
	return err != nil || n >= exact || n <= -exact
}

// IsNull says whether a value is null, and not one that is left out.
func IsNull(raw json.RawMessage) bool { return string(raw) == "null" }
