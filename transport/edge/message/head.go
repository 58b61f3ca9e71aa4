package message

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Head is the id and the method of a message whose beginning is known, as far as that says them. A
// message that says the method twice is judged once more when it is whole.
func Head(beginning []byte) (id json.RawMessage, method string) {
	d := json.NewDecoder(bytes.NewReader(beginning))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil, ""
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return id, ""
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return id, ""
		}
		text, _ := name.(string)
		switch {
		case strings.EqualFold(text, "method"):
			_ = json.Unmarshal(value, &method) // what is no method is judged when the message is whole
			return id, method
		case strings.EqualFold(text, "id") && scalarID(value):
			id = value
		}
	}
	return id, ""
}
