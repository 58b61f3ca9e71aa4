package main

import (
	"encoding/json"
	"testing"
)

// TestLargePages holds that no answer of a list is longer than clients take, however large the
// account is.
func TestLargePages(t *testing.T) {
	t.Parallel()
	s := newStack(t, "--toolsets", "all")
	s.control(t, "reset", `{"looks":20000,"voices":20000}`)
	for tool, args := range map[string]string{
		"list_avatar_looks":  `{"limit":50,"detail":"full"}`,
		"list_avatar_groups": `{"limit":50,"detail":"full"}`,
		"list_voices":        `{"limit":100,"detail":"full"}`,
	} {
		res := s.tool(t, "large", tool, args)
		raw, err := json.Marshal(res)
		if err != nil || res["error"] != nil || len(raw) > 40_000 || res["has_more"] != true || res["next_token"] == nil {
			t.Errorf("%s: %d characters, %.200s", tool, len(raw), raw)
		}
	}
}
