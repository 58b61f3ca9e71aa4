package inputs

import (
	"strings"

	"heygen-mcp/tools/args/spelling"
)

// Resolve finds the field that a name means: in snake_case or camelCase, or in any case and with any
// separator where that means one field only.
func (p *Spec) Resolve(name string) (at int, known bool) {
	if at, known = p.bySpelling[name]; known || len(name) > spelling.MaxName {
		return at, known
	}
	plain := spelling.Plain(name)
	if at, known = p.byPlainName[plain]; known {
		return at, at >= 0
	}
	for _, of := range fileNames(plain) {
		if at, known = p.byPlainName[of]; known && at >= 0 && p.Fields[at].TakesFile() {
			return at, true
		}
	}
	if bare := strings.TrimFunc(name, spelling.Decorates); bare != name {
		return p.Resolve(bare)
	}
	return -1, false
}

// fileNames are the arguments that a name may stand for which says in what form a file comes: video_url, for
// one. It and they are without case and separators.
func fileNames(plain string) []string {
	var names []string
	if of, ok := strings.CutPrefix(plain, spelling.Plain(Attached)); ok {
		names = append(names, of)
	}
	for _, form := range []string{"url", "file", "assetid"} {
		if of, ok := strings.CutSuffix(plain, form); ok {
			names = append(names, of)
		}
	}
	return names
}

// indexPlainNames lists the fields by their folded names; -1 is for those of several fields.
func (p *Spec) indexPlainNames() {
	p.byPlainName = make(map[string]int, len(p.Fields))
	for i, f := range p.Fields {
		plain := spelling.Plain(f.Name)
		if _, twice := p.byPlainName[plain]; twice {
			i = -1
		}
		p.byPlainName[plain] = i
	}
	if at, takes := p.byPlainName["token"]; takes && !p.Has("next_token") {
		p.byPlainName["nexttoken"] = at // as the page before calls it
	}
}
