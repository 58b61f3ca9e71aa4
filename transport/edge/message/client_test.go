package message

import (
	"net/http"
	"strings"
	"testing"
)

// TestHarmless holds which names of clients are told to operators.
func TestHarmless(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"azAZ09": true, "A client (1.0)": true, "a`b": false, "a{b": false, "a[b": false, "ä": false, "a\nb": false, "a;b": false,
		strings.Repeat("z", 64): true, strings.Repeat("z", 65): false,
	} {
		if got := harmless(name); (got == name) != want || !want && got != "" {
			t.Errorf("%q is told as %q, want it told: %t", name, got, want)
		}
	}
}

// TestClients holds what a client is called: what it says where its era says it, or else what its HTTP does. What could
// be anything is told to nobody.
func TestClients(t *testing.T) {
	t.Parallel()
	agent := http.Header{"User-Agent": {"curl/8.1 (x)"}}
	const info = `{"name":"Desk","version":"1.2"}`
	for _, c := range []struct {
		name, body, client, program, version string
		h                                    http.Header
	}{
		{"modern", `{"id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/clientInfo":` + info + `}}}`, "Desk", "Desk", "1.2", agent},
		{"older", `{"id":1,"method":"initialize","params":{"clientInfo":` + info + `}}`, "curl/8.1 (x)", "Desk", "1.2", agent},
		{"older, later on", `{"id":1,"method":"ping","params":{"clientInfo":` + info + `}}`, "curl/8.1 (x)", "curl", "8.1", agent},
		{"a page", `{"id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/clientInfo":{"name":"<b>"}}}}`, "curl/8.1 (x)", "curl", "8.1", agent},
		{"no object", `{"id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/clientInfo":7}}}`, "", "", "", nil},
		{"more", `{"id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/clientInfo":{"title":[1],"name":"a"}}}}`, "a", "a", "", nil},
	} {
		m := parsed(t, c.body)
		program, version := m.Program(c.h)
		if client := m.Client(c.h); client != c.client || program != c.program || version != c.version {
			t.Errorf("%s: got %q, %q and %q, want %q, %q and %q", c.name, client, program, version, c.client, c.program, c.version)
		}
	}
}

// TestStated holds which version and which trace a message states: those of its body before those of its headers.
func TestStated(t *testing.T) {
	t.Parallel()
	h := http.Header{"Mcp-Protocol-Version": {"2025-06-18"}, "Traceparent": {"header"}}
	for _, c := range []struct{ body, version, trace string }{
		{`{"id":1,"method":"ping"}`, "2025-06-18", "header"},
		{`{"id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","traceparent":"body"}}}`, "2026-07-28", "body"},
		{`{"id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"1","traceparent":7}}}`, "2025-06-18", "header"},
	} {
		m := parsed(t, c.body)
		if version, trace := m.Version(h), m.TraceParent(h); version != c.version || trace != c.trace {
			t.Errorf("%s: got %q and %q, want %q and %q", c.body, version, trace, c.version, c.trace)
		}
	}
	if got := parsed(t, `{"id":1,"method":"ping"}`).Version(http.Header{"Mcp-Protocol-Version": {"1"}}); got != "" {
		t.Errorf("a version that there is not is told: %q", got)
	}
}
