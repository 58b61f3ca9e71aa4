package sandbox

import (
	"net/http"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	graphSchema  = "1.0.0"
	nodeContract = "1.0.0"
	nodeAdapter  = "2026-09-01"
)

// nodeKind is a type of node. v3 does not publish its own; these are like those of its examples.
type nodeKind struct {
	family, display, variant string // no variant is the only one
	description, category    string
	config, options          []string // members of the config, those it must have first
	in, out                  []nodePort
	deprecated               bool
}

type nodePort struct {
	name, kind  string
	required    bool
	description string
}

// nodeKinds are sorted by family and variant.
func nodeKinds() []nodeKind {
	script := nodePort{"script", "text", true, "What is said"}
	return []nodeKind{
		{
			family: "avatar_video", display: "Avatar video", variant: "avatar_iii", category: "video",
			description: "An avatar speaks a script.", config: []string{"avatar_id"},
			in: []nodePort{script}, out: []nodePort{{"video", "video", false, "The video"}},
			deprecated: true,
		},
		{
			family: "avatar_video", display: "Avatar video", variant: "avatar_iv", category: "video",
			description: "An avatar speaks a script.", config: []string{"avatar_id"},
			options: []string{"voice_id", "resolution"},
			in:      []nodePort{script, {"background", "image", false, "What is seen behind"}},
			out:     []nodePort{{"video", "video", false, "The video"}},
		},
		{
			family: "image", display: "Image", category: "image", description: "An image of a prompt.",
			options: []string{"aspect_ratio"},
			in:      []nodePort{{"prompt", "text", true, "What is seen"}},
			out:     []nodePort{{"image", "image", false, "The image"}},
		},
		{
			family: "llm", display: "Language model", category: "text", description: "A text of a prompt.",
			config: []string{"prompt"}, options: []string{"temperature"},
			in: []nodePort{{"context", "json", false, "What the prompt is about"}},
			out: []nodePort{
				{"text", "text", false, "The text"}, {"json", "json", false, "The text with what is known of it"},
			},
		},
		{
			family: "speech", display: "Speech", category: "audio", description: "A text is spoken.",
			config: []string{"voice_id"},
			in:     []nodePort{{"text", "text", true, "What is said"}},
			out:    []nodePort{{"audio", "audio", false, "The recording"}},
		},
	}
}

// kind is the type of a node, nil for none; family says whether its family is known at all. A node
// without a variant has the only one of its family.
func (n *graphNode) kind() (kind *nodeKind, family bool) {
	of := nodeKinds()
	for i := range of {
		if of[i].family != n.Type {
			continue
		}
		family = true
		if of[i].variant == value(n.Variant) {
			return &of[i], true
		}
	}
	return nil, family
}

// listNodeTypes answers GET /v3/workflows/node-types.
func (s *Sandbox) listNodeTypes(*http.Request, *engine.Request) (any, *engine.Error) {
	var families []map[string]any
	for _, kind := range nodeKinds() {
		if n := len(families); n == 0 || families[n-1]["family"] != kind.family {
			families = append(
				families,
				map[string]any{"family": kind.family, "display_name": kind.display, "variants": []any{}},
			)
		}
		last := families[len(families)-1]
		variants, _ := last["variants"].([]any)
		last["variants"] = append(variants, kind.show())
	}
	return map[string]any{"families": families}, nil
}

func (k *nodeKind) show() any {
	members := map[string]any{}
	for _, names := range [][]string{k.config, k.options} {
		for _, name := range names {
			members[name] = map[string]any{"type": "string"}
		}
	}
	required := k.config
	if required == nil {
		required = []string{}
	}
	lifecycle := "available"
	if k.deprecated {
		lifecycle = "deprecated"
	}
	ports := func(list []nodePort, in bool) []any {
		out := []any{}
		for _, p := range list {
			one := map[string]any{
				"name":        p.name,
				"type":        p.kind,
				"description": p.description,
				"required":    nil,
			}
			if in {
				one["required"] = p.required
			}
			out = append(out, one)
		}
		return out
	}
	return map[string]any{
		"variant": engine.OrNull(
			k.variant,
		), "display_name": k.display, "description": k.description, "category": k.category,
		"config_schema": map[string]any{
			"type":                 "object",
			"properties":           members,
			"required":             required,
			"additionalProperties": false,
		},
		"input_ports": ports(
			k.in,
			true,
		), "output_ports": ports(k.out, false), "contract_version": nodeContract, "lifecycle": lifecycle,
	}
}
