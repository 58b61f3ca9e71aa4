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

		// By the clocks of a zone.
		"2026-11-28 10:00 CET":       "2026-11-28T09:00:00Z",
		"2026-11-28T10:00:00 PST":    "2026-11-28T18:00:00Z",
		"2026-11-28 10:00 UTC":       "2026-11-28T10:00:00Z",
		"2026-11-28 10:00 (UTC+2)":   "2026-11-28T08:00:00Z",
		"2026-11-28 10:00 GMT-05:30": "2026-11-28T15:30:00Z",
		"today JST":                  "2026-11-29T15:00:00Z",
		"yesterday 9am EST":          "2026-11-28T14:00:00Z",
		"２０２６-11-28":                 "2026-11-28T00:00:00Z",

		// As the calendar says it, in the order of several countries.
		"28.11.2026":          "2026-11-28T00:00:00Z",
		"3.11.26":             "2026-11-03T00:00:00Z",
		"28.11.":              "2026-11-28T00:00:00Z",
		"24.12.":              "2025-12-24T00:00:00Z",
		"28/11/2026":          "2026-11-28T00:00:00Z",
		"11/28/2026":          "2026-11-28T00:00:00Z",
		"12/11/2026":          "2026-11-12T00:00:00Z", // the other day is yet to come
		"5/5/2026":            "2026-05-05T00:00:00Z",
		"2026/11/28":          "2026-11-28T00:00:00Z",
		"20261128":            "2026-11-28T00:00:00Z",
		"2026-11":             "2026-11-01T00:00:00Z",
		"2026":                "2026-01-01T00:00:00Z",
		"28 Nov 2026":         "2026-11-28T00:00:00Z",
		"1.2.2026":            "2026-02-01T00:00:00Z",
		"28 Nov 26":           "2026-11-28T00:00:00Z",
		"Nov 28":              "2026-11-28T00:00:00Z",
		"Dec 1":               "2025-12-01T00:00:00Z",
		"November 28th, 2026": "2026-11-28T00:00:00Z",
		"the 3rd of November": "2026-11-03T00:00:00Z",
		"28. November 2026":   "2026-11-28T00:00:00Z",
		"3 de noviembre":      "2026-11-03T00:00:00Z",
		"since October":       "2026-10-01T00:00:00Z",
		"März 2026":           "2026-03-01T00:00:00Z",

		// With the time of a clock.
		"28.11.2026 14:30":       "2026-11-28T14:30:00Z",
		"yesterday at 5pm":       "2026-11-28T17:00:00Z",
		"today 09:00":            "2026-11-29T09:00:00Z",
		"gestern um 14 Uhr":      "2026-11-28T14:00:00Z",
		"12am":                   "2026-11-29T00:00:00Z",
		"noon":                   "2026-11-29T12:00:00Z",
		"2026-11-28T14:00+01:00": "2026-11-28T13:00:00Z",
		"2026-11-28T14:00+0100":  "2026-11-28T13:00:00Z",
		"1795860000":             "2026-11-28T10:00:00Z",
		"1795860000000":          "2026-11-28T10:00:00Z",

		// In words.
		"Monday":                   "2026-11-23T00:00:00Z",
		"since Sunday":             "2026-11-29T00:00:00Z",
		"last Sunday":              "2026-11-22T00:00:00Z",
		"fri":                      "2026-11-27T00:00:00Z",
		"the day before yesterday": "2026-11-27T00:00:00Z",
		"two weeks ago":            "2026-11-15T15:04:05Z",
		"a couple of days ago":     "2026-11-27T15:04:05Z",
		"half an hour ago":         "2026-11-29T14:34:05Z",
		"P7D":                      "2026-11-22T15:04:05Z",
		"PT2H":                     "2026-11-29T13:04:05Z",
		"P1M":                      "2026-10-29T15:04:05Z",

		// In other languages.
		"vorgestern":          "2026-11-27T00:00:00Z",
		"heute":               "2026-11-29T00:00:00Z",
		"hier":                "2026-11-28T00:00:00Z",
		"avant-hier":          "2026-11-27T00:00:00Z",
		"aujourd'hui":         "2026-11-29T00:00:00Z",
		"ayer":                "2026-11-28T00:00:00Z",
		"anteayer":            "2026-11-27T00:00:00Z",
		"ontem":               "2026-11-28T00:00:00Z",
		"letzte Woche":        "2026-11-16T00:00:00Z",
		"diese Woche":         "2026-11-23T00:00:00Z",
		"vor 3 Tagen":         "2026-11-26T15:04:05Z",
		"vor zwei Wochen":     "2026-11-15T15:04:05Z",
		"vor einer Stunde":    "2026-11-29T14:04:05Z",
		"il y a 3 jours":      "2026-11-26T15:04:05Z",
		"la semaine dernière": "2026-11-16T00:00:00Z",
		"hace tres días":      "2026-11-26T15:04:05Z",
		"el mes pasado":       "2026-10-01T00:00:00Z",
		"Montag":              "2026-11-23T00:00:00Z",
		"letzten Montag":      "2026-11-23T00:00:00Z",
		"seit gestern":        "2026-11-28T00:00:00Z",
	} {
		if got := jobs.SinceOf(said, now); len(got) != 1 || got[0].Format(time.RFC3339) != want {
			t.Errorf("%q is %v; want %s", said, got, want)
		}
	}
	for _, said := range []string{
		"", "7", "soon", "d7", "7 parsecs", "999999999999d", "last", "2026-13-01", "7d 2h", "31.2.2026", "-1795910400", "179591040012", "45.11.2026", "Nov 45", "ago",
		"week 3", "25:00", "P", "PT", "next week", "12345678901",
	} {
		if got := jobs.SinceOf(said, now); len(got) != 0 {
			t.Errorf("%q is %v, want nothing", said, got)
		}
	}
	for _, said := range []string{"3/4/2026", "03-04-2026", "4/3"} {
		if got := jobs.SinceOf(said, now); len(got) != 2 {
			t.Errorf("%q is %v, want two days", said, got)
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
	for _, said := range []string{"soon", "3/4/2020"} {
		if res := b.CallTool(t, "list_jobs", `{"since":"`+said+`"}`); res["param"] != "since" {
			t.Errorf("%s: got %v, want a refusal of since", said, res)
		}
	}
}
