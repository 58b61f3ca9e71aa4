package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

const realtimePath = "/v3/avatar-realtime"

func (b *box) realtime(kind, text string) string {
	b.t.Helper()
	return b.do(http.MethodPost, realtimePath, fmt.Sprintf(`{"type":%q,"avatar_id":%q,"voice_id":%q,"text":%q}`,
		kind, b.look(photoAvatar, engineIV), b.speaker("starfish"), text)).want(201, "").text("data", "stream_id")
}

func TestAnAvatarSpeaksAtOnce(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	path := realtimePath + "/" + b.realtime("tts", "One two three, four five six seven. Eight nine ten.") // 4 seconds
	if one := b.get(path).want(200, ""); one.text("data", "status") != "pending" {
		t.Errorf("at first: %s", one.body)
	}
	b.advance(6)
	one := b.get(path)
	if one.text("data", "status") != "streaming" || b.get(one.text("data", "hls_url")).header.Get("Content-Type") != "application/vnd.apple.mpegurl" {
		t.Errorf("while it speaks: %s", one.body)
	}
	b.do(http.MethodPost, path+"/text", `{"delta":"More."}`).want(400, "invalid_parameter")
	b.advance(10)
	if one := b.get(path); one.text("data", "status") != "completed" || one.at("data", "hls_url") != nil || one.at("data", "end_reason") != nil {
		t.Errorf("at last: %s", one.body)
	}
	events := b.get(path+"/words").want(200, "").streamed()
	if len(events) < 4 || events[len(events)-1] != `end: {"reason":"completed"}` || !strings.Contains(events[0], `"word":"One"`) || !strings.Contains(strings.Join(events, ""), `"word":","`) {
		t.Errorf("the words: %q", events)
	}
	if again := b.do(http.MethodPost, path+"/cancel", "").want(202, ""); again.at("data", "cancelled") != false {
		t.Errorf("a cancel of what is over: %s", again.body)
	}
	b.do(http.MethodGet, path+"/words", "", "X-Api-Key", "sk_sandbox_bo").want(404, "not_found")
	b.get(realtimePath+"/none").want(404, "not_found")
}

func TestTextIsAddedToASession(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	path := realtimePath + "/" + b.realtime(textStream, "One two three.")
	b.advance(10)
	if res := b.do(http.MethodPost, path+"/text", `{"delta":" Four five."}`).want(202, ""); res.at("data", "buffered_bytes") != 25.0 {
		t.Errorf("added: %s", res.body)
	}
	b.do(http.MethodPost, path+"/text", `{"delta":""}`).want(400, "invalid_parameter")
	b.do(http.MethodPost, path+"/text", `{"delta":"","final":true}`).want(202, "")
	b.do(http.MethodPost, path+"/text", `{"delta":"x"}`).want(410, "gone")
	b.advance(5)
	if one := b.get(path); one.text("data", "status") != "completed" || one.text("data", "end_reason") != "final_marker" {
		t.Errorf("after the last: %s", one.body)
	}
	idle := realtimePath + "/" + b.realtime(textStream, "One.")
	b.advance(60)
	if one := b.get(idle); one.text("data", "status") != "completed" || one.text("data", "end_reason") != "idle_timeout" {
		t.Errorf("one that nobody adds to: %s", one.body)
	}
	if events := b.get(idle + "/words").streamed(); events[len(events)-1] != `end: {"reason":"idle_timeout"}` {
		t.Errorf("its words: %q", events)
	}
	b.do(http.MethodPost, idle+"/text", `{"delta":"x"}`).want(410, "gone")
	stopped := realtimePath + "/" + b.realtime("tts", strings.Repeat("word ", 100))
	b.advance(10)
	if res := b.do(http.MethodPost, stopped+"/cancel", "").want(202, ""); res.at("data", "cancelled") != true {
		t.Errorf("canceled: %s", res.body)
	}
	if events := b.get(stopped + "/words").streamed(); len(events) > 12 {
		t.Errorf("the words go on after a cancel: %d events", len(events))
	}
}

// TestWordsComeAsTheyAreSpoken reads the stream of a session that goes on: it stays open.
func TestWordsComeAsTheyAreSpoken(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	path := realtimePath + "/" + b.realtime("tts", strings.Repeat("word ", 100)) // 40 seconds
	b.advance(10)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.url+path+"/words", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Api-Key", "sk_sandbox_ana")
	res, err := b.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	first := make([]byte, 64)
	if n, err := io.ReadFull(res.Body, first); err != nil || !strings.HasPrefix(string(first), `data: {"words":`) {
		t.Fatalf("got %q, %v", first[:n], err)
	}
	b.advance(60)
	rest, err := io.ReadAll(res.Body)
	if err != nil || !strings.HasSuffix(string(rest), "event: end\ndata: {\"reason\":\"completed\"}\n\n") {
		t.Errorf("the rest is %q, %v", rest, err)
	}
}

func TestWhatSessionsRefuse(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	photo, studio, voice := b.look(photoAvatar, engineIV), b.look(studioAvatar, engineIV), b.speaker("starfish")
	for name, c := range map[string]struct {
		body   string
		status int
		param  string
	}{
		"another type":    {fmt.Sprintf(`{"type":"song","avatar_id":%q}`, photo), 400, "type"},
		"no text":         {fmt.Sprintf(`{"type":"tts","avatar_id":%q,"voice_id":%q,"text":""}`, photo, voice), 400, "text"},
		"a blank text":    {fmt.Sprintf(`{"type":"text_stream","avatar_id":%q,"voice_id":%q,"text":" "}`, photo, voice), 400, "text"},
		"a studio avatar": {fmt.Sprintf(`{"type":"tts","avatar_id":%q,"voice_id":%q,"text":"x"}`, studio, voice), 400, "avatar_id"},
		"nobody's look":   {fmt.Sprintf(`{"type":"tts","avatar_id":"x","voice_id":%q,"text":"x"}`, voice), 404, "avatar_id"},
		"nobody's voice":  {fmt.Sprintf(`{"type":"tts","avatar_id":%q,"voice_id":"x","text":"x"}`, photo), 404, "voice_id"},
		"text with audio": {fmt.Sprintf(`{"type":"audio","avatar_id":%q,"text":"x","audio":{"type":"url","url":"https://a.example/a.mp3"}}`, photo), 400, "text"},
		"audio":           {fmt.Sprintf(`{"type":"audio","avatar_id":%q,"audio":{"type":"url","url":"https://a.example/a.mp3"}}`, photo), 201, ""},
	} {
		res := b.do(http.MethodPost, realtimePath, c.body)
		if res.status != c.status || c.param != "" && res.text("error", "param") != c.param {
			t.Errorf("%s: got %d %s, want %d %s", name, res.status, res.body, c.status, c.param)
		}
	}
	b.control("faults", `{"path":"/v3/avatar-realtime","fault":"fail"}`)
	bad := realtimePath + "/" + b.realtime("tts", "One.")
	b.advance(20)
	if one := b.get(bad); one.text("data", "status") != "error" || one.text("data", "error_message") == "" {
		t.Errorf("one that failed: %s", one.body)
	}
	if events := b.get(bad + "/words").streamed(); events[len(events)-1] != `end: {"reason":"error"}` {
		t.Errorf("its words: %q", events)
	}
	b.do(http.MethodGet, bad, "", "X-Api-Key", "sk_sandbox_no-previews").want(403, "forbidden")
}
