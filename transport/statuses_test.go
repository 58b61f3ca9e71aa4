package transport_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// furnished is a server with one of everything: beside the tools, a prompt, a resource that is the same
// for all, one that is the caller's own, and completions.
func furnished(_ *transport.Config, p *transport.Parts) {
	p.ParamHeaders = true
	p.Register = func(s *server.MCPServer) {
		edgetest.Register(s)
		s.AddPrompt(mcp.NewPrompt("p", mcp.WithArgument("a")), func(context.Context, mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return mcp.NewGetPromptResult("", []mcp.PromptMessage{mcp.NewPromptMessage(mcp.RoleUser, mcp.NewTextContent("prompted"))}), nil
		})
		read := func(share bool) server.ResourceHandlerFunc {
			return func(ctx context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
				if share {
					exchange.From(ctx).Share()
				}
				return []mcp.ResourceContents{mcp.TextResourceContents{URI: req.Params.URI, Text: "read"}}, nil
			}
		}
		s.AddResource(mcp.NewResource("r://guide", "guide"), read(true))
		s.AddResourceTemplate(mcp.NewResourceTemplate("r://own/{id}", "own"), server.ResourceTemplateHandlerFunc(read(false)))
	}
	p.Complete = func(context.Context, string, string, string) (*mcp.Completion, error) {
		return &mcp.Completion{Values: []string{"completed"}}, nil
	}
}

// method is a method of revision 2026-07-28 with params that it takes, the name that its header tells,
// what its answer has, and who may keep it ("" where the protocol says nothing of that).
type method struct{ name, params, header, answer, scope string }

func methods() []method {
	return []method{
		{"server/discover", ``, "", `"supportedVersions":["2026-07-28"`, "public"},
		{"tools/list", ``, "", `"echo"`, "private"},
		{"tools/call", `"name":"echo"`, "echo", "echo:", ""},
		{"prompts/list", ``, "", `"name":"p"`, "public"},
		{"prompts/get", `"name":"p"`, "p", "prompted", ""},
		{"resources/list", ``, "", "r://guide", "private"},
		{"resources/templates/list", ``, "", "r://own/{id}", "public"},
		{"resources/read", `"uri":"r://guide"`, "r://guide", `"read"`, "public"},
		{"resources/read", `"uri":"r://own/7"`, "r://own/7", `"read"`, "private"},
		{"completion/complete", `"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":""}`, "", "completed", ""},
		{"completion/complete", `"ref":{"type":"ref/resource","uri":"r://own/{id}"},"argument":{"name":"id","value":""}`, "", "completed", ""},
		{"subscriptions/listen", `"notifications":{}`, "", "acknowledged", ""},
	}
}

// gone are methods that revision 2026-07-28 does not have: those of the older era, of clients, and none.
func gone() []method {
	list := []method{{name: "ping"}, {name: "initialize"}, {name: "logging/setLevel"}, {name: "resources/subscribe"}, {name: "resources/unsubscribe"},
		{name: "sampling/createMessage"}, {name: "roots/list"}, {name: "elicitation/create"}, {name: "tasks/list"}, {name: "tasks/result"}, {name: "no/such"}}
	for i := range list {
		list[i].params = `"uri":"r://guide","level":"info"`
	}
	return list
}

// ask sends a method with a _meta of its own, "" for none.
func (m method) ask(t *testing.T, url, meta string, edit func(http.Header)) (int, string) {
	t.Helper()
	parts := []string{}
	for _, part := range []string{m.params, meta} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	res := edgetest.Send(t.Context(), t, "POST", url, edgetest.RPC(7, m.name, "{"+strings.Join(parts, ",")+"}"), func(r *http.Request) {
		edgetest.Modern(m.name, m.header)(r)
		if edit != nil {
			edit(r.Header)
		}
	})
	got := edgetest.Text(t, res)
	if res.StatusCode >= 300 && res.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%s: %d as %s", m.name, res.StatusCode, res.Header.Get("Content-Type"))
	}
	return res.StatusCode, got
}

// Every method answers a request of revision 2026-07-28, and what may be kept by others says so.
func TestModernMethods(t *testing.T) {
	t.Parallel()
	s := start(t, furnished)
	for _, m := range methods() {
		status, got := m.ask(t, s.URL+"/mcp", `"_meta":{`+edgetest.ModernMeta+`}`, nil)
		if status != http.StatusOK {
			t.Errorf("%s: got %d %s, want %v", m.name, status, got, http.StatusOK)
		}
		edgetest.Wants(t, got, m.answer, `"resultType":"complete"`, `"id":7`)
		switch m.scope {
		case "public":
			edgetest.Wants(t, got, `"ttlMs":3600000,"cacheScope":"public"`)
		case "private":
			edgetest.Wants(t, got, `"ttlMs":0,"cacheScope":"private"`)
		default:
			if strings.Contains(got, "cacheScope") {
				t.Errorf("%s says who may keep it: %s", m.name, got)
			}
		}
	}
	// The older era has no such hints.
	for _, m := range methods() {
		if res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, m.name, "{"+m.params+"}"), nil); strings.Contains(edgetest.Text(t, res), "cacheScope") {
			t.Errorf("%s of an older client has hints", m.name)
		}
	}
}

// A refusal of revision 2026-07-28 has a status and a JSON-RPC body with the request's id, whichever
// method it is: from a bare status a client that speaks both eras concludes that this one is not spoken.
func TestModernRefusals(t *testing.T) {
	t.Parallel()
	s := start(t, furnished)
	meta := `"_meta":{` + edgetest.ModernMeta + `}`
	const future = "2031-01-01"
	del := func(name string) func(http.Header) { return func(h http.Header) { h.Del(name) } }
	set := func(name, value string) func(http.Header) { return func(h http.Header) { h.Set(name, value) } }
	for _, c := range []struct {
		name, meta string
		edit       func(http.Header)
		code       int
		named      bool // only for methods whose header tells a name
	}{
		{"no _meta", ``, nil, mcp.INVALID_PARAMS, false},
		{"a _meta that is none", `"_meta":7`, nil, mcp.INVALID_PARAMS, false},
		{"no version in _meta", `"_meta":{"io.modelcontextprotocol/clientCapabilities":{}}`, nil, mcp.INVALID_PARAMS, false},
		{"no capabilities", `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}`, nil, mcp.INVALID_PARAMS, false},
		{"capabilities that are none", strings.Replace(meta, `ties":{}`, `ties":7`, 1), nil, mcp.INVALID_PARAMS, false},
		{"a version to come", strings.Replace(meta, "2026-07-28", future, 1), set("Mcp-Protocol-Version", future), mcp.UNSUPPORTED_PROTOCOL_VERSION, false},
		{"no version in the header", meta, del("Mcp-Protocol-Version"), mcp.HEADER_MISMATCH, false},
		{"another version in the header", meta, set("Mcp-Protocol-Version", "2025-06-18"), mcp.HEADER_MISMATCH, false},
		{"no method in the header", meta, del("Mcp-Method"), mcp.HEADER_MISMATCH, false},
		{"another method in the header", meta, set("Mcp-Method", "no/such"), mcp.HEADER_MISMATCH, false},
		{"two methods in the header", meta, func(h http.Header) { h.Add("Mcp-Method", "other") }, mcp.HEADER_MISMATCH, false},
		{"resumption", meta, set("Last-Event-Id", "7"), mcp.HEADER_MISMATCH, false},
		{"no name in the header", meta, del("Mcp-Name"), mcp.HEADER_MISMATCH, true},
		{"another name in the header", meta, set("Mcp-Name", "other"), mcp.HEADER_MISMATCH, true},
		{"a name that cannot be read", meta, set("Mcp-Name", "=?base64?!?="), mcp.HEADER_MISMATCH, true},
	} {
		for _, m := range methods() {
			if c.named && m.header == "" {
				continue
			}
			status, got := m.ask(t, s.URL+"/mcp", c.meta, c.edit)
			refusedAs(t, c.name+", "+m.name, got, status, http.StatusBadRequest, c.code)
		}
	}
}

// A method that there is not, or not any more, is 404 with a body: a bare 404 would say that the endpoint is elsewhere.
func TestModernMethodsThatAreGone(t *testing.T) {
	t.Parallel()
	s := start(t, furnished)
	for _, m := range gone() {
		status, got := m.ask(t, s.URL+"/mcp", `"_meta":{`+edgetest.ModernMeta+`}`, nil)
		refusedAs(t, m.name, got, status, http.StatusNotFound, mcp.METHOD_NOT_FOUND)
	}
}

// refusedAs holds a refusal of the request 7 to its status and code, and each code to its data.
func refusedAs(t *testing.T, name, got string, status, wantStatus, wantCode int) {
	t.Helper()
	var reply struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Result  json.RawMessage `json:"result"`
		Error   struct {
			Code    int    `json:"code"`
			Message string `json:"message"`
			Data    struct {
				Supported []string `json:"supported"`
				Requested string   `json:"requested"`
			} `json:"data"`
		} `json:"error"`
	}
	if err := json.Unmarshal([]byte(got), &reply); err != nil {
		t.Errorf("%s: %d, %v in %s", name, status, err, got)
		return
	}
	if status != wantStatus || reply.JSONRPC != "2.0" || string(reply.ID) != "7" || reply.Error.Code != wantCode || reply.Error.Message == "" || reply.Result != nil {
		t.Errorf("%s: got %d %s, want %v, reply.JSONRPC %q, string(reply.ID) %q, reply.Error.Code %v, reply.Error.Message not empty and reply.Result nil", name, status, got, wantStatus, "2.0", "7", wantCode)
	}
	versions := reply.Error.Data
	if wantCode == mcp.UNSUPPORTED_PROTOCOL_VERSION && (versions.Requested != "2031-01-01" || !slices.Equal(versions.Supported, mcp.ValidProtocolVersions)) {
		t.Errorf("%s: %s", name, got)
	}
}
