package inputs

import "heygen-mcp/internal/lazyregexp"

// Names are the names of arguments that camelCase spells otherwise, at every depth.
type Names map[string]string

// Names collects the names of the fields that camelCase spells otherwise.
func (p *Spec) Names() Names {
	found := Names{}
	var collect func(p *Spec)
	collect = func(p *Spec) {
		for _, f := range p.Fields {
			if f.Camel != f.Name {
				found[f.Name] = f.Camel
			}
			if f.Nested != nil {
				collect(f.Nested)
			}
		}
		for _, v := range p.Variants {
			collect(v)
		}
	}
	collect(p)
	return found
}

// snakeWord is a name of several words.
var snakeWord = lazyregexp.New(`[a-z]+(?:_[a-z0-9]+)+`)

// Spell writes the arguments that a text names in camelCase, for clients whose schemas do. What it
// names else, such as tools and codes, stays as it is.
func (n Names) Spell(text string) string {
	return snakeWord().ReplaceAllStringFunc(text, func(name string) string {
		if camel, ok := n[name]; ok {
			return camel
		}
		return name
	})
}

// Words are the names and the choices of the arguments at every depth.
func (p *Spec) Words() []string {
	var all []string
	if p == nil {
		return nil
	}
	for _, f := range p.Fields {
		all = append(append(all, f.Name), f.Enum...)
		if f.Nested != nil {
			all = append(all, f.Nested.Words()...)
		}
	}
	for _, kind := range p.Kinds {
		all = append(append(all, kind), p.Variants[kind].Words()...)
	}
	return all
}
