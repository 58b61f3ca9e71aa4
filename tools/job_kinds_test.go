package tools_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/toolstest"
)

// Every create that says how to wait for it gives an id that a task can find.
func TestJobsHaveTheirIDs(t *testing.T) {
	t.Parallel()
	for _, e := range tools.Declared() {
		var schema struct {
			Properties map[string]json.RawMessage `json:"properties"`
		}
		if err := json.Unmarshal(e.OutputSchema, &schema); err != nil {
			t.Fatal(err)
		}
		if _, follows := schema.Properties["job_kind"]; e.Effect != tools.Creates || !follows {
			continue
		}
		found := slices.ContainsFunc(tools.JobKinds(), func(k jobs.Kind) bool {
			return slices.ContainsFunc([]string{k.IDField, k.Get.PathParams()[0], k.Get.PathParams()[0] + "s", "id"}, func(name string) bool {
				_, ok := schema.Properties[name]
				return ok
			})
		})
		if !found {
			t.Errorf("%s tells of no id that any kind of job has", e.Name)
		}
	}
}

// TestEveryKindIsTried holds that the tests of tasks begin a job of every kind that a create begins.
func TestEveryKindIsTried(t *testing.T) {
	t.Parallel()
	creates := toolstest.New(t).Creates(t)
	for _, k := range tools.JobKinds() {
		if creates[k.Name] == nil && !strings.HasPrefix(k.Name, "asset") {
			t.Errorf("no create of toolstest begins a %s", k.Name)
		}
	}
}
