package edge

import (
	"context"
	"encoding/json"
	"net/http"
)

// ListFunc gives the tools that a caller sees, as the JSON of one list.
type ListFunc = func(ctx context.Context) (json.RawMessage, error)

// list answers a tools/list. mcp-go writes out every schema anew for every
// client that connects; here the list is written once for each set of tools.
func (e *Edge) list(w http.ResponseWriter, r *http.Request, m message) {
	modern := m.modern(r.Header)
	bad := m.legacyFault(r.Header)
	if modern {
		bad = m.modernFault(r.Header)
	}
	if bad != nil {
		e.refuse(w, http.StatusBadRequest, m.ID, bad)
		return
	}
	if bad = m.version2(); bad == nil {
		_, bad = m.exchange(modern)
	}
	if bad != nil {
		e.refuse(w, statusOf(modern, bad.code), m.ID, bad)
		return
	}
	tools, err := e.cfg.List(r.Context())
	if err != nil {
		// The schemas are the program's own, so this is a fault of ours; recovery logs it and answers.
		panic(err)
	}
	b := e.buffers.get()
	defer e.buffers.put(b)
	const frame = 512 // what stands around the tools
	b.Grow(len(tools) + frame)
	b.WriteString(`{"jsonrpc":"2.0","id":`)
	b.Write(m.ID)
	b.WriteString(`,"result":{`)
	if modern {
		// What a client sees may depend on its path, its headers and its rights.
		b.WriteString(`"resultType":"complete","ttlMs":0,"cacheScope":"private","_meta":`)
		b.Write(e.serverMeta)
		b.WriteByte(',')
	}
	b.WriteString(`"tools":`)
	b.Write(tools)
	b.WriteString(`}}`)
	out := newWriter(w, m.ID, 0, func() {})
	out.answer(http.StatusOK, b.Bytes())
}
