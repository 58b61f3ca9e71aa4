package refusals

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// TestFrom holds what is made of errors that are not HeyGen's answer, and when a call may be repeated.
func TestFrom(t *testing.T) {
	t.Parallel()
	own := NotOffered()
	for name, c := range map[string]struct {
		err        error
		a          Attempt
		code, step string
		retryable  bool
	}{
		"a refusal of ours":    {fmt.Errorf("on the way: %w", own), Attempt{}, CodeNotOffered, "Use what its tools/list shows.", false},
		"a fault":              {faults.Invalid("a", "b", "Mend it."), Attempt{}, heygen.CodeInvalidParameter, "Mend it.", false},
		"a caller that left":   {context.Canceled, Attempt{}, heygen.CodeCanceled, "Call again if", true},
		"no time left":         {context.DeadlineExceeded, Attempt{}, heygen.CodeCanceled, "Call again if", true},
		"anything else":        {errors.New("a secret"), Attempt{}, CodeInternal, "Report this", false},
		"an id that is none":   {&heygen.Error{Code: heygen.CodeInvalidParameter, Param: "video_id"}, Attempt{}, heygen.CodeInvalidParameter, "Send an id as", false},
		"a read unclear":       {&heygen.Error{Code: "x", Unclear: true}, Attempt{Reads: true}, "x", "this makes nothing and costs nothing", true},
		"a write unclear":      {&heygen.Error{Code: "x", Unclear: true, Retryable: true}, Attempt{VerifyWith: "get_it"}, "x", "Call get_it to see whether", false},
		"under a key":          {&heygen.Error{Status: 503, Code: "x", Retryable: true}, Attempt{Key: "k"}, "x", `Add idempotency_key "k" to`, true},
		"under a body's key":   {&heygen.Error{Status: 503, Code: "x", Retryable: true}, Attempt{Key: "k", InBody: true}, "x", `Add request_id "k" to`, true},
		"no key":               {&heygen.Error{Status: 503, Code: "x", Retryable: true}, Attempt{}, "x", "Call again in some seconds.", true},
		"too many, at once":    {&heygen.Error{Status: 429, Code: "x"}, Attempt{}, "x", "Wait 1 seconds,", false},
		"too many, for a time": {&heygen.Error{Status: 429, Code: "x", RetryAfter: 1200 * time.Millisecond}, Attempt{}, "x", "Wait 2 seconds,", false},
		"gone":                 {&heygen.Error{Status: 410, Code: "x"}, Attempt{}, "x", "It has ended", false},
		"a page's token": {&heygen.Error{Status: 400, Code: heygen.CodeInvalidParameter}, Attempt{Given: map[string]any{"token": "t"}}, heygen.CodeInvalidParameter,
			"A token is good for the list", false},
	} {
		got := From(c.err, c.a)
		if got.Code != c.code || got.Retryable != c.retryable || !strings.Contains(got.NextStep, c.step) || strings.Contains(got.Message, "secret") {
			t.Errorf("%s: got %+v, want the code %s and %q in the step", name, got, c.code, c.step)
		}
	}
	for what, e := range map[string]*heygen.Error{
		"no token": {Status: 400, Code: heygen.CodeInvalidParameter}, "another code": {Status: 400, Code: "download_failed"},
	} {
		given := map[string]any{"token": "t"}
		if what == "no token" {
			given = nil
		}
		if got := From(e, Attempt{Given: given}); strings.Contains(got.NextStep, "A token is good") {
			t.Errorf("%s: got %q, want nothing of tokens", what, got.NextStep)
		}
	}
	if !errors.Is(From(context.Canceled, Attempt{}), context.Canceled) || From(own, Attempt{}) != own {
		t.Error("what a refusal was made of is lost for the log")
	}
}

// TestQuoted holds whose words a message is, by the status.
func TestQuoted(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{
		200: "HeyGen did not do this; heygen_message has its reason.", 399: "HeyGen did not do this",
		400: "HeyGen refused this call with status 400;", 499: "HeyGen refused this call with status 499;", 500: "HeyGen failed on this call with status 500;",
	} {
		got := From(&heygen.Error{Status: status, Code: "x", Message: "Theirs.", Quoted: true}, Attempt{})
		if !strings.HasPrefix(got.Message, want) || got.HeyGenMessage != "Theirs." {
			t.Errorf("%d: got %q and %q, want %q and their words", status, got.Message, got.HeyGenMessage, want)
		}
	}
}

// TestOwnRefusals holds the words of what this server refuses by itself.
func TestOwnRefusals(t *testing.T) {
	t.Parallel()
	for ago, want := range map[time.Duration]string{
		0: "a moment", 2*time.Second - 1: "a moment", 2 * time.Second: "2 seconds", 2*time.Minute - 1: "119 seconds", 2 * time.Minute: "2 minutes",
		2*time.Hour - 1: "119 minutes", 2 * time.Hour: "2 hours", 49 * time.Hour: "49 hours",
	} {
		if got := KeyReused("request_id", ago); Ago(ago) != want || !strings.HasPrefix(got.Message, "This request_id came "+want+" ago with") || got.Param != "request_id" {
			t.Errorf("%s ago: got %q, want %s", ago, got.Message, want)
		}
	}
	if got := NotPermitted("create_it", "creates"); got.Code != CodeScope || got.Message != "create_it creates, and this sign-in does not allow that." {
		t.Errorf("got %+v, want what the tool does", got)
	}
}

// TestListedFaults holds that the faults which HeyGen lists are told one by one, as HeyGen's words, with
// how many more there are, and in the spelling of the client.
func TestListedFaults(t *testing.T) {
	t.Parallel()
	got := From(&heygen.Error{
		Status: 422, Code: "graph_invalid", Message: "Two faults.", Quoted: true, MoreDetails: 3,
		Details: []heygen.Detail{
			{Code: "unknown_node", NodeID: "film", Path: "depends_on", Message: "depends_on names no node"},
			{Message: "Something else."},
		},
	}, Attempt{})
	want := []HeyGenError{
		{Code: "unknown_node", NodeID: "film", Path: "depends_on", HeyGenMessage: "depends_on names no node"},
		{HeyGenMessage: "Something else."},
	}
	if !reflect.DeepEqual(got.HeyGenErrors, want) || got.MoreErrors != 3 {
		t.Errorf("got %+v and %d more, want %+v and 3", got.HeyGenErrors, got.MoreErrors, want)
	}
	want[0].Path, want[0].HeyGenMessage = "dependsOn", "dependsOn names no node"
	spelt := got.Respelt(inputs.Names{"depends_on": "dependsOn"})
	if !reflect.DeepEqual(spelt.HeyGenErrors, want) || got.HeyGenErrors[0].Path != "depends_on" {
		t.Errorf("respelt, got %+v, want %+v and the first one unchanged", spelt.HeyGenErrors, want)
	}
}
