package tools_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/tools/toolstest"
)

// TestKeyInTheBody holds that a create whose key v3 takes in its body is as safe to repeat as one
// with a header, and that a refusal names the argument which makes it so.
func TestKeyInTheBody(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	const args = `{"video":"https://example.com/a.mp4"}`
	fail := func(fault string, times int) {
		b.Control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/background-removals","fault":%q,"times":%d}`, fault, times))
	}
	fail("lost", 1)
	one := b.CallTool(t, "create_background_removal", args)
	if again := b.CallTool(t, "create_background_removal", args); one["job_id"] == nil || again["job_id"] != one["job_id"] {
		t.Errorf("%v, then %v", one, again)
	}
	if n := b.Asked(t, "POST", "/v3/background-removals"); n != 3 {
		t.Errorf("sent %d times", n)
	}
	b.Now = b.Now.Add(10 * time.Minute)
	if later := b.CallTool(t, "create_background_removal", args); later["job_id"] == one["job_id"] {
		t.Error("another slot brought the same job")
	}
	fail("html_502", 6)
	for args, name := range map[string]string{`{"video":"b"}`: `request_id "mcp-`, `{"video":"b","request_id":"mine"}`: `request_id "mine"`} {
		if res := b.CallTool(t, "create_background_removal", args); res["retryable"] != true || !strings.Contains(fmt.Sprint(res["next_step"]), name) {
			t.Errorf("%s: got %v, want retryable %v and %q in it", args, res, true, name)
		}
	}
}

// TestOnlyTheBodyHasTheKey holds that the key is the body's request_id and no header, which v3 does
// not look at here.
func TestOnlyTheBodyHasTheKey(t *testing.T) {
	t.Parallel()
	var header, key string
	b := toolstest.Upstream(t, func(w http.ResponseWriter, req *http.Request) {
		var body struct {
			Key string `json:"request_id"`
		}
		if err := json.NewDecoder(req.Body).Decode(&body); err != nil {
			t.Errorf("reading the request: %v", err)
		}
		header, key = req.Header.Get("Idempotency-Key"), body.Key
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"data":{"id":"r","status":"pending"}}`)
	})
	b.CallTool(t, "create_background_removal", `{"video":"asst_a","request_id":"mine"}`)
	if header != "" || key != "mine" {
		t.Errorf("got the header %q and the request_id %q, want none and mine", header, key)
	}
	b.CallTool(t, "create_background_removal", `{"video":"asst_a"}`)
	if header != "" || !strings.HasPrefix(key, "mcp-") {
		t.Errorf("got the header %q and the request_id %q, want none and one that begins with mcp-",
			header, key)
	}
}
