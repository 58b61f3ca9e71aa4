package jobs_test

import (
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/toolstest"
)

// allKinds are the kinds of jobs that wait_for_jobs takes.
func allKinds(t *testing.T) []string {
	t.Helper()
	for _, tool := range tools.Declared() {
		if kind, ok := tool.Input().Lookup("kind"); ok && tool.Name == "wait_for_jobs" {
			return kind.Enum
		}
	}
	t.Fatal("wait_for_jobs takes no kinds")
	return nil
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
		for _, k := range allKinds(t) {
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
