package inputs

import (
	"fmt"

	"heygen-mcp/tools/args/faults"
)

// Callback is an argument that names where HeyGen sends to.
type Callback struct {
	Path string // of the argument, such as "videos[1].callback_url"
	URL  string // never ""
}

// TakesCallback reports whether there is an argument with the tag callback, at any depth.
func (p *Spec) TakesCallback() bool {
	for _, f := range p.Fields {
		if f.Callback || f.Nested != nil && f.Nested.TakesCallback() {
			return true
		}
	}
	for _, v := range p.Variants {
		if v.TakesCallback() {
			return true
		}
	}
	return false
}

// Callbacks are those among checked arguments, at every depth. One that is "" leads nowhere and is left out.
func (p *Spec) Callbacks(canonical map[string]any) []Callback { return p.callbacks(canonical, "") }

// callbacks finds them in one object; path is where it stands.
func (p *Spec) callbacks(object map[string]any, path string) (found []Callback) {
	if p.By != "" {
		kind, _ := object[p.By].(string)
		if v := p.Variants[kind]; v != nil {
			return v.callbacks(object, path)
		}
		return nil
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		found = append(found, f.callbacks(object[f.Name], faults.Join(path, f.Name))...)
	}
	return found
}

// callbacks finds them in one argument.
func (f *Field) callbacks(v any, path string) (found []Callback) {
	switch t := v.(type) {
	case string:
		if f.Callback && t != "" {
			return []Callback{{path, t}}
		}
	case map[string]any:
		if f.Nested != nil {
			return f.Nested.callbacks(t, path)
		}
	case []any:
		for i, m := range t {
			found = append(found, f.callbacks(m, fmt.Sprintf("%s[%d]", path, i))...)
		}
	}
	return found
}
