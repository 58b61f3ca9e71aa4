package edge

import (
	"context"
	"encoding/json"
	"net/http"

	"heygen-mcp/internal/exchange"
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
		e.refuse(w, http.StatusBadRequest, m, bad)
		return
	}
	var x *exchange.Exchange
	if bad = m.version2(); bad == nil {
		x, bad = m.exchange(r.Header)
	}
	if bad != nil {
		e.refuse(w, statusOf(modern, bad.code), m, bad)
		return
	}
	x.Client = m.client(r.Header)
	tools, err := e.cfg.List(exchange.With(r.Context(), x))
	if err != nil {
		// The schemas are the program's own, so this is a fault of ours; recovery logs it and answers.
		panic(err)
	}
	head := `{"jsonrpc":"2.0","id":` + string(m.ID) + `,"result":{`
	if modern {
		// What a client sees may depend on its path, its headers and its rights.
		head += `"resultType":"complete","ttlMs":0,"cacheScope":"private","_meta":` + string(e.serverMeta) + `,`
	}
	// The list is not copied: a client that is slow to read it holds what all share.
	newReplyStream(w, 0, func() {}).answer(http.StatusOK, []byte(head+`"tools":`), tools, []byte(`}}`))
}

// client is what the sender of a message calls itself: in the message, where its era says it there, or else
// as a client of HTTP.
func (m message) client(h http.Header) string {
	if name, _ := clientOf(m.Params.Meta.ClientInfo); name != "" {
		return name
	}
	return h.Get("User-Agent")
}
