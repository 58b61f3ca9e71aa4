package tools_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"strings"
	"testing"
	"time"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// shapes are calls whose cost has several parts, or is told only by what was made.
func shapes(t *testing.T, b *toolstest.Bench) map[string]paidCall {
	t.Helper()
	voice := firstOf(t, b, "list_voices", `{"limit":1,"engine":"starfish"}`, "voice_id")
	photo, twin := look(t, b, "photo_avatar"), look(t, b, "digital_twin")
	template := firstOf(t, b, "list_templates", `{}`, "template_id")
	scene := func(look, engine, words string) string {
		return fmt.Sprintf(`{"type":"avatar_video","input":{"type":"avatar","avatar_id":%q,"voice_id":%q,"engine":{"type":%q},"script":%q}}`, look, voice, engine, words)
	}
	heard := fmt.Sprintf(`{"type":"avatar_video","input":{"type":"avatar","avatar_id":%q,"audio_url":"https://example.com/a.mp3"}}`, photo)
	short, long := "one two three four five", strings.Repeat("one two three four five ", 20)
	mixed := scene(twin, "avatar_iii", long) + `,` + scene(photo, "avatar_iv", short) + `,` + scene(twin, "avatar_v", short)
	talk := `"video":"https://example.com/talk.mp4"`
	spoken := func(look, more string) string {
		return fmt.Sprintf(`{"type":"avatar","avatar_id":%q,"voice_id":%q,"script":%q%s}`, look, voice, short, more)
	}
	fill := func(variables string) paidCall {
		return paidCall{"generate_from_template", fmt.Sprintf(`{"template_id":%q,"variables":{%s}}`, template, variables)}
	}
	return map[string]paidCall{
		"engines mixed":          {"create_video_from_studio", `{"scenes":[` + mixed + `]}`},
		"engines mixed in 4k":    {"create_video_from_studio", `{"resolution":"4k","scenes":[` + mixed + `]}`},
		"an audio between words": {"create_video_from_studio", `{"scenes":[` + scene(twin, "avatar_iii", long) + `,` + heard + `]}`},
		"one price":              {"create_video_from_studio", `{"scenes":[` + heard + `,` + scene(photo, "avatar_iv", short) + `]}`},
		"a batch of all kinds": {"create_video_batch", `{"videos":[` + strings.Join([]string{
			spoken(photo, ``), spoken(twin, `,"engine":{"type":"avatar_iii"}`), spoken(twin, `,"engine":{"type":"avatar_v"}`), spoken(photo, `,"resolution":"4k"`),
			`{"type":"studio","scenes":[` + mixed + `]}`, fmt.Sprintf(`{"type":"cinematic_avatar","avatar_id":[%q],"prompt":"She walks."}`, twin),
		}, `,`) + `]}`},
		"a batch in part": {"create_video_batch", `{"videos":[` + spoken("nobody", ``) + `,` + spoken(photo, ``) + `]}`},
		"two of a batch":  {"create_video_batch", `{"videos":[` + spoken(photo, ``) + `,` + spoken(twin, ``) + `]}`},
		"a batch of translations": {"create_video_translation_batch", `{"video_translations":[{` + talk + `,"output_languages":["German (Germany)","French (France)"]},{` +
			talk + `,"output_languages":["German (Germany)"],"mode":"precision"}]}`},
		"a batch of lip-syncs":  {"create_lipsync_batch", `{"lipsyncs":[{` + talk + `,"audio":"https://example.com/a.mp3"},{` + talk + `,"audio":"https://example.com/a.mp3","mode":"precision"}]}`},
		"a filled template":     fill(`"product":"the new coffee machine","audience":"offices"`),
		"another speaker":       fill(`"product":"the new coffee machine","audience":"offices",` + speakerOf(t, b, template, twin)),
		"clips as many as come": {"create_ai_clipping", `{` + talk + `}`},
		"a proofread":           {"create_proofread", `{` + talk + `,"title":"x","output_languages":["German (Germany)"]}`},
	}
}

// speakerOf fills the variable of a template that is its speaker.
func speakerOf(t *testing.T, b *toolstest.Bench, template, look string) string {
	t.Helper()
	variables, _ := b.CallTool(t, "get_template", fmt.Sprintf(`{"template_id":%q}`, template))["variables"].(map[string]any)
	for name, v := range variables {
		if held, _ := v.(map[string]any); held["type"] == "character" {
			return fmt.Sprintf(`%q:{"type":"character","character_id":%q}`, name, look)
		}
	}
	t.Fatal("the template has no speaker to choose")
	return ""
}

// costUnknown are the tools whose calls end without a cost that is known, and why.
func costUnknown() map[string]string {
	return map[string]string{
		"create_prompt_avatar": "publishes no price", "create_podcast": "publishes no price", "create_background_removal": "publishes no price",
		"create_video_quality_comparison": "publishes no price", "create_video_quality_comparison_batch": "publishes no price",
		"create_workflow_run": "publishes no price", "create_avatar_realtime_session": "publishes no price",
		"create_hyperframes_render": "0.10 to 0.30 USD a minute", "generate_from_proofread": "by the proofread's mode",
	}
}

// TestCostsAreWhatIsCharged plays every tool that costs money in many forms, waits for the end of what it begins, and
// holds that list_jobs tells what HeyGen has charged, to the cent, or why that cannot be told; and that the totals are
// the sum.
func TestCostsAreWhatIsCharged(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	paid := map[string]bool{}
	for _, tool := range tools.Declared() {
		paid[tool.Name] = tool.Input().Has("max_cost_usd")
	}
	calls := paidCalls(t, b)
	maps.Copy(calls, shapes(t, b))
	maps.DeleteFunc(calls, func(_ string, c paidCall) bool { return !paid[c.tool] })
	total, known := 0.0, true
	for name, c := range calls { //nolint:paralleltest // the calls share a wallet, one after the other
		t.Run(name, func(t *testing.T) {
			b.Control(t, "account", `{"account":"test","wallet_usd":1000}`)
			had := wallet(t, b)
			made := b.CallTool(t, c.tool, c.args)
			b.Pass(t, "3600")
			b.Pass(t, "3600") // for what began at the end of something else
			if made["error"] != nil {
				return // such as a message to a session that is not there
			}
			out := b.CallTool(t, "list_jobs", `{"limit":1}`)
			rows, _ := out["items"].([]any)
			row, _ := rows[0].(map[string]any)
			if row["tool"] != c.tool {
				t.Fatalf("the newest row is %v", row)
			}
			spent := had - wallet(t, b)
			cost, told := row["cost_usd"].(float64)
			high, bounded := made["estimated_cost_usd"].(float64)
			basis, _ := row["cost_basis"].(string)
			why, excused := costUnknown()[c.tool]
			if c.tool == "text_to_video" && strings.Contains(c.args, "1080p") {
				why, excused = "0.03 to 0.09 USD a second", true
			}
			switch {
			case row["state"] == "running":
				t.Errorf("HeyGen charged %v USD for it, and it has not ended: %v", spent, row)
			case told && math.Abs(cost-spent) > 0.005:
				t.Errorf("HeyGen charged %v USD for it, and it is told as %v", spent, cost)
			case told && basis != "computed":
				t.Errorf("the basis is %q", basis)
			case !told && row["state"] == "done" && (!excused || !strings.Contains(basis, "not known: ") || !strings.Contains(basis, why)):
				t.Errorf("HeyGen charged %v USD for it, and no cost is told: %v", spent, row)
			case bounded && name != "a batch in part" && (spent > high+1e-9 || high > 1.5*spent+1e-4 && (spent > 0 || row["estimated_cost_low_usd"] != nil)):
				t.Errorf("%v USD were estimated, and %v charged", high, spent)
			}
			if total += spent; !told {
				known = false
				total -= spent
			}
			totals, _ := out["totals"].(map[string]any)
			if got, _ := totals["cost_usd"].(float64); math.Abs(got-total) > 0.02 {
				t.Errorf("the totals are %v, want %v", totals, total)
			}
		})
	}
	if note, _ := b.CallTool(t, "list_jobs", `{}`)["note"].(string); known || !strings.Contains(note, "the cost is not known") {
		t.Errorf("list_jobs says %q", note)
	}
}

// TestALateCost holds that a cost which HeyGen cannot tell at once is told later, that what was reserved counts until
// then, and that HeyGen is left alone in between.
func TestALateCost(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.Now = time.Now() // which the sandbox's clock has, too
	book := b.KeepLedger(t)
	made := b.CallTool(t, "generate_from_template", fmt.Sprintf(`{"template_id":%q,"variables":{"product":"the new coffee machine","audience":"offices"}}`,
		firstOf(t, b, "list_templates", `{}`, "template_id")))
	id, _ := made["video_id"].(string)
	had := wallet(t, b)
	b.Control(t, "clock", `{"advance_seconds":3600}`)
	b.Control(t, "faults", fmt.Sprintf(`{"method":"GET","path":"/v3/videos/%s/scenes","fault":"rate_limit","times":1}`, id))
	spends := func(want float64) {
		t.Helper()
		if got, err := book.Spent(t.Context(), "caller", "", b.Now); err != nil || math.Abs(got.USD()-want) > 1e-3 {
			t.Errorf("%v USD count as spent, %v, want %v", got.USD(), err, want)
		}
	}
	for range 3 {
		video := b.CallTool(t, "get_video", fmt.Sprintf(`{"video_id":%q}`, id))
		if basis, _ := video["cost_basis"].(string); video["cost_usd"] != nil || !strings.HasPrefix(basis, "not known: ") {
			t.Errorf("while HeyGen cannot tell, the video is %v", video)
		}
	}
	if n := b.Asked(t, "GET", "/v3/videos/"+id+"/scenes"); n != 1 {
		t.Errorf("HeyGen was asked %d times, want once", n)
	}
	spends(made["estimated_cost_usd"].(float64))
	b.Now = b.Now.Add(time.Minute)
	rows, _ := b.CallTool(t, "list_jobs", `{}`)["items"].([]any)
	row, _ := rows[0].(map[string]any)
	spent := had - wallet(t, b)
	if got, _ := row["cost_usd"].(float64); math.Abs(got-spent) > 1e-3 || spent == 0 {
		t.Errorf("a minute later the row is %v, want %v USD", row, spent)
	}
	spends(spent)
}

// TestASizeBoundsWhatCannotBeRead holds that a file whose length cannot be read costs no more than one of its size can.
func TestASizeBoundsWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.Change(t, func(c *tools.Config) {
		c.Length = func(context.Context, string) tools.Length { return tools.Length{Most: 1200} }
	})
	for tool, of := range map[string]struct {
		arguments string
		want      any
	}{
		"create_filler_word_removal": {`{"video":"https://a.example/x.mp4"}`, 6.0}, // 20 minutes
		"create_video_translation":   {`{"video":"https://a.example/x.mp4","output_languages":["German (Germany)"]}`, 47.96},
		"create_video_from_avatar":   {fmt.Sprintf(`{"avatar_id":%q,"audio_url":"https://a.example/x"}`, look(t, b, "photo_avatar")), 30.0}, // 600 s
		"reference_to_video":         {`{"prompt":"x","reference_videos":["https://a.example/x.mp4"]}`, nil},                                // which may be silent
	} {
		out := b.CallTool(t, "estimate_cost", fmt.Sprintf(`{"tool":%q,"arguments":%s}`, tool, of.arguments))
		if basis, _ := out["basis"].(string); out["estimated_cost_usd"] != of.want || !strings.Contains(basis, "could not be read") {
			t.Errorf("%s is estimated with %v, want %v", tool, out, of.want)
		}
	}
}
