package tools

import (
	"encoding/json"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
)

// Effect says what a tool does to the caller's account. The zero value only reads.
type Effect int

// The effects, from harmless to final.
const (
	Reads   Effect = iota // changes nothing
	Creates               // makes something new, and may cost money
	Changes               // overwrites, redirects or ends what exists; doing it twice is doing it once
	Deletes               // takes away what cannot be brought back
)

// String is the effect's word in listings.
func (e Effect) String() string {
	return [...]string{"reads", "creates", "changes", "deletes"}[e]
}

// MarshalText writes the effect as its word.
func (e Effect) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// hints are the annotations that follow from the effect. All four are always sent, because the
// protocol's defaults (destructive, open world) are wrong for most tools. A change is destructive, since what it
// overwrites is gone, unless it completes: then it only adds.
func (e Effect) hints(title string, completes bool) mcp.ToolAnnotation {
	yes, no := true, false
	a := mcp.ToolAnnotation{Title: title, ReadOnlyHint: &no, DestructiveHint: &no, IdempotentHint: &yes, OpenWorldHint: &yes}
	switch e {
	case Reads:
		a.ReadOnlyHint = &yes
	case Creates:
		a.IdempotentHint = &no
	case Changes:
		if !completes {
			a.DestructiveHint = &yes
		}
	case Deletes:
		a.DestructiveHint = &yes
	}
	return a
}

// EffectOf is what a call may do to the account: of a tool that passes others on, what the one inside may do. What is
// no tool does nothing.
func (c *Catalog) EffectOf(name string, args json.RawMessage) Effect {
	i, ok := c.byName[name]
	if !ok {
		return Reads
	}
	info := c.tools[i].info
	if len(info.Operations) > 0 || !slices.Contains(info.Toolsets, discover) || info.Effect == Reads {
		return info.Effect // of those that look for tools, or call those that read, none does more, whatever it is told
	}
	var inside struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(args, &inside) != nil {
		return Reads // which the tool refuses by itself
	}
	if i, ok = c.byName[inside.Name]; !ok || len(c.tools[i].info.Operations) == 0 {
		return Reads
	}
	return c.tools[i].info.Effect
}

// codeScope is the code of a call that the sign-in was not given the right to.
const codeScope = "insufficient_scope"

// notPermitted refuses a call that the sign-in was not given the right to.
func notPermitted(tool string, e Effect) *Refusal {
	return &Refusal{IsError: true, Code: codeScope, Message: tool + " " + e.String() + ", and this sign-in does not allow that.",
		NextStep: "Ask the user to connect again and to allow it, or use a tool that only reads."}
}
