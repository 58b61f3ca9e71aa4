package choice

import (
	"encoding/json"
	"slices"

	"heygen-mcp/tools/engine"
)

// EffectOf is what a call may do to the account: of a tool that passes others on, what the one inside
// may do. What is no tool does nothing.
func (ch *Choice) EffectOf(name string, raw json.RawMessage) engine.Effect {
	t, ok := ch.Find(name)
	if !ok {
		return engine.Reads
	}
	if t.CallsHeyGen() || !slices.Contains(t.Toolsets, Discover) || t.Effect == engine.Reads {
		return t.Effect // of those that look for tools, or call those that read, none does more, whatever it is told
	}
	var inside struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(raw, &inside) != nil {
		return engine.Reads // which the tool refuses by itself
	}
	called, ok := ch.Find(inside.Name)
	if !ok || !called.CallsHeyGen() {
		return engine.Reads
	}
	return called.Effect
}
