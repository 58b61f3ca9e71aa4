package jobs

import (
	"strings"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/vocabulary"
)

// TestCheck holds that kinds of jobs and tools that contradict each other are told by their names.
func TestCheck(t *testing.T) {
	t.Parallel()
	get := heygen.Op{Method: "GET", Path: "/v3/things/{thing_id}"}
	good := Kind{
		Name: "thing", Get: get, Ref: func(string) any { return nil },
		States: vocabulary.States{vocabulary.Done: {"completed"}},
	}
	tool := engine.BoundTool{Info: engine.Info{Name: "get_thing", Operations: []engine.Operation{{Method: "GET", Path: get.Path}}}}
	for name, c := range map[string]struct {
		change func(k *Kind, tools *[]engine.BoundTool)
		says   string // "" for nothing wrong
	}{
		"good":               {func(*Kind, *[]engine.BoundTool) {}, ""},
		"no name":            {func(k *Kind, _ *[]engine.BoundTool) { k.Name = "" }, "no name"},
		"no get tool":        {func(k *Kind, _ *[]engine.BoundTool) { k.Get.Path = "/v3/others/{id}" }, "no tool calls"},
		"no id":              {func(k *Kind, _ *[]engine.BoundTool) { k.Get.Path = "/v3/things" }, "no id"},
		"a get that is none": {func(k *Kind, _ *[]engine.BoundTool) { k.Get.Method = "get" }, "cannot be"},
		"half of statuses":   {func(k *Kind, _ *[]engine.BoundTool) { k.Statuses = get }, "together"},
		"no states":          {func(k *Kind, _ *[]engine.BoundTool) { k.States = nil }, "no state ends"},
		"no end":             {func(k *Kind, _ *[]engine.BoundTool) { k.States = vocabulary.States{vocabulary.Running: {"a"}} }, "no state ends"},
		"a state of its own": {func(k *Kind, _ *[]engine.BoundTool) { k.States = vocabulary.States{"over": {"a"}} }, `"over"`},
		"two meanings": {func(k *Kind, _ *[]engine.BoundTool) {
			k.States = vocabulary.States{vocabulary.Done: {"Cancelled"}, vocabulary.Canceled: {"canceled"}}
		}, `"canceled" stands twice`},
		"nothing asked": {func(k *Kind, _ *[]engine.BoundTool) {
			k.States = vocabulary.States{vocabulary.Done: {"a"}, vocabulary.NeedsInput: {"b"}}
		}, `"b" asks`},
		"asked in vain":     {func(k *Kind, _ *[]engine.BoundTool) { k.NeedsUser = map[string]string{"b": "Do it."} }, "NeedsUser"},
		"unknown items":     {func(k *Kind, _ *[]engine.BoundTool) { k.Items = "other" }, `"other"`},
		"an unknown lister": {func(k *Kind, _ *[]engine.BoundTool) { k.ListTool = "list_things" }, "list_things"},
		"an unknown stop":   {func(k *Kind, _ *[]engine.BoundTool) { k.StopTool = "stop_thing" }, "stop_thing"},
		"an unknown job": {func(_ *Kind, tools *[]engine.BoundTool) {
			*tools = append(*tools, engine.BoundTool{Info: engine.Info{Name: "create_other"}, Job: "other"})
		}, "create_other"},
	} {
		k, tools := good, []engine.BoundTool{tool}
		c.change(&k, &tools)
		ch := &choice.Choice{}
		ch.Offer(tools, nil)
		err := New(Config{Kinds: []Kind{k}, Choice: ch}).Check()
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", name, err, c.says)
		}
	}
	twice := New(Config{Kinds: []Kind{good, good}, Choice: &choice.Choice{}})
	twice.choice.Offer([]engine.BoundTool{tool}, nil)
	if err := twice.Check(); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a kind that is declared twice: got %v", err)
	}
}
