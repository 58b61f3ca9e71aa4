package app

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
)

// TestPaidCalls holds how what was made is told to the person who pays for it.
func TestPaidCalls(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	record := func(tool, title string, s ledger.State, cost float64, basis string, seconds ...float64) *ledger.Record {
		r := &ledger.Record{At: at, State: s, Cost: ledger.Dollars(cost), CostBasis: basis}
		r.Tool, r.Kind, r.Title, r.Estimate.High = tool, "video", title, ledger.Dollars(0.8)
		for _, length := range seconds {
			r.Jobs = append(r.Jobs, ledger.Job{ID: "a/b", Seconds: length})
		}
		return r
	}
	const create = "create_video_from_avatar"
	for want, r := range map[string]*ledger.Record{
		"made a video, 11 s, 0.73 USD":                                               record(create, "", ledger.Done, 0.73, ledger.Computed, 11.2),
		"made a video “Hello”, 2 min 5 s, 0.73 USD":                                  record(create, "Hello", ledger.Done, 0.73, ledger.Told, 60, 65),
		"made a video “\u2068" + strings.Repeat("ب", 60) + "…\u2069”, 1 s, 0.73 USD": record(create, strings.Repeat("ب", 200), ledger.Done, 0.73, ledger.Told, 1),
		"made speech, under 1 s, under 0.01 USD":                                     record("create_speech", "", ledger.Done, 0.001, ledger.Computed, 0.4),
		"made a video, up to 0.80 USD":                                               record(create, "", ledger.Done, 0, ""),
		"began to make a video, under way when last seen, up to 0.80 USD":            record(create, "", ledger.Running, 0, "", 0),
		"may have begun to make a video: no answer came, up to 0.80 USD":             record(create, "", ledger.Open, 0, ""),
		"tried to make a video, which failed, nothing spent":                         record(create, "", ledger.Failed, 0, "", 0),
		"began to make a video, which was canceled, nothing spent":                   record(create, "", ledger.Canceled, 0, "", 0),
		"called a_tool_of_before, up to 0.80 USD":                                    record("a_tool_of_before", "", ledger.Done, 0, ""),
	} {
		got := paidCallOf(r, &url.URL{Scheme: "https", Host: "mcp.example.com", Path: "/heygen"})
		if got.Text.String() != want || !got.At.Equal(at) {
			t.Errorf("it is told as %q, want %q", got.Text, want)
		}
		if link := got.Link; (link == "/heygen/v/a%2Fb") != (len(r.Jobs) > 0) {
			t.Errorf("%q leads to %q", want, link)
		}
	}
}
