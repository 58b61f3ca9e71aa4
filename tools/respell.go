package tools

import "regexp"

// argumentNames are the names of arguments that camelCase spells otherwise, at every depth.
type argumentNames map[string]string

// names collects them from a plan.
func (p *plan) names() argumentNames {
	found := argumentNames{}
	var collect func(p *plan)
	collect = func(p *plan) {
		for _, f := range p.fields {
			if f.camel != f.name {
				found[f.name] = f.camel
			}
			if f.nested != nil {
				collect(f.nested)
			}
		}
		for _, v := range p.variants {
			collect(v)
		}
	}
	collect(p)
	return found
}

// respelt is a refusal that names arguments in camelCase, for clients whose schemas do: what it says
// of others, such as tools and codes, stays as it is.
func (r *Refusal) respelt(names argumentNames) *Refusal {
	word := regexp.MustCompile(`[a-z]+(?:_[a-z0-9]+)+`)
	spell := func(text string) string {
		return word.ReplaceAllStringFunc(text, func(name string) string {
			if camel, ok := names[name]; ok {
				return camel
			}
			return name
		})
	}
	other := *r
	other.Param, other.Message, other.NextStep = spell(r.Param), spell(r.Message), spell(r.NextStep)
	other.HeyGenMessage = spell(r.HeyGenMessage)
	return &other
}
