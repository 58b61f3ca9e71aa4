package message

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/jsonread"
)

const (
	// maxName bounds, in characters, the names of what there is, the names of members, and what a person types
	// before a completion. The longest name of ours has 40.
	maxName = 256
	// maxURI bounds a URI in bytes.
	maxURI = 2 << 10
	// maxText bounds, in bytes, every string and number that has no bound of its own, in all messages but the
	// arguments of a tools/call and a prompts/get and the answers of a tasks/update.
	maxText = 4 << 10
	// maxWord bounds, in bytes, words of the protocol: versions and levels.
	maxWord = 64
	// maxNameHeader bounds, in bytes, a header that repeats a URI in base64, or the id of a task.
	maxNameHeader = 4 << 10

	// maxDepth and maxValues bound what a message makes of its bytes: each value costs a hundred bytes when it
	// is read. The arguments of the largest tool nest seven deep.
	maxDepth  = 64
	maxValues = 20_000
)

// tooComplex refuses a message that nests too deep or has too many values. r has read it.
func tooComplex(r *jsonread.Reader) *Fault {
	switch depth, values := r.Shape(); {
	case depth > maxDepth:
		return &Fault{Code: mcp.INVALID_REQUEST, Text: fmt.Sprintf("the message nests deeper than %d levels", maxDepth)}
	case values > maxValues:
		return &Fault{Code: mcp.INVALID_REQUEST, Text: fmt.Sprintf("the message has more than %d values", maxValues)}
	}
	return nil
}

// bound is how long the string at a place in a message may be.
type bound struct {
	place      string // the names of the members on the way to it
	most       int
	characters bool // most counts characters, and not bytes
}

// bounds are those of the methods' own strings.
func bounds() []bound {
	return []bound{
		{"params.name", maxName, true},
		{"params.uri", maxURI, false},
		{"params.cursor", maxURI, false},
		{"params.level", maxWord, false},
		{"params.protocolVersion", maxWord, false},
		{"params.taskId", maxNameHeader, false},
		{"params.clientInfo.name", maxName, true},
		{"params.clientInfo.title", maxName, true},
		{"params.clientInfo.version", maxName, true},
		{"params.ref.name", maxName, true},
		{"params.ref.type", maxWord, false},
		{"params.ref.uri", maxURI, false},
		{"params.argument.name", maxName, true},
		{"params.argument.value", maxName, true},
		{"params.notifications.resourceSubscriptions", maxURI, false},
		{"params.notifications.taskIds", maxNameHeader, false},
		{"params._meta.progressToken", maxRepeated, false},
		{"params._meta." + mcp.MetaKeyProtocolVersion, maxWord, false},
		{"params._meta." + mcp.MetaKeyLogLevel, maxWord, false},
		{"params._meta." + mcp.MetaKeyClientInfo + ".name", maxName, true},
		{"params._meta." + mcp.MetaKeyClientInfo + ".title", maxName, true},
		{"params._meta." + mcp.MetaKeyClientInfo + ".version", maxName, true},
	}
}

// free says whether what stands at a place is what people wrote, which the length of the message bounds.
func free(method, place string) bool {
	within := func(root string) bool {
		return len(place) > len(root) && strings.EqualFold(place[:len(root)], root) && place[len(root)] == '.'
	}
	switch method {
	case MethodPrompt:
		return within("params.arguments")
	case MethodUpdate:
		return within("params.inputResponses")
	}
	return false
}

// Overlong refuses a message with a string in it that is longer than its place allows. The arguments of a
// tools/call are checked by the tool, and the rest of it by CallFault.
func Overlong(method string, body []byte) *Fault {
	r := jsonread.New(body)
	v := r.Any()
	if r.End() != nil {
		return nil // encoding/json has taken it, which is the same
	}
	return overlongIn(method, "", v)
}

func overlongIn(method, place string, v any) *Fault {
	switch v := v.(type) {
	case string:
		return overlongText(method, place, v)
	case json.Number:
		return overlongText(method, place, v.String())
	case []any:
		for _, item := range v {
			if bad := overlongIn(method, place, item); bad != nil {
				return bad
			}
		}
	case map[string]any:
		for name, member := range v {
			if utf8.RuneCountInString(name) > maxName {
				return &Fault{Code: mcp.INVALID_PARAMS, Text: fmt.Sprintf("the name of a member of the message is longer than %d characters", maxName)}
			}
			below := name
			if place != "" {
				below = place + "." + name
			}
			if bad := overlongIn(method, below, member); bad != nil {
				return bad
			}
		}
	}
	return nil
}

func overlongText(method, place, text string) *Fault {
	if len(text) <= maxWord || free(method, place) { // no bound is shorter
		return nil
	}
	for _, b := range bounds() {
		if !strings.EqualFold(b.place, place) {
			continue
		}
		return b.check(text)
	}
	return bound{"a string in the message", maxText, false}.check(text)
}

// check refuses a text that is longer than its bound.
func (b bound) check(text string) *Fault {
	length, unit := len(text), "bytes"
	if b.characters {
		length, unit = utf8.RuneCountInString(text), "characters"
	}
	if length <= b.most {
		return nil
	}
	return &Fault{Code: mcp.INVALID_PARAMS, Text: fmt.Sprintf("%s is longer than %d %s", b.place, b.most, unit)}
}
