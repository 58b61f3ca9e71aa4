package edge_test

import (
	"strings"
	"testing"

	"heygen-mcp/transport/edge/edgetest"
)

func TestMethods(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for method, status := range map[string]int{"GET": 405, "DELETE": 405, "PUT": 405, "HEAD": 405, "OPTIONS": 204, "POST": 400} {
		res := edgetest.Send(t.Context(), t, method, s.URL, "", nil)
		body := edgetest.Text(t, res)
		if res.StatusCode != status || (status != 400) != (res.Header.Get("Allow") == "POST, OPTIONS") {
			t.Errorf("%s: got %d, Allow %q, want %d", method, res.StatusCode, res.Header.Get("Allow"), status)
		}
		if hasError := strings.Contains(body, `"error"`); hasError != (method != "HEAD" && method != "OPTIONS") {
			t.Errorf("%s: the body is %q", method, body)
		}
	}
	if res := edgetest.Send(t.Context(), t, "HEAD", s.URL, "", nil); res.Header.Get("Content-Type") != "" {
		t.Errorf("HEAD: Content-Type is %q, of no body", res.Header.Get("Content-Type"))
	}
}
