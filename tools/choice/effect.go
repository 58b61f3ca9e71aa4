package choice

import (
	"encoding/json"
	"slices"

	"heygen-mcp/tools/engine"
)

// Called is the tool whose work a call asks for, and its arguments: of a tool that passes others on,
// those of the one inside. The tool is nil for what is none, and for a call that stays within the catalog.
func (ch *Choice) Called(name string, raw json.RawMessage) (*engine.BoundTool, json.RawMessage) {
	t, ok := ch.Find(name)
	switch {
	case !ok:
		return nil, nil
	case t.CallsHeyGen():
		return t, raw
	case !slices.Contains(t.Toolsets, Discover):
		return nil, nil
	}
	var inside struct {
		Name      string          `json:"name"`
		Arguments json.RawMessage `json:"arguments"`
	}
	if json.Unmarshal(raw, &inside) != nil {
		return nil, nil // which the tool refuses by itself
	}
	called, ok := ch.Find(inside.Name)
	if !ok || !called.CallsHeyGen() {
		return nil, nil
	}
	return called, inside.Arguments
}

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
	if called, _ := ch.Called(name, raw); called != nil {
		return called.Effect
	}
	return engine.Reads
}
