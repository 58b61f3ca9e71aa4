package tools_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/tiktoken-go/tokenizer"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// The tokens that tools/list may cost a session, counted as cl100k of the tools array as sent.
const (
	coreBudget     = 8_000
	allBudget      = 30_000
	previewsBudget = 12_000
)

// TestBudgets holds what the definitions cost every session that loads them.
func TestBudgets(t *testing.T) {
	t.Parallel()
	codec, err := tokenizer.Get(tokenizer.Cl100kBase)
	if err != nil {
		t.Fatal(err)
	}
	for _, confirm := range []string{tools.ConfirmNever, tools.ConfirmAll} {
		for set, budget := range map[string]int{tools.Core: coreBudget, tools.All: allBudget, tools.Previews: previewsBudget, "discover": 1000} {
			raw, err := json.Marshal(listed(t, set, confirm))
			if err != nil {
				t.Fatal(err)
			}
			tokens, err := codec.Count(string(raw))
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s, confirm %s: %d tokens of %d", set, confirm, tokens, budget)
			if tokens > budget {
				t.Errorf("%s costs %d tokens with confirm %s; %d are allowed", set, tokens, confirm, budget)
			}
		}
	}
}

// listed is what tools/list answers for a toolset.
func listed(t *testing.T, set, confirm string) []mcp.Tool {
	t.Helper()
	b := toolstest.New(t)
	b.Change(t, func(c *tools.Config) { c.Confirm = confirm })
	ctx, err := b.Choose(context.Background(), [][]string{{set}}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	return b.Visible(ctx, slices.Collect(maps.Values(b.Declared())))
}
