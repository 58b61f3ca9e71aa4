package sandbox

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// speaker is a public voice of an engine.
func (b *box) speaker(engine string) string {
	b.t.Helper()
	return b.get("/v3/voices?limit=1&engine="+engine).want(200, "").text("data", 0, "voice_id")
}

func TestSpeechIsARecordingOfTheText(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	voice := b.speaker("starfish")
	for name, c := range map[string]struct {
		more    string
		text    string
		seconds float64
		words   int
	}{
		"as it is":   {``, strings.Repeat("word ", 50), 20, 50},
		"faster":     {`"speed":2,`, strings.Repeat("word ", 50), 10, 50},
		"one word":   {``, "Hi!", 1, 1},
		"with marks": {`"input_type":"ssml",`, strings.Repeat("word ", 25) + `<break time=\"500ms\"/>` + strings.Repeat("word ", 25), 20.5, 50},
	} {
		before := b.balance()
		res := b.do("POST", "/v3/voices/speech", fmt.Sprintf(`{%s"voice_id":%q,"text":"%s"}`, c.more, voice, c.text)).want(200, "")
		if res.at("data", "duration") != c.seconds || len(res.list("data", "word_timestamps")) != c.words {
			t.Errorf("%s: got %s, want data.duration %v and len(res.list(\"data\", \"word_timestamps\")) %v", name, res.body, c.seconds, c.words)
		}
		if last := res.at("data", "word_timestamps", c.words-1, "end"); last != c.seconds {
			t.Errorf("%s: the last word ends at %v", name, last)
		}
		if paid := before - b.balance(); math.Abs(paid-c.seconds*starfishPrice) > 1e-6 {
			t.Errorf("%s: it cost %v", name, paid)
		}
		file := b.do("GET", res.text("data", "audio_url"), "").want(200, "")
		if !strings.HasPrefix(file.body, "RIFF") || len(file.body) != len(fileOf(t, ".wav", c.seconds)) {
			t.Errorf("%s: %d bytes", name, len(file.body))
		}
	}
}

func TestWhatCannotBeSpoken(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for name, c := range map[string]struct {
		voice, text, more string
		status            int
		code              string
	}{
		"no such voice":  {"nobody", "Hi.", ``, 404, "voice_not_found"},
		"another engine": {b.speaker("fish"), "Hi.", ``, 400, "invalid_parameter"},
		"no words":       {b.speaker("starfish"), "... !", ``, 400, "tts_text_invalid"},
		"bad markup":     {b.speaker("starfish"), "Hi <break", `,"input_type":"ssml"`, 400, "tts_text_invalid"},
		"a long break":   {b.speaker("starfish"), "Hi <break time='1m'/>", `,"input_type":"ssml"`, 400, "tts_text_invalid"},
		"a locale":       {b.speaker("starfish"), "Hi.", `,"locale":"xx-XX"`, 400, "invalid_parameter"},
	} {
		t.Log(name)
		b.do("POST", "/v3/voices/speech", fmt.Sprintf(`{"voice_id":%q,"text":%q%s}`, c.voice, c.text, c.more)).want(c.status, c.code)
	}
	b.control("credits", `{"account":"ana","wallet_usd":0}`)
	b.do("POST", "/v3/voices/speech", fmt.Sprintf(`{"voice_id":%q,"text":"Hi."}`, b.speaker("starfish"))).want(402, "insufficient_credit")
}
