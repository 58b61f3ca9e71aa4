package engine_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/tools/repeats"
	"heygen-mcp/tools/toolstest"
)

// TestRefusedCreatesNameTheirKey holds that a create whose end is open says under which key to repeat
// it, whatever the code was, so that the end of a slot meanwhile makes no second one.
func TestRefusedCreatesNameTheirKey(t *testing.T) {
	t.Parallel()
	for status, code := range map[int]string{409: "request_in_progress", 429: "rate_limit_exceeded", 504: "gateway_timeout", 500: "internal_error"} {
		var keys []string
		b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost { // and not what is looked up for the estimate
				keys = append(keys, r.Header.Get("Idempotency-Key"))
			}
			w.WriteHeader(status)
			_, _ = fmt.Fprintf(w, `{"error":{"code":%q,"message":"x"}}`, code)
		}, "its codes are those of gateways too")
		args := map[string]any{"avatar_id": "A", "script": "x"}
		raw, _ := json.Marshal(args)
		res := b.CallTool(t, "create_video_from_avatar", string(raw))
		step, _ := res["next_step"].(string)
		_, rest, _ := strings.Cut(step, `idempotency_key "`)
		args["idempotency_key"], _, _ = strings.Cut(rest, `"`)
		if args["idempotency_key"] == "" || args["idempotency_key"] != keys[0] {
			t.Errorf("%s: %q names another key than %q", code, step, keys[0])
			continue
		}
		b.Now = b.Now.Add(repeats.SlotLength)
		raw, _ = json.Marshal(args)
		b.CallTool(t, "create_video_from_avatar", string(raw))
		if last := keys[len(keys)-1]; last != keys[0] {
			t.Errorf("%s: the repeat travelled under %q", code, last)
		}
	}
}
