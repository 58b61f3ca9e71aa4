package main

import (
	"strings"
	"testing"
)

// TestFixturesThatBecomeTasks goes the ways of a task: it ends by itself, breaks, waits for answers, or is cancelled,
// and what has ended stays as it ended.
func TestFixturesThatBecomeTasks(t *testing.T) {
	t.Parallel()
	url := serving(t)
	begin := func(tool, args string) string {
		t.Helper()
		made, refusal := modern(t, url, "tools/call", tool, `,"arguments":`+args)
		id, _ := made["taskId"].(string)
		if id == "" {
			t.Fatalf("%s became no task: %v %s", tool, made, refusal)
		}
		return id
	}
	status := func(id, want string) map[string]any {
		t.Helper()
		task, refusal := modern(t, url, "tasks/get", id, "")
		if task["status"] != want {
			t.Errorf("the task is %v %s, want it %s", task, refusal, want)
		}
		return task
	}
	if task := status(begin("slow_compute", `{"seconds":0}`), "completed"); !strings.Contains(said(task["result"].(map[string]any)), "computed") {
		t.Errorf("the result is %v", task)
	}
	if task := status(begin("protocol_error_job", `{}`), "failed"); task["error"] == nil {
		t.Errorf("the task that broke is %v", task)
	}
	slow := begin("slow_compute", `{"seconds":3600}`)
	status(slow, "working")
	if _, refusal := modern(t, url, "tasks/cancel", slow, ""); refusal != "" {
		t.Error(refusal)
	}
	status(slow, "cancelled")

	asking := begin("multi_input", `{}`)
	for _, question := range []string{"one", "two"} {
		status(asking, "input_required")
		if _, refusal := modern(t, url, "tasks/update", asking, `,"inputResponses":{"`+question+`":`+ana+`}`); refusal != "" {
			t.Error(refusal)
		}
	}
	status(asking, "completed")
	if _, refusal := modern(t, url, "tasks/cancel", asking, ""); refusal != "" {
		t.Error(refusal)
	}
	status(asking, "completed")
	if task, refusal := modern(t, url, "tasks/get", "nothing", ""); refusal == "" {
		t.Errorf("a task that is not there is %v", task)
	}
	if got, refusal := modern(t, url, "tools/call", "greet", `,"arguments":{"name":"Ana"}`); !strings.Contains(said(got), "Hello, Ana!") {
		t.Errorf("a tool that needs no task says %v %s", got, refusal)
	}
}
