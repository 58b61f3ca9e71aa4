package tools

import (
	"slices"
	"testing"

	"heygen-mcp/tools/engine"
)

// TestKeyReach holds what is said of a key, by its permissions.
func TestKeyReach(t *testing.T) {
	t.Parallel()
	tool := func(name string, effect engine.Effect, permissions ...string) *engine.BoundTool {
		ops := []engine.Operation{{Method: "GET", Path: "/v3/x"}}
		return &engine.BoundTool{
			Info: engine.Info{
				Name:        name,
				Effect:      effect,
				Permissions: permissions,
				Operations:  ops,
			},
		}
	}
	all := []*engine.BoundTool{
		tool("get_current_user", engine.Reads, "account:read"),
		tool("list_videos", engine.Reads, "videos:read"),
		tool("create_video", engine.Creates, "videos:write"),
		tool("update_video", engine.Changes, "videos:write"),
		tool("delete_video", engine.Deletes, "videos:write"),
		tool("list_templates", engine.Reads, "templates:read"),
		tool("generate", engine.Creates, "templates:read", "videos:write"),
		tool("get_agent", engine.Reads, "video_agent:read"),
		tool("create_folder", engine.Creates),
		tool("get_folder", engine.Reads),
		{Info: engine.Info{Name: "call_tool", Effect: engine.Deletes}},
	}
	for name, c := range map[string]struct {
		mode        string
		scopes      []string
		can, cannot string
	}{
		"full": {"full", []string{"*:*"}, "everything that the tools here do", ""},
		"read only": {
			"read_only", []string{"*:read"},
			"everything with account, templates, video agent; read videos",
			"change videos (4 tools); change anything else (create_folder)",
		},
		"custom": {
			"custom", []string{"videos:read", "templates:read"},
			"everything with templates; read videos",
			"change videos (4 tools); do anything with account, video agent (get_current_user, get_agent)",
		},
		"to write is to read": {
			"custom", []string{"videos:write", "templates:*", "video_agent:read", "account:read"},
			"everything that the tools here do", "",
		},
		"nothing": {
			"custom", nil, "nothing that needs a permission",
			"do anything with account, templates, video agent, videos (8 tools)",
		},
	} {
		can, cannot := keyReach(slices.Values(all), c.mode, c.scopes)
		if can != c.can || cannot != c.cannot {
			t.Errorf("%s: got %q, %q\nwant %q, %q", name, can, cannot, c.can, c.cannot)
		}
	}
}
