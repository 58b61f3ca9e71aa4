package sandbox

import (
	"fmt"
	"strings"
	"testing"
)

const (
	instantBody = `{"mode":"instant","name":"Quick","audio":[{"type":"url","url":"https://a.example/me.wav"}]}`
	trainedBody = `{"mode":"professional","audio":[{"type":"url","url":"https://a.example/1.wav"},{"type":"url","url":"https://a.example/2.wav"}]}`
)

const modelVoicesPath = "/v3/models/audio/voices"

func (b *box) modelVoice(body string) string {
	b.t.Helper()
	return b.do("POST", modelVoicesPath, body).want(200, "").text("data", "voice_id")
}

func (b *box) modelSpeech(voice, text string) reply {
	b.t.Helper()
	return b.do("POST", "/v3/models/audio/tts", fmt.Sprintf(`{"voice_id":%q,"text":%q}`, voice, text))
}

func TestAModelVoiceFromPendingToDeleted(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.modelVoice(instantBody)
	path := modelVoicesPath + "/" + id
	if res := b.get(path).want(200, ""); res.text("data", "status") != "PENDING" || res.text("data", "name") != "Quick" {
		t.Errorf("%s", res.body)
	}
	b.do("DELETE", path, "").want(409, "resource_not_ready")
	b.modelSpeech(id, "Hello.").want(409, "resource_not_ready")
	b.advance(60)
	if res := b.get(modelVoicesPath).want(200, ""); res.text("data", 0, "status") != "ACTIVE" {
		t.Errorf("%s", res.body)
	}
	before := b.balance()
	res := b.modelSpeech(id, strings.Repeat("word ", 50)).want(200, "")
	if res.at("data", "duration") != 20.0 || fmt.Sprintf("%.6f", before-b.balance()) != "0.003750" {
		t.Errorf("%s for %v", res.body, before-b.balance())
	}
	if file := b.do("GET", res.text("data", "audio_url"), "").want(200, ""); len(file.body) != len(fileOf(t, ".wav", 20)) {
		t.Errorf("%d bytes", len(file.body))
	}
	b.get(path+"x").want(404, "voice_not_found")
	b.do("DELETE", path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "voice_not_found")
	b.do("DELETE", path, "").want(200, "")
	b.do("DELETE", path, "").want(200, "")
	b.get(path).want(404, "voice_not_found")
	b.modelSpeech(id, "Hello.").want(404, "voice_not_found")
}

func TestAProfessionalVoiceIsTrainedAgain(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.modelVoice(trainedBody)
	again := fmt.Sprintf(`{"mode":"professional","name":"Better","voice_id":%q,"audio":[{"type":"url","url":"https://a.example/3.wav"}]}`, id)
	b.do("POST", modelVoicesPath, again).want(409, "resource_not_ready")
	b.advance(1000)
	b.control("faults", `{"method":"POST","path":"`+modelVoicesPath+`","fault":"fail"}`)
	for n := range mostTrainings { // the first of them fails and does not count
		if got := b.modelVoice(again); got != id {
			t.Fatalf("%s, want %s", got, id)
		}
		b.advance(1000)
		res := b.get(modelVoicesPath+"/"+id).want(200, "")
		if failed := n == 0; (res.text("data", "failure_reason") == "TRAINING_FAILED") != failed || res.text("data", "name") != "Better" {
			t.Errorf("%d: %s", n, res.body)
		}
		if n == 0 {
			b.modelSpeech(id, "Hello.").want(400, "voice_unavailable")
		}
	}
	b.do("POST", modelVoicesPath, again).want(400, "resource_limit_exceeded")
	b.advance(31 * 24 * 3600)
	b.modelVoice(again)
	if res := b.get(modelVoicesPath).want(200, ""); len(res.list("data")) != 1 {
		t.Errorf("%s", res.body)
	}
}

func TestAShortRecordingTrainsNoVoice(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	sample := b.get("/v3/voices?limit=1").text("data", 0, "preview_audio_url")
	id := b.modelVoice(`{"mode":"professional","audio":[{"type":"url","url":"` + sample + `"}]}`)
	b.advance(60)
	if res := b.get(modelVoicesPath+"/"+id).want(200, ""); res.text("data", "status") != "FAILED" || res.text("data", "failure_reason") != "INSUFFICIENT_AUDIO" {
		t.Errorf("%s", res.body)
	}
}

func TestWhatModelVoicesRefuse(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for _, body := range []string{
		`{"mode":"instant","audio":[]}`,
		strings.Replace(trainedBody, professional, "instant", 1),
		strings.Replace(instantBody, `"name"`, `"voice_id"`, 1),
		strings.Replace(trainedBody, `"audio"`, `"age":"old","audio"`, 1),
		strings.Replace(instantBody, `"audio"`, `"age":"40","audio"`, 1),
		strings.Replace(instantBody, "https:", "ftp:", 1),
	} {
		b.do("POST", modelVoicesPath, body).want(400, "invalid_parameter")
	}
	quick, trained := b.modelVoice(instantBody), b.modelVoice(trainedBody)
	b.advance(1000)
	b.do("POST", modelVoicesPath, fmt.Sprintf(`{"mode":"professional","voice_id":%q,"audio":[{"type":"url","url":"https://a.example/3.wav"}]}`, quick)).want(400, "invalid_parameter")
	b.do("POST", "/v3/models/audio/tts", fmt.Sprintf(`{"voice_id":%q,"text":"Hi.","model":"other"}`, quick)).want(400, "invalid_parameter")
	b.do("POST", "/v3/models/audio/tts", fmt.Sprintf(`{"voice_id":%q,"text":"Hi.","speed":0}`, quick)).want(400, "invalid_parameter")
	b.modelSpeech(quick, "...").want(400, "tts_text_invalid")
	b.modelSpeech(trained, `One <break time="9s"/> two.`).want(400, "tts_text_invalid")
	if res := b.modelSpeech(trained, `One <break time="2s"/> two.`).want(200, ""); res.at("data", "duration") != 4.0 {
		t.Errorf("%s", res.body)
	}
	for range speechesAMinute - 5 {
		b.modelSpeech(quick, "Hi.").want(200, "")
	}
	late := b.modelSpeech(quick, "Hi.").want(429, "rate_limit_exceeded")
	if late.header.Get("Retry-After") != "60" {
		t.Errorf("%v", late.header)
	}
	b.advance(60)
	b.modelSpeech(quick, "Hi.").want(200, "")
}
