package message

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestSessionsTellOfPages holds that a session id says again that its client shows pages, and nothing else, and that
// only an initialize begins one.
func TestSessionsTellOfPages(t *testing.T) {
	t.Parallel()
	const apps = `{"extensions":{"io.modelcontextprotocol/ui":{"mimeTypes":["text/html;profile=mcp-app"]}}}`
	for _, c := range []struct {
		body string
		want bool
	}{
		{fmt.Sprintf(`{"id":1,"method":"initialize","params":{"capabilities":%s}}`, apps), true},
		{fmt.Sprintf(`{"method":"initialize","params":{"capabilities":%s}}`, apps), false},
		{fmt.Sprintf(`{"id":1,"method":"ping","params":{"capabilities":%s}}`, apps), false},
		{`{"id":1,"method":"initialize","params":{"capabilities":{}}}`, false},
		{`{"id":1,"method":"initialize","params":{"capabilities":7}}`, false},
		{`{"id":1,"method":"initialize"}`, false},
	} {
		m, bad := Parse([]byte(c.body))
		if bad != nil {
			t.Fatalf("%s was refused: %s", c.body, bad.Text)
		}
		w := httptest.NewRecorder()
		m.BeginSession(w)
		id := w.Header().Get("Mcp-Session-Id")
		if (id != "") != c.want {
			t.Errorf("%s: got the session %q, want one: %t", c.body, id, c.want)
		}
		later, bad := Parse([]byte(`{"id":2,"method":"tools/list"}`))
		if bad != nil {
			t.Fatal(bad.Text)
		}
		x, bad := later.Exchange(http.Header{"Mcp-Session-Id": {id}})
		if bad != nil || x.TakesApps() != c.want {
			t.Errorf("with the session %q: got %+v, want pages to be taken: %t", id, x, c.want)
		}
	}
	if declared := sessionCapabilities(http.Header{"Mcp-Session-Id": {strings.ToUpper(appsSession)}}); declared.Extensions != nil {
		t.Errorf("a session of somebody else's declares %v", declared.Extensions)
	}
}
