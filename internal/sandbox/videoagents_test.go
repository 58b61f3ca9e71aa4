package sandbox

import (
	"encoding/base64"
	"fmt"
	"math"
	"strings"
	"testing"
)

// agent starts a session and gives its path.
func (b *box) agent(prompt, mode string) string {
	b.t.Helper()
	res := b.do("POST", "/v3/video-agents", fmt.Sprintf(`{"prompt":%q,"mode":%q}`, prompt, mode)).want(200, "")
	if res.text("data", "status") != agentThinking {
		b.t.Errorf("%s", res.body)
	}
	return "/v3/video-agents/" + res.text("data", "session_id")
}

// at asks a session how far it is.
func (b *box) agentIs(path, status string) reply {
	b.t.Helper()
	res := b.get(path).want(200, "")
	if res.text("data", "status") != status {
		b.t.Fatalf("it is not %s: %s", status, res.body)
	}
	return res
}

func (b *box) say(path, message string) reply {
	b.t.Helper()
	return b.do("POST", path, fmt.Sprintf(`{"message":%q}`, message))
}

func TestAnAgentMakesAVideoInOneGo(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	prompt := strings.TrimSpace(strings.Repeat("lamp ", 50))
	path := b.agent(prompt, "generate")
	before := b.balance()
	b.agentIs(path, agentThinking)
	b.say(path, "Blue, please.").want(400, "invalid_parameter")
	if res := b.get("/v3/video-agents").want(200, ""); res.at("data", 0, "title") != nil {
		t.Errorf("a title before it was thought of: %s", res.body)
	}
	b.advance(40)
	half := b.agentIs(path, agentGenerating)
	if id := half.text("data", "video_id"); b.get("/v3/videos/"+id).want(200, "").text("data", "status") != "processing" {
		t.Errorf("got %s, want data.status %q", half.body, "processing")
	}
	b.advance(100)
	done := b.agentIs(path, agentCompleted)
	if done.at("data", "progress") != 100.0 || done.text("data", "messages", 0, "content") != "Your video is ready." {
		t.Errorf("got %s, want data.progress %v and data.messages.0.content %q", done.body, 100.0, "Your video is ready.")
	}
	video := b.get("/v3/videos/"+done.text("data", "video_id")).want(200, "")
	if video.at("data", "duration") != 20.0 || !strings.HasPrefix(video.text("data", "title"), "lamp") {
		t.Errorf("got %s, want data.duration %v and %q at its beginning", video.body, 20.0, "lamp")
	}
	if paid := before - b.balance(); math.Abs(paid-20*agentPrice) > 1e-6 {
		t.Errorf("it cost %v", paid)
	}
	if srt := b.do("GET", video.text("data", "subtitle_url"), "").want(200, ""); !strings.Contains(srt.body, "lamp") {
		t.Errorf("got %s, want %q in it", srt.body, "lamp")
	}
	resource := b.get(path+"/resources/"+done.text("data", "messages", 0, "resource_ids", 0)).want(200, "")
	if resource.text("data", "resource_type") != "video" || b.do("GET", resource.text("data", "url"), "").want(200, "").header.Get("Content-Type") != "video/mp4" {
		t.Errorf("got %s, want data.resource_type %q and Content-Type %q", resource.body, "video", "video/mp4")
	}
	if list := b.get(path+"/videos").want(200, ""); len(list.list("data")) != 1 {
		t.Errorf("got %s, want len(list.list(\"data\")) %v", list.body, 1)
	}
	b.do("DELETE", "/v3/videos/"+done.text("data", "video_id"), "").want(200, "")
	if list := b.get(path+"/videos").want(200, ""); len(list.list("data")) != 0 {
		t.Errorf("got %s, want len(list.list(\"data\")) %v", list.body, 0)
	}
	if res := b.get(path+"/resources/"+resource.text("data", "resource_id")).want(200, ""); res.at("data", "url") != nil {
		t.Errorf("got %s, want data.url nil", res.body)
	}
	b.agentIs(path, agentCompleted)
	b.do("GET", path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "not_found")
	b.get(path+"/resources/none").want(404, "not_found")
}

func TestAnAgentTellsItsEnd(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.do("POST", hooksPath, `{"url":"http://127.0.0.1:9/x","events":["video_agent.success","video_agent.fail"]}`).want(200, "")
	b.do("POST", "/v3/video-agents", `{"prompt":"A film","callback_id":"mine"}`).want(200, "")
	b.control("faults", `{"method":"POST","path":"/v3/video-agents","fault":"fail"}`)
	failed := b.agent("A film", "generate")
	b.advance(600)
	b.agentIs(failed, agentFailed)
	events := b.get("/v3/webhooks/events").want(200, "")
	if len(events.list("data")) != 2 || events.text("data", 0, "event_type") != "video_agent.success" ||
		events.text("data", 0, "event_data", "callback_id") != "mine" || events.text("data", 0, "event_data", "url") == "" ||
		events.text("data", 1, "event_type") != "video_agent.fail" || events.text("data", 1, "event_data", "message") == "" {
		t.Errorf("got %s, want len(events.list(\"data\")) %v, data.0.event_type %q, data.0.event_data.callback_id %q, data.0.event_data.url not empty, data.1.event_type %q and data.1.event_data.message not empty", events.body, 2, "video_agent.success", "mine", "video_agent.fail")
	}
}

func TestAnAgentAsksAndRevises(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	path := b.agent("A film about our bakery", "chat")
	b.say(path, "And?").want(409, "resource_not_ready")
	b.advance(40)
	if asked := b.agentIs(path, agentWaiting); asked.text("data", "messages", 0, "role") != "model" || asked.at("data", "video_id") != nil {
		t.Errorf("got %s, want data.messages.0.role %q and data.video_id nil", asked.body, "model")
	}
	b.say(path, "For children, and merry.").want(200, "")
	b.agentIs(path, agentThinking)
	b.advance(40)
	b.agentIs(path, agentGenerating)
	b.advance(100)
	first := b.agentIs(path, agentCompleted).text("data", "video_id")
	b.say(path, "Mention the rye bread.").want(200, "")
	b.advance(40)
	review := b.agentIs(path, agentReviewing)
	draft := b.get(path+"/resources/"+review.text("data", "messages", 0, "resource_ids", 0)).want(200, "")
	if script, _ := draft.at("data", "metadata", "script").(string); draft.text("data", "resource_type") != "draft" || !strings.Contains(script, "rye") {
		t.Errorf("got %s, want data.resource_type %q and %q in it", draft.body, "draft", "rye")
	}
	b.say(path, "Go ahead.").want(200, "")
	b.advance(200) // over the end of the run and of the video that it starts
	second := b.agentIs(path, agentCompleted).text("data", "video_id")
	videos := b.get(path+"/videos").want(200, "")
	if second == first || len(videos.list("data")) != 2 || videos.text("data", 0, "id") != second {
		t.Errorf("got %s, want another second than %v, len(videos.list(\"data\")) %v and data.0.id %v", videos.body, first, 2, second)
	}
	for range 8 {
		b.say(path, "Once more.").want(200, "")
		b.advance(40)
		b.say(path, "Yes.").want(200, "")
		b.advance(300)
	}
	if res := b.agentIs(path, agentCompleted); len(res.list("data", "messages")) != maxMessages {
		t.Errorf("%d messages", len(res.list("data", "messages")))
	}
}

func TestAnAgentStops(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode, after string
		wait        float64
	}{{"generate", agentFailed, 10}, {"generate", agentFailed, 40}, {"chat", agentWaiting, 10}} {
		b := newBox(t, Config{})
		before := b.balance()
		path := b.agent("A film about our bakery", c.mode)
		b.advance(c.wait)
		b.do("POST", path+"/stop", "{}").want(200, "")
		if status := b.get(path).text("data", "status"); status == c.after {
			t.Errorf("%+v: it stopped before a checkpoint", c)
		}
		b.advance(10)
		stopped := b.agentIs(path, c.after)
		b.do("POST", path+"/stop", "{}").want(200, "")
		b.agentIs(path, c.after)
		if b.balance() != before {
			t.Errorf("%+v: it was charged for", c)
		}
		if c.wait == 40 && len(stopped.list("data", "messages", 1, "resource_ids")) != 1 {
			t.Errorf("the draft is gone: %s", stopped.body)
		}
		if c.mode == "chat" {
			b.say(path, "Shorter.").want(200, "")
			b.advance(40)
			b.agentIs(path, agentWaiting) // its question comes now
		}
	}
}

func TestAnAgentFails(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/video-agents","fault":"fail"}`)
	path := b.agent("A film", "chat")
	b.advance(40)
	if res := b.agentIs(path, agentFailed); res.text("data", "messages", 0, "type") != "error" {
		t.Errorf("got %s, want data.messages.0.type %q", res.body, "error")
	}
	b.say(path, "Try again.").want(200, "")
	b.advance(40)
	b.agentIs(path, agentWaiting)

	gone := b.agent("A film", "generate")
	b.advance(40)
	b.do("DELETE", "/v3/videos/"+b.agentIs(gone, agentGenerating).text("data", "video_id"), "").want(200, "")
	b.agentIs(gone, agentFailed)

	b.agent("A film", "generate")
	b.control("credits", `{"account":"ana","wallet_usd":0}`)
	b.do("POST", "/v3/video-agents", `{"prompt":"A film"}`).want(402, "insufficient_credit")
	b.advance(40)
	if res := b.get("/v3/video-agents?limit=1").want(200, ""); res.text("data", 0, "session_id") == "" {
		t.Errorf("got %s, want data.0.session_id not empty", res.body)
	}
	poor := b.get("/v3/video-agents?limit=1").text("data", 0, "session_id")
	b.agentIs("/v3/video-agents/"+poor, agentFailed)
}

func TestWhatAgentsRefuse(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for more, want := range map[string]struct {
		status int
		code   string
	}{
		`"prompt":" "`:                          {400, "invalid_parameter"},
		`"prompt":"x","mode":"talk"`:            {400, "invalid_parameter"},
		`"prompt":"x","avatar_id":"nobody"`:     {404, "avatar_not_found"},
		`"prompt":"x","voice_id":"nobody"`:      {404, "voice_not_found"},
		`"prompt":"x","style_id":"none"`:        {404, "resource_not_found"},
		`"prompt":"x","brand_kit_id":"none"`:    {404, "resource_not_found"},
		`"prompt":"x","brand_glossary_id":"no"`: {404, "resource_not_found"},
		`"prompt":"x","files":[{"type":"url","url":"https://a.example/page.html"}]`:            {400, "download_failed"},
		`"prompt":"x","files":[{"type":"base64","media_type":"text/plain","data":"aGVsbG8="}]`: {400, "invalid_parameter"},
	} {
		b.do("POST", "/v3/video-agents", "{"+more+"}").want(want.status, want.code)
	}
	for range 10 {
		b.agent("x", "generate")
	}
	b.do("POST", "/v3/video-agents", `{"prompt":"x"}`).want(429, "rate_limit_exceeded")
}

func TestAgentsTakeFilesAndStyles(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	styles := b.get("/v3/video-agents/styles?tag=print").want(200, "")
	if len(styles.list("data")) != 2 || b.do("GET", styles.text("data", 0, "preview_video_url"), "").want(200, "").header.Get("Content-Type") != "video/mp4" {
		t.Errorf("got %s, want len(styles.list(\"data\")) %v and Content-Type %q", styles.body, 2, "video/mp4")
	}
	picture := base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\nIHDR"))
	res := b.do("POST", "/v3/video-agents", fmt.Sprintf(
		`{"prompt":"x","style_id":%q,"files":[{"type":"base64","media_type":"image/png","data":%q},{"type":"url","url":"https://a.example/x.pdf"}]}`,
		styles.text("data", 0, "style_id"), picture)).want(200, "")
	path := "/v3/video-agents/" + res.text("data", "session_id")
	said := b.get(path)
	for i, want := range []string{"image", "file"} {
		one := b.get(path+"/resources/"+said.text("data", "messages", 0, "resource_ids", i)).want(200, "")
		if one.text("data", "resource_type") != want || one.text("data", "source_type") != "user_uploaded" {
			t.Errorf("got %s, want data.resource_type %v and data.source_type %q", one.body, want, "user_uploaded")
		}
		if i == 0 && b.do("GET", one.text("data", "url"), "").want(200, "").header.Get("Content-Type") != "image/png" {
			t.Errorf("%s", one.body)
		}
	}
}
