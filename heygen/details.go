package heygen

import (
	"encoding/json"

	"heygen-mcp/internal/text"
)

// maxDetails is how many faults of one answer are carried, and maxDetailMessage how long the text
// of each may be, in bytes: HeyGen lists every fault of a graph, and twenty sentences are what one
// correction can take in.
const maxDetails, maxDetailMessage = 20, 300

// Detail is one of several faults that HeyGen found in a request, such as a node of a graph that
// cannot be.
type Detail struct {
	// Code names the kind of fault, NodeID and Port the node of a graph that has it and the input of
	// that node, and Path the member, within the node where there is one. Each is "" where HeyGen did
	// not give it, or gave something that does not look like it.
	Code, NodeID, Port, Path string
	// Message is HeyGen's text, which may repeat what strangers wrote.
	Message string
}

// detailsOf reads the faults that an error lists, and says how many it left out.
func detailsOf(raw json.RawMessage) (details []Detail, left int) {
	var listed []map[string]json.RawMessage
	if json.Unmarshal(raw, &listed) != nil {
		return nil, 0
	}
	if len(listed) > maxDetails {
		listed, left = listed[:maxDetails], len(listed)-maxDetails
	}
	for _, one := range listed {
		d := Detail{
			Code:    word(textOf(one["code"]), maxCode, "_.-"),
			NodeID:  word(textOf(one["node_id"]), maxCode, "_.-"),
			Port:    word(textOf(one["port"]), maxCode, "_.-"),
			Path:    word(textOf(one["path"]), maxParam, "_.-[]"),
			Message: text.Clip(textOf(one["message"]), maxDetailMessage),
		}
		if d != (Detail{}) {
			details = append(details, d)
		}
	}
	return details, left
}
