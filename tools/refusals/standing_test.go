package refusals

import (
	"reflect"
	"strings"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/inputs"
)

// TestConflict holds what is said of what stands in the way, by what the call was about.
func TestConflict(t *testing.T) {
	t.Parallel()
	tools := someTools()
	tools["GET /v3/folders"], tools["GET /v3/a/{a_id}"] = "list_folders", "get_a"
	for name, c := range map[string]struct {
		method, path, verify, says string
	}{
		"a thing":                     {"PUT", "/v3/folders/{folder_id}", "get_folder", "Its state does not allow this now: get_folder shows it."},
		"an action on a thing":        {"POST", "/v3/video-agents/{session_id}/stop", "", "Its state does not allow this now: get_video_agent_session shows it."},
		"an action far below":         {"POST", "/v3/a/{a_id}/b/c/d", "", "Its state does not allow this now: get_a shows it."},
		"a new one among others":      {"POST", "/v3/folders", "get_folder", "Something that exists stands in the way, such as one of the same name: list_folders"},
		"what nothing but this shows": {"POST", "/v3/widgets/{widget_id}", "get_widget", "What is there already stands in the way: get_widget shows it"},
		"what nothing shows":          {"POST", "/v3/widgets", "", "Something that exists or is under way stands in the way, as heygen_message says."},
		"a thing that nothing shows":  {"POST", "/v3/widgets/{widget_id}/act", "", "Something that exists or is under way"},
	} {
		for _, code := range []string{"conflict", "of_tomorrow"} {
			got := From(&heygen.Error{Op: heygen.Op{Method: c.method, Path: c.path}, Status: 409, Code: code, Message: "No.", Quoted: true},
				Attempt{Tools: tools, VerifyWith: c.verify})
			if !strings.HasPrefix(got.NextStep, c.says) {
				t.Errorf("%s, as %s: got %q, want it to begin with %q", name, code, got.NextStep, c.says)
			}
		}
	}
}

// TestIDsUnderOtherNames holds that a 404 without an id of its own is told of the argument that HeyGen speaks of.
func TestIDsUnderOtherNames(t *testing.T) {
	t.Parallel()
	type input struct {
		Script *string `json:"script" doc:"x"`
	}
	spec := inputs.SpecOf(reflect.TypeFor[input]())
	for name, c := range map[string]struct {
		status            int
		param             string
		input             *inputs.Spec
		wantParam, wanted string
	}{
		"an argument":        {404, "body.script", spec, "script", `HeyGen finds nothing under the given script, which was sent as "Hi".`},
		"none of the tool's": {404, "body.widget", spec, "", "No."},
		"nothing named":      {404, "", spec, "", "No."},
		"unknown arguments":  {404, "body.script", nil, "body.script", "No."},
		"another status":     {409, "body.script", spec, "body.script", "No."},
	} {
		got := From(&heygen.Error{Op: heygen.Op{Method: "POST", Path: "/v3/videos"}, Status: c.status, Code: "of_tomorrow", Message: "No.", Param: c.param},
			Attempt{Input: c.input, Given: map[string]any{"script": "Hi"}})
		if got.Param != c.wantParam || got.Message != c.wanted {
			t.Errorf("%s: got %q, %q; want %q, %q", name, got.Param, got.Message, c.wantParam, c.wanted)
		}
	}
}

// TestNoCredit holds that what a call may cost is told where it is known.
func TestNoCredit(t *testing.T) {
	t.Parallel()
	cost := 1.234
	for name, c := range map[string]struct {
		cost *float64
		says string
	}{"unknown": {nil, "Ask the user to top up at " + billingPage + ", then call again."}, "known": {&cost, "This call may cost 1.24 USD. Ask the user to top up"}} {
		for _, code := range []string{codeNoCredit, "of_tomorrow"} {
			got := From(&heygen.Error{Op: heygen.Op{Method: "POST", Path: "/v3/videos"}, Status: 402, Code: code}, Attempt{CostUSD: c.cost})
			if !strings.Contains(got.NextStep, c.says) {
				t.Errorf("%s, as %s: got %q, want %q in it", name, code, got.NextStep, c.says)
			}
		}
	}
}
