package engine_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/toolstest"
)

// TestWhatTakesAKeyAlone holds that a caller without an API key is told so before HeyGen is asked,
// and before the user is.
func TestWhatTakesAKeyAlone(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte(`{"data":{}}`))
	}, "it answers everything without data")
	b.Change(t, func(c *tools.Config) {
		c.Toolsets, c.Confirm = []string{tools.All, tools.Previews, "discover"}, tools.ConfirmAll
		c.HasKey, c.KeyHint = func(context.Context) bool { return false }, "They type it on a page."
	})
	for tool, args := range map[string]string{
		"generate_model_speech": `{"voice_id":"v","text":"x"}`,
		"get_current_api_key":   `{}`,
		"call_read_tool":        `{"name":"get_current_api_key"}`,
	} {
		res := b.CallTool(t, tool, args)
		step, _ := res["next_step"].(string)
		if res["error_code"] != "api_key_required" || res["retryable"] != false ||
			!strings.HasSuffix(step, "They type it on a page.") {
			t.Errorf("%s: got %v, want that a key is required, and the hint", tool, res)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("HeyGen was asked %d times, want 0", n)
	}
	if res := b.CallTool(t, "get_current_user", `{}`); res["error"] != nil || asked.Load() != 1 {
		t.Errorf("another tool: got %v, want it to be called", res)
	}
	b.Change(t, func(c *tools.Config) { c.HasKey = func(context.Context) bool { return true } })
	if res := b.CallTool(t, "get_current_api_key", `{}`); res["error"] != nil {
		t.Errorf("with a key: got %v, want it to be called", res)
	}
}

// TestCallsInsideTakeAKeyAlone holds the same of what a tool asks besides its own operation, such
// as the state of a job.
func TestCallsInsideTakeAKeyAlone(t *testing.T) {
	t.Parallel()
	b := toolstest.Upstream(
		t,
		func(http.ResponseWriter, *http.Request) { t.Error("HeyGen was asked") },
	)
	e, err := engine.New(engine.Config{
		Client: b.Cfg.Client, Caller: b.Cfg.Caller, Secret: b.Cfg.Secret, Ring: b.Cfg.Ring,
		HasKey: func(context.Context) bool { return false },
	})
	if err != nil {
		t.Fatal(err)
	}
	op := heygen.Op{Method: "GET", Path: "/v3/video-quality/comparisons/{comparison_id}"}
	_, err = e.Do(t.Context(), op, &struct {
		ID string `json:"comparison_id" in:"path"`
	}{"c"})
	if r, ok := errors.AsType[*refusals.Refusal](err); !ok || r.Code != refusals.CodeKeyRequired {
		t.Errorf("got %v, want that a key is required", err)
	}
}

// TestRefusalsKnowTheCaller holds that what a key lacks is told to callers with one alone.
func TestRefusalsKnowTheCaller(t *testing.T) {
	t.Parallel()
	b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`{"error":{"code":"forbidden","message":"No."}}`))
	})
	for _, key := range []bool{true, false} {
		b.Change(t, func(c *tools.Config) { c.HasKey = func(context.Context) bool { return key } })
		step, _ := b.CallTool(t, "list_videos", `{}`)["next_step"].(string)
		if strings.Contains(step, "the permission videos:read") != key ||
			strings.Contains(step, "without an API key") == key {
			t.Errorf("key %v: got %q", key, step)
		}
	}
}
