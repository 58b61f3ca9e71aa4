package jobs_test

import (
	"testing"
	"time"

	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/toolstest"
)

// TestSince holds from when on something is wanted, as people say it.
func TestSince(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 15, 4, 5, 0, time.UTC) // a Sunday
	for said, want := range map[string]string{
		"2026-11-28":           "2026-11-28T00:00:00Z",
		"2026-11-28T09:00:00Z": "2026-11-28T09:00:00Z",
		"2026-11-28 09:00":     "2026-11-28T09:00:00Z",
		"today":                "2026-11-29T00:00:00Z",
		" Today ":              "2026-11-29T00:00:00Z",
		"since yesterday":      "2026-11-28T00:00:00Z",
		"this week":            "2026-11-23T00:00:00Z",
		"last_week":            "2026-11-16T00:00:00Z",
		"this month":           "2026-11-01T00:00:00Z",
		"last month":           "2026-10-01T00:00:00Z",
		"7d":                   "2026-11-22T15:04:05Z",
		"last 7 days":          "2026-11-22T15:04:05Z",
		"past week":            "2026-11-22T15:04:05Z",
		"2h":                   "2026-11-29T13:04:05Z",
		"2 hours ago":          "2026-11-29T13:04:05Z",
		"30min":                "2026-11-29T14:34:05Z",
		"an hour ago":          "2026-11-29T14:04:05Z",
		"-1d":                  "2026-11-28T15:04:05Z",
		"28.11.2026":           "2026-11-28T00:00:00Z",
		"1.2.2026":             "2026-02-01T00:00:00Z",
		"2026/11/28":           "2026-11-28T00:00:00Z",
		"1795910400":           "2026-11-29T00:00:00Z",
		"1795910400000":        "2026-11-29T00:00:00Z",
	} {
		if got, ok := jobs.SinceOf(said, now); !ok || got.Format(time.RFC3339) != want {
			t.Errorf("%q is %v, %v; want %s", said, got, ok, want)
		}
	}
	for _, said := range []string{"", "7", "soon", "d7", "7 parsecs", "999999999999d", "last", "2026-13-01", "7d 2h", "28/11/2026", "30.2.2026", "-1795910400", "179591040012"} {
		if got, ok := jobs.SinceOf(said, now); ok {
			t.Errorf("%q is %v, want nothing", said, got)
		}
	}
}

// TestListJobsFoldsItsFilters holds that states and kinds are taken in the words of people.
func TestListJobsFoldsItsFilters(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	b.CallTool(t, "create_video_from_avatar", b.VideoArgs(t))
	for filter, want := range map[string]int{
		`{"since":"yesterday","state":"In progress","kind":"videos"}`: 1,
		`{"since":"last week","state":"pending"}`:                     1,
		`{"since":"2h","state":"completed"}`:                          0,
		`{"kind":"translation"}`:                                      0,
		`{"kind":"Video-Translation","state":"finished"}`:             0,
		`{"state":"cancelled"}`:                                       0,
	} {
		res := b.CallTool(t, "list_jobs", filter)
		items, ok := res["items"].([]any)
		if !ok || len(items) != want {
			t.Errorf("%s: got %v, want %d", filter, res, want)
		}
	}
	if res := b.CallTool(t, "list_jobs", `{"since":"soon"}`); res["param"] != "since" {
		t.Errorf("got %v, want a refusal of since", res)
	}
}
