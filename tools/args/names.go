package args

import "slices"

// resolve finds the field that a name means: in snake_case or camelCase, or in any case and with any
// separator where that means one field only.
func (p *InputSpec) resolve(name string) (at int, known bool) {
	if at, known = p.bySpelling[name]; known || len(name) > maxName {
		return at, known
	}
	at, known = p.byPlainName[plainName(name)]
	return at, known && at >= 0
}

// maxName is longer than every name of an argument; what is longer is not looked at closely.
const maxName = 64

// indexPlainNames lists the fields by their folded names; -1 is for those of several fields.
func (p *InputSpec) indexPlainNames() {
	p.byPlainName = make(map[string]int, len(p.Fields))
	for i, f := range p.Fields {
		plain := plainName(f.Name)
		if _, twice := p.byPlainName[plain]; twice {
			i = -1
		}
		p.byPlainName[plain] = i
	}
}

// addedByClients reports whether a name is one that a client puts among the arguments of its own
// accord: n8n's agents name the call, the session and the chat, Cursor and others fill in something
// where a tool takes nothing, Gemini CLI says whether to wait for its previous call.
func addedByClients(name string) bool {
	return slices.Contains([]string{
		"toolcallid", "sessionid", "chatinput", "action", "tool", "toolname", "itemindex",
		"randomstring", "dummy", "placeholder", "noargs", "unused", "waitforprevious",
	}, plainName(name))
}
