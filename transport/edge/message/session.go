package message

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/headers"
)

// appsSession begins the session ids of clients that show pages. An older client says once, when it
// initializes, what it can do, and this server keeps nothing of it: the id that such a client sends with each
// later request says it again, to whichever replica. It opens nothing, so it needs no seal: whoever makes one up
// is shown how tools are tied to pages. All others are given no session.
const appsSession = "apps-"

// BeginSession gives a client that shows pages its session id.
func (m Message) BeginSession(w http.ResponseWriter) {
	var declared mcp.ClientCapabilities
	if m.Method != methodBegin || !m.IsRequest() || json.Unmarshal(m.Params.Capabilities, &declared) != nil {
		return
	}
	if x := (exchange.Exchange{Capabilities: declared}); x.TakesApps() {
		w.Header().Set(mcp.HeaderSessionID, appsSession+rand.Text())
	}
}

// sessionCapabilities are those that the session of an older client tells.
func sessionCapabilities(h http.Header) (declared mcp.ClientCapabilities) {
	if strings.HasPrefix(headers.First(h, mcp.HeaderSessionID), appsSession) {
		declared.Extensions = map[string]any{
			exchange.AppsExtension: map[string]any{"mimeTypes": []any{exchange.AppsMIMEType}},
		}
	}
	return declared
}
