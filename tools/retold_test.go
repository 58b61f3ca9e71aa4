package tools

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestRefusedCreatesNameTheirKey holds that a create whose end is open says under which key to repeat
// it, whatever the code was, so that the end of a slot meanwhile makes no second one.
func TestRefusedCreatesNameTheirKey(t *testing.T) {
	t.Parallel()
	for status, code := range map[int]string{409: "request_in_progress", 429: "rate_limit_exceeded", 504: "gateway_timeout", 500: "internal_error"} {
		var keys []string
		b := upstream(t, func(w http.ResponseWriter, r *http.Request) {
			keys = append(keys, r.Header.Get("Idempotency-Key"))
			w.WriteHeader(status)
			_, _ = fmt.Fprintf(w, `{"error":{"code":%q,"message":"x"}}`, code)
		})
		args := map[string]any{"avatar_id": "A", "script": "x"}
		raw, _ := json.Marshal(args)
		res := b.call(t, "create_video_from_avatar", string(raw))
		step, _ := res["next_step"].(string)
		_, rest, _ := strings.Cut(step, `idempotency_key "`)
		args["idempotency_key"], _, _ = strings.Cut(rest, `"`)
		if args["idempotency_key"] == "" || args["idempotency_key"] != keys[0] {
			t.Errorf("%s: %q names another key than %q", code, step, keys[0])
			continue
		}
		b.now = b.now.Add(slotLength)
		raw, _ = json.Marshal(args)
		b.call(t, "create_video_from_avatar", string(raw))
		if last := keys[len(keys)-1]; last != keys[0] {
			t.Errorf("%s: the repeat travelled under %q", code, last)
		}
	}
}

// TestFailedBatch holds that a batch of which something was made is not made again whole.
func TestFailedBatch(t *testing.T) {
	t.Parallel()
	res := map[string]any{"status": "failed", "counts_by_status": map[string]any{"completed": 1, "failed": 1}}
	explainFailure(res)
	if step, _ := res["next_step"].(string); !strings.Contains(step, "not the whole batch") {
		t.Errorf("%q", step)
	}
}

// TestWaitSingly holds that jobs polled one by one do not hide each other, and that one that is not
// found at first is looked for again.
func TestWaitSingly(t *testing.T) {
	t.Parallel()
	looks := map[string]int{}
	locked := make(chan struct{}, 1)
	b := upstream(t, func(w http.ResponseWriter, r *http.Request) {
		locked <- struct{}{}
		defer func() { <-locked }()
		id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		looks[id]++
		switch {
		case id == "forbidden":
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"error":{"code":"forbidden","message":"No."}}`))
		case id == "late" && looks[id] == 1:
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"error":{"code":"resource_not_found","message":"No."}}`))
		default:
			_, _ = fmt.Fprintf(w, `{"data":{"id":%q,"status":"completed"}}`, id) //nolint:gosec // G705: this is JSON, for a test
		}
	})
	res := b.call(t, "wait_for_jobs", `{"kind":"ai_clipping","ids":["done","late","forbidden"],"timeout_seconds":20}`)
	if len(res["done"].([]any)) != 2 || len(res["unknown"].([]any)) != 1 || res["finished"] != false {
		t.Errorf("%v", res)
	}
	if one := res["unknown"].([]any)[0].(map[string]any); one["id"] != "forbidden" || one["heygen_message"] != "No." {
		t.Errorf("%v", one)
	}
}
