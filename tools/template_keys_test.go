package tools_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestATemplateBatchIsAskedAboutOnce holds that the user is told how many videos there will be and what
// they cost together, and is not asked again about what they have agreed to.
func TestATemplateBatchIsAskedAboutOnce(t *testing.T) {
	t.Parallel()
	a := toolstest.NewAsker(t, tools.ConfirmAll)
	const tool, now = "create_template_batch", `,"timeout_seconds":0`
	args := templateBatch(t, a.Bench, 6, now)
	question, state := a.Asks(t, tool, args)
	if !strings.Contains(question.Message, "It makes 6 videos, likely to cost ") ||
		!strings.Contains(question.Message, " USD together.") {
		t.Errorf("it asks %q", question.Message)
	}
	if n := a.Videos(t); n != 0 {
		t.Errorf("%d videos before the answer", n)
	}
	res, _ := a.Try(t, tool, args, state, map[string]string{"confirm": toolstest.Agrees})
	first := toolstest.DecodeResult(t, res)
	key := fmt.Sprintf(`,"idempotency_key":%q`, first["idempotency_key"])
	res, _ = a.Try(t, tool, templateBatch(t, a.Bench, 6, now+key), "", nil)
	second := toolstest.DecodeResult(t, res)
	if len(madeBy(t, first)) != 4 || len(madeBy(t, second)) != 2 || a.Videos(t) != 6 {
		t.Errorf("first %v, then %v", first, second)
	}
	// Agreement to some arguments is none to others.
	if question, _ := a.Asks(t, tool, templateBatch(t, a.Bench, 7, now+key)); !strings.Contains(question.Message, "7 videos") {
		t.Errorf("it asks %q", question.Message)
	}
	// What cannot be made is refused before anybody is asked.
	bad := templateBatchOf(t, a.Bench, []any{map[string]any{"variables": map[string]any{"prodct": "x"}}}, "")
	if res, _ := a.Try(t, tool, bad, "", nil); toolstest.Code(t, res) != "invalid_parameter" {
		t.Errorf("got %s, want toolstest.Code(t, res) %q", res.RawStructuredContent, "invalid_parameter")
	}
	a.Elicitation = nil
	res, _ = a.Try(t, tool, templateBatch(t, a.Bench, 8, now), "", nil)
	if told := toolstest.DecodeResult(t, res); told["error_code"] != "confirmation_required" ||
		!strings.Contains(told["message"].(string), "It makes 8 videos, likely to cost ") {
		t.Errorf("a client that cannot ask is told %v", told)
	}
}

// TestAKeyToGoOnBelongsToItsCaller holds whose such a key is, for how long, and that with other sets it
// is still the base of the same keys.
func TestAKeyToGoOnBelongsToItsCaller(t *testing.T) {
	t.Parallel()
	b := timed(t)
	const tool, now = "create_template_batch", `,"timeout_seconds":0`
	first := b.CallTool(t, tool, templateBatch(t, b, 6, now))
	key := fmt.Sprintf(`,"idempotency_key":%q`, first["idempotency_key"])
	made := madeBy(t, first)
	b.Pass(t, "700")
	fewer := madeBy(t, b.CallTool(t, tool, templateBatch(t, b, 3, now+key)))
	for i, id := range fewer {
		if made[i] != id {
			t.Errorf("set %d was made again under the key of its batch", i)
		}
	}
	own := now + `,"idempotency_key":"take-2"`
	take := madeBy(t, b.CallTool(t, tool, templateBatch(t, b, 1, own)))
	if take[0] == "" || take[0] == made[0] {
		t.Errorf("another key is not another take: %v", take)
	}
	stranger := b.With(t, func(c *tools.Config) { c.Caller = func(context.Context) string { return "stranger" } })
	if res := stranger.CallTool(t, tool, templateBatch(t, b, 6, now+key)); res["param"] != "idempotency_key" {
		t.Errorf("a stranger's: %v", res)
	}
	b.Pass(t, "86400")
	if res := b.CallTool(t, tool, templateBatch(t, b, 6, now+key)); res["param"] != "idempotency_key" {
		t.Errorf("one of yesterday: %v", res)
	}
}
