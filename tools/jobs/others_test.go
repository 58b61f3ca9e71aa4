package jobs_test

import (
	"encoding/json"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/toolstest"
)

// publishedKinds are the kinds of jobs that the schema of wait_for_jobs has.
func publishedKinds(t *testing.T) []string {
	t.Helper()
	var schema struct {
		Properties struct {
			Kind struct{ Enum []string }
		}
	}
	for _, info := range tools.Describe() {
		if info.Name == "wait_for_jobs" {
			if err := json.Unmarshal(info.InputSchema, &schema); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(schema.Properties.Kind.Enum) == 0 {
		t.Fatal("the schema has no kinds")
	}
	return schema.Properties.Kind.Enum
}

// TestTasksTellNoOthersWords holds the same of what a task says of itself.
func TestTasksTellNoOthersWords(t *testing.T) {
	t.Parallel()
	b, choose := toolstest.PoisonedBench(t)
	e, err := engine.New(engine.Config{Client: b.Cfg.Client, Caller: b.Cfg.Caller, Secret: b.Cfg.Secret, Ring: b.Cfg.Ring, Clock: b.Cfg.Clock})
	if err != nil {
		t.Fatal(err)
	}
	for name, answer := range toolstest.PoisonedAnswers() {
		choose(answer)
		for _, k := range publishedKinds(t) {
			for _, ids := range [][]string{{"j"}, {toolstest.Marker}, {"j", toolstest.Marker}} {
				ctx := toolstest.Taking(t)
				id, ok := jobs.SealTaskID(ctx, e, k, ids, "create_video_agent")
				if !ok {
					t.Fatal("no id")
				}
				out, _ := b.Task(ctx, id)
				task := out.Task
				if task != nil && strings.Contains(task.Message, toolstest.Marker) {
					t.Errorf("%s, %s: %s", name, k, task.Message)
				}
				if task != nil && task.Result != nil {
					if found := toolstest.InAdvice("", toolstest.DecodeResult(t, task.Result)); len(found) > 0 {
						t.Errorf("%s, %s: tells %v", name, k, found)
					}
				}
				if r := out.Refusal; r != nil && strings.Contains(r.Message, toolstest.Marker) {
					t.Errorf("%s, %s: %s", name, k, r.Message)
				}
			}
		}
	}
}
