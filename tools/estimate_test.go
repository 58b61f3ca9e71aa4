package tools_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// wallet is what the account of a bench has left, in USD.
func wallet(t *testing.T, b *toolstest.Bench) float64 {
	t.Helper()
	purse, _ := b.CallTool(t, "get_current_user", `{}`)["wallet"].(map[string]any)
	left, ok := purse["remaining_balance"].(float64)
	if !ok {
		t.Fatal("there is no wallet")
	}
	return left
}

// look is the id of a public look of a kind.
func look(t *testing.T, b *toolstest.Bench, kind string) string {
	t.Helper()
	items, _ := b.CallTool(t, "list_avatar_looks", `{"limit":1,"ownership":"public","avatar_type":"`+kind+`"}`)["items"].([]any)
	one, _ := items[0].(map[string]any)
	id, _ := one["look_id"].(string)
	return id
}

// firstOf is a member of the first item that a list answers with.
func firstOf(t *testing.T, b *toolstest.Bench, tool, args, member string) string {
	t.Helper()
	items, _ := b.CallTool(t, tool, args)["items"].([]any)
	one, _ := items[0].(map[string]any)
	id, _ := one[member].(string)
	return id
}

// paidCall is a call that costs money.
type paidCall struct{ tool, args string }

// paidCalls are calls of every tool that costs money, most of them in several forms.
func paidCalls(t *testing.T, b *toolstest.Bench) map[string]paidCall {
	t.Helper()
	calls := map[string]paidCall{}
	for kind, c := range b.Creates(t) {
		calls["a "+kind] = paidCall{c[0], c[1]}
	}
	voice := firstOf(t, b, "list_voices", `{"limit":1,"engine":"starfish"}`, "voice_id")
	photo, twin, studio := look(t, b, "photo_avatar"), look(t, b, "digital_twin"), look(t, b, "studio_avatar")
	script := `"script":"Welcome to our new training program. In this short video we will show you how to set up your account."`
	film := func(id, more string) paidCall {
		return paidCall{"create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"voice_id":%q,%s%s}`, id, voice, script, more)}
	}
	said := fmt.Sprintf(`"voice_id":%q,%s`, voice, script)
	scene := fmt.Sprintf(`{"type":"avatar_video","input":{"type":"avatar","avatar_id":%q,%s}}`, photo, said)
	talk := `{"type":"url","url":"https://example.com/talk.mp4"}`
	image := `"https://example.com/face.png"`
	template := firstOf(t, b, "list_templates", `{}`, "template_id")
	maps.Copy(calls, map[string]paidCall{
		"a photo":          film(photo, ``),
		"a photo in 4k":    film(photo, `,"resolution":"4k"`),
		"a twin":           film(twin, ``),
		"a twin in 4k":     film(twin, `,"resolution":"4k"`),
		"a twin on III":    film(twin, `,"engine":{"type":"avatar_iii"}`),
		"a studio avatar":  film(studio, ``),
		"a twin on V":      film(twin, `,"engine":{"type":"avatar_v"}`),
		"short words":      {"create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"voice_id":%q,"script":"To be or not to be: go on up to it as we do so."}`, photo, voice)},
		"signs":            {"create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"voice_id":%q,"script":"a < b and c > d"}`, photo, voice)},
		"a long pause":     {"create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"voice_id":%q,"script":"Wait. <break time=\"100s\"/> Go."}`, photo, voice)},
		"nothing filled":   {"generate_from_template", fmt.Sprintf(`{"template_id":%q,"variables":{}}`, template)},
		"a slow one":       film(photo, `,"voice_settings":{"speed":0.5}`),
		"an audio":         {"create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"audio_url":"https://example.com/a.mp3"}`, photo)},
		"an image":         {"create_video_from_image", `{"image":` + image + `,` + said + `}`},
		"a film":           {"create_video_from_cinematic_avatar", fmt.Sprintf(`{"avatar_id":[%q],"prompt":"She walks."}`, twin)},
		"scenes":           {"create_video_from_studio", `{"scenes":[` + scene + `,` + scene + `]}`},
		"videos":           {"create_video_batch", `{"videos":[{"type":"image","image":` + image + `,` + said + `},{"type":"studio","scenes":[` + scene + `]}]}`},
		"a large shot":     {"text_to_video", `{"prompt":"x","resolution":"2k"}`},
		"a shot of 1080p":  {"text_to_video", `{"prompt":"x","resolution":"1080p"}`},
		"a moving image":   {"image_to_video", `{"prompt":"x","image":` + image + `}`},
		"references":       {"reference_to_video", `{"prompt":"x","reference_images":[` + image + `]}`},
		"speech":           {"create_speech", fmt.Sprintf(`{"voice_id":%q,"text":"Hello there, and welcome to this video."}`, voice)},
		"SSML":             {"create_speech", fmt.Sprintf(`{"voice_id":%q,"input_type":"ssml","text":"Hello there. <break time=\"4s\"/> Welcome to this video."}`, voice)},
		"a part":           {"create_video_translation", `{"video":` + talk + `,"output_languages":["German (Germany)"],"start_time":20,"end_time":100,"mode":"precision"}`},
		"a precise one":    {"create_lipsync", `{"video":` + talk + `,"audio":{"type":"url","url":"https://example.com/a.mp3"},"mode":"precision"}`},
		"clips":            {"create_ai_clipping", `{"video":` + talk + `,"output_settings":{"duration_types":["30","60"]}}`},
		"a template":       {"generate_from_template", fmt.Sprintf(`{"template_id":%q,"variables":{"product":"the new coffee machine","audience":"offices"}}`, template)},
		"filled often":     {"create_template_batch", fmt.Sprintf(`{"template_id":%q,"sets":[{"variables":{"product":"the new coffee machine","audience":"offices"}},{"variables":{"product":"the old kettle","audience":"kitchens"}}]}`, template)},
		"a twin of me":     {"create_digital_twin", `{"name":"Kim","file":"https://files.example/kim.mp4"}`},
		"an invention":     {"create_prompt_avatar", `{"name":"Kim","prompt":"A person in a green coat."}`},
		"a message":        {"send_video_agent_message", `{"session_id":"x","message":"Go on."}`},
		"a proofread text": {"generate_from_proofread", `{"proofread_id":"x"}`},
		"more live words":  {"send_avatar_realtime_text", `{"stream_id":"x","delta":"And so on."}`},
		"model speech":     {"generate_model_speech", fmt.Sprintf(`{"voice_id":%q,"language":"en","text":"Hello there."}`, modelVoice(t, b))},
		"timed speech":     {"generate_model_speech_with_timings", fmt.Sprintf(`{"voice_id":%q,"language":"en","text":"Hello there."}`, modelVoice(t, b))},
		"batch of pairs":   {"create_video_quality_comparison_batch", b.Creates(t)["video_quality_batch"][1]},
	})
	return calls
}

// modelVoice is the id of a voice of HeyGen Voice that can speak.
func modelVoice(t *testing.T, b *toolstest.Bench) string {
	t.Helper()
	id, _ := b.CallTool(t, "create_model_audio_voice", `{"audio":["https://files.example/me.wav"]}`)["voice_id"].(string)
	b.Pass(t, "1000")
	return id
}

// TestEstimatesSuffice plays every tool that costs money, waits for the end of what it begins, and
// holds that HeyGen has charged no more than was estimated, and not much less. Where the cost is
// not bounded, the estimate says by what it is charged.
func TestEstimatesSuffice(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	calls := paidCalls(t, b)
	tried := map[string]bool{}
	for name, c := range calls {
		tried[c.tool] = true
		t.Run(name, func(t *testing.T) {
			before := b.CallTool(t, "estimate_cost", fmt.Sprintf(`{"tool":%q,"arguments":%s}`, c.tool, c.args))
			b.Control(t, "account", `{"account":"test","wallet_usd":1000}`)
			had := wallet(t, b)
			made := b.CallTool(t, c.tool, c.args)
			high, bounded := made["estimated_cost_usd"].(float64)
			if basis, _ := before["basis"].(string); before["error"] != nil || basis == "" {
				t.Fatalf("estimate_cost answers %v", before)
			}
			if free := before["estimated_cost_usd"] == 0.0; made["error"] == nil && !free && before["estimated_cost_usd"] != made["estimated_cost_usd"] {
				t.Errorf("estimate_cost says %v and the call %v", before["estimated_cost_usd"], made["estimated_cost_usd"])
			}
			b.Pass(t, "3600")
			b.Pass(t, "3600") // for what began at the end of something else
			if !bounded {
				return
			}
			spent := had - wallet(t, b)
			if spent > high+1e-9 {
				t.Errorf("%v USD were estimated, and %v were charged", high, spent)
			}
			if low, _ := made["estimated_cost_low_usd"].(float64); high > 1.5*spent+1e-4 && !(spent == 0 && low == 0) {
				t.Errorf("%v USD were estimated, and only %v were charged", high, spent)
			}
		})
	}
	for _, tool := range tools.Declared() { //nolint:paralleltest // the calls share a wallet, one after the other
		if tool.Input().Has("max_cost_usd") && !tried[tool.Name] {
			t.Errorf("no call of %s is tried", tool.Name)
		}
	}
}

// TestEstimatesOfScenes holds that scenes add up, and that a length or a price nobody knows is not made up.
func TestEstimatesOfScenes(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	speaking := fmt.Sprintf(`{"type":"avatar_video","input":{"type":"avatar","avatar_id":%q,"script":"one two three four five"}}`, look(t, b, "photo_avatar"))
	still := `{"type":"image","source":"https://a.b/c.png","duration":3.5}`
	one := b.CallTool(t, "estimate_cost", `{"tool":"create_video_from_studio","arguments":{"scenes":[`+speaking+`]}}`)
	two := b.CallTool(t, "estimate_cost", `{"tool":"create_video_from_studio","arguments":{"scenes":[`+speaking+`,`+speaking+`]}}`)
	if a, z := one["estimated_cost_usd"].(float64), two["estimated_cost_usd"].(float64); math.Abs(2*a-z) > 1e-3 {
		t.Errorf("a scene costs %v, and two %v", a, z)
	}
	mixed := b.CallTool(t, "estimate_cost", `{"tool":"create_video_from_studio","arguments":{"scenes":[`+speaking+`,`+still+`]}}`)
	seconds, _ := one["estimated_duration_seconds"].(float64)
	if got, _ := mixed["estimated_duration_seconds"].(float64); math.Abs(got-seconds-3.5) > 0.11 || mixed["estimated_cost_usd"] != nil {
		t.Errorf("with a still image of 3.5 s it is %v, want 3.5 s more and no cost", mixed)
	}
}

// TestLooksAreAskedForOnce holds that the kind of a look is asked for once, and that a look nobody
// knows has the prices of all.
func TestLooksAreAskedForOnce(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := look(t, b, "photo_avatar")
	for range 3 {
		b.CallTool(t, "estimate_cost", fmt.Sprintf(`{"tool":"create_video_from_avatar","arguments":{"avatar_id":%q,"script":"Hello."}}`, id))
	}
	if n := b.Asked(t, "GET", "/v3/avatars/looks/"+id); n != 1 {
		t.Errorf("the look was asked for %d times, want once", n)
	}
	out := b.CallTool(t, "estimate_cost", `{"tool":"create_video_from_avatar","arguments":{"avatar_id":"nobody","script":"Hello."}}`)
	if basis, _ := out["basis"].(string); !strings.Contains(basis, "0.05 to 0.067 USD") {
		t.Errorf("an unknown look is %v, want both prices", out)
	}
}

// TestEstimateCost holds what it answers besides an estimate.
func TestEstimateCost(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	ask := func(tool, args string) map[string]any {
		t.Helper()
		return b.CallTool(t, "estimate_cost", fmt.Sprintf(`{"tool":%q,"arguments":%s}`, tool, args))
	}
	film := `{"avatar_id":["A"],"prompt":"x"}`
	if out := ask("create_video_from_cinematic_avatar", film); out["balance_usd"] != 100.0 || out["sufficient"] != true {
		t.Errorf("with 100 USD it says %v", out)
	}
	b.Control(t, "account", `{"account":"test","wallet_usd":6.9}`)
	if out := ask("create_video_from_cinematic_avatar", film); out["balance_usd"] != 6.9 || out["sufficient"] != false {
		t.Errorf("with 6.9 USD it says %v", out)
	}
	for _, tool := range []string{"create_folder", "list_videos", "create_brand_kit"} {
		args := map[string]string{"create_folder": `{"name":"A"}`, "list_videos": `{}`, "create_brand_kit": `{"url":"https://acme.example"}`}[tool]
		if out := ask(tool, args); out["estimated_cost_usd"] != 0.0 || out["sufficient"] != true {
			t.Errorf("%s: %v, want nothing", tool, out)
		}
	}
	if out := ask("create_video_avatar_from", `{}`); out["param"] != "tool" || !strings.Contains(fmt.Sprint(out["next_step"]), "create_video_from_avatar") {
		t.Errorf("a tool that is not there: %v", out)
	}
	direct, asked := b.CallTool(t, "create_lipsync", `{}`), ask("create_lipsync", `{}`)
	for _, name := range slices.Sorted(maps.Keys(direct)) {
		if fmt.Sprint(direct[name]) != fmt.Sprint(asked[name]) {
			t.Errorf("%s: the call is refused with %v, and its estimate with %v", name, direct[name], asked[name])
		}
	}
	for _, path := range []string{"/v3/videos", "/v3/lipsyncs", "/v3/folders", "/v3/brand-kits"} {
		if n := b.Asked(t, "POST", path); n != 0 {
			t.Errorf("HeyGen got %d requests of POST %s, want none", n, path)
		}
	}
}
