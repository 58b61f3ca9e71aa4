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
func (e *Edge) list(w http.ResponseWriter, r *http.Request, m incoming) {
	modern := m.Modern(r.Header)
	bad := m.LegacyFault(r.Header)
	if modern {
		bad = m.ModernFault(r.Header)
	}
	if bad != nil {
		e.refuse(w, http.StatusBadRequest, m, bad)
		return
	}
	var x *exchange.Exchange
	if bad = m.RPCFault(); bad == nil {
		x, bad = m.Exchange(r.Header)
	}
	if bad != nil {
		e.refuse(w, statusOf(modern, bad.Code), m, bad)
		return
	}
	x.Client = m.Client(r.Header)
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
