package sandbox

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const (
	trainedBody = `{"name":"Quick","language":"de","audio":[{"type":"url","url":"https://a.example/1.wav"},{"type":"url","url":"https://a.example/2.wav"}]}`

	modelVoicesPath = "/v3/models/audio/voices"
)

func (b *box) modelVoice(body string) string {
	b.t.Helper()
	return b.do("POST", modelVoicesPath, body).want(202, "").text("data", "voice_id")
}

func (b *box) modelSpeech(voice, text string) reply {
	b.t.Helper()
	return b.do("POST", "/v3/models/audio/tts", fmt.Sprintf(`{"voice_id":%q,"text":%q,"language":"en"}`, voice, text))
}

func TestAModelVoiceFromPendingToDeleted(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.modelVoice(trainedBody)
	path := modelVoicesPath + "/" + id
	if res := b.get(path).want(200, ""); res.text("data", "status") != "PENDING" || res.text("data", "name") != "Quick" || res.text("data", "mode") != professional {
		t.Errorf("at first: %s", res.body)
	}
	b.do("DELETE", path, "").want(409, "resource_not_ready")
	b.modelSpeech(id, "Hello.").want(409, "voice_not_ready")
	b.advance(1000)
	if res := b.get(modelVoicesPath).want(200, ""); res.text("data", 0, "status") != "ACTIVE" {
		t.Errorf("trained: %s", res.body)
	}
	before := b.balance()
	res := b.modelSpeech(id, strings.Repeat("word ", 50)).want(200, "")
	if res.at("data", "duration") != 20.0 || fmt.Sprintf("%.6f", before-b.balance()) != "0.003750" {
		t.Errorf("%s for %v", res.body, before-b.balance())
	}
	if file := b.do("GET", res.text("data", "audio_url"), "").want(200, ""); len(file.body) != len(fileOf(t, ".wav", 20)) {
		t.Errorf("got %d bytes of speech", len(file.body))
	}
	b.get(path+"x").want(404, "voice_not_found")
	b.do("DELETE", path, "", "X-Api-Key", "sk_sandbox_bo").want(404, "voice_not_found")
	b.do("DELETE", path, "").want(200, "")
	b.do("DELETE", path, "").want(200, "")
	b.get(path).want(404, "voice_not_found")
	b.modelSpeech(id, "Hello.").want(404, "voice_not_found")
}

func TestAModelVoiceIsTrainedAgain(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.modelVoice(trainedBody)
	again := fmt.Sprintf(`{"name":"Better","voice_id":%q,"audio":[{"type":"url","url":"https://a.example/3.wav"}]}`, id)
	b.do("POST", modelVoicesPath, again).want(409, "resource_not_ready")
	b.advance(1000)
	for range voiceSlots*slotTrainings - 1 {
		if got := b.modelVoice(again); got != id {
			t.Fatalf("got %s, want %s", got, id)
		}
		b.advance(1000)
		if res := b.get(modelVoicesPath+"/"+id).want(200, ""); res.text("data", "name") != "Quick" || res.text("data", "status") != "ACTIVE" {
			t.Errorf("the name of a voice stays: %s", res.body)
		}
	}
	b.do("POST", modelVoicesPath, again).want(400, "resource_limit_reached")
	b.advance(31 * 24 * 3600)
	b.control("faults", `{"method":"POST","path":"`+modelVoicesPath+`","fault":"fail"}`)
	b.modelVoice(again)
	b.advance(1000)
	if res := b.get(modelVoicesPath+"/"+id).want(200, ""); res.text("data", "failure_reason") != "TRAINING_FAILED" || res.text("data", "status") != "FAILED" {
		t.Errorf("a training that failed: %s", res.body)
	}
	b.modelSpeech(id, "Hello.").want(409, "voice_training_failed")
	for range voiceSlots - 1 {
		b.modelVoice(trainedBody)
	}
	b.do("POST", modelVoicesPath, trainedBody).want(400, "resource_limit_reached")
}

func TestWhatModelVoicesRefuse(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	sample := b.get("/v3/voices?limit=1").text("data", 0, "preview_audio_url")
	for _, body := range []string{
		`{"audio":[]}`,
		strings.Replace(trainedBody, `"audio"`, `"mode":"instant","audio"`, 1),
		strings.Replace(trainedBody, `"audio"`, `"age":"old","audio"`, 1),
		strings.Replace(trainedBody, "https:", "ftp:", 1),
		`{"audio":[{"type":"url","url":"` + sample + `"}]}`, // far less than 20 minutes
	} {
		b.do("POST", modelVoicesPath, body).want(400, "invalid_parameter")
	}
	id := b.modelVoice(trainedBody)
	b.advance(1000)
	for _, body := range []string{
		`{"voice_id":%q,"text":"Hi."}`, `{"voice_id":%q,"text":"Hi.","language":"xx"}`, `{"voice_id":%q,"text":"...","language":"en"}`,
		`{"voice_id":%q,"text":"Hi.","language":"en","with_timestamps":true}`, `{"voice_id":%q,"text":"Hi.","language":"en","speed":1}`,
	} {
		b.do("POST", "/v3/models/audio/tts", fmt.Sprintf(body, id)).want(400, "invalid_parameter")
	}
	b.do("POST", "/v3/models/audio/tts", fmt.Sprintf(`{"voice_id":%q,"text":"Hi.","language":"en"}`, id), "X-Api-Key", "sk_sandbox_no-previews").want(403, "forbidden")
	if res := b.modelSpeech(id, `One <break time="2s"/> two.`).want(200, ""); res.at("data", "duration") == 4.0 {
		t.Errorf("markup is read, but there is none: %s", res.body)
	}
	for range speechesAMinute - 3 { // one was spoken, two had a text or a language that cannot be
		b.modelSpeech(id, "Hi.").want(200, "")
	}
	late := b.modelSpeech(id, "Hi.").want(429, "rate_limit_exceeded")
	if late.header.Get("Retry-After") != "60" {
		t.Errorf("got %v, want %q", late.header, "60")
	}
	b.advance(60)
	b.modelSpeech(id, "Hi.").want(200, "")
}

// streamed are the events of a stream, each its data, as "name: data" where it has a name.
func (r reply) streamed() []string {
	r.t.Helper()
	if got := r.header.Get("Content-Type"); got != "text/event-stream" {
		r.t.Fatalf("got %s %s, want a stream", got, r.body)
	}
	var out []string
	name := ""
	lines := bufio.NewScanner(strings.NewReader(r.body))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if event, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			name = event + ": "
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			out = append(out, name+data)
			name = ""
		}
	}
	return out
}

func TestSpeechIsStreamedWithItsWords(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.modelVoice(trainedBody)
	b.advance(1000)
	body := fmt.Sprintf(`{"voice_id":%q,"text":%q,"language":"en","with_timestamps":true}`, id, strings.Repeat("word ", 25)) // 10 seconds
	events := b.do("POST", "/v3/models/audio/tts/stream", body).want(200, "").streamed()
	parts, words := 0, 0
	for _, event := range events[:len(events)-1] {
		var one struct {
			Type, Audio string
			Index       int               `json:"part_index"`
			Words       []json.RawMessage `json:"word_alignments"`
		}
		if err := json.Unmarshal([]byte(event), &one); err != nil {
			t.Fatal(err)
		}
		words += len(one.Words)
		if one.Type == "audio" {
			if wav, err := base64.StdEncoding.DecodeString(one.Audio); err != nil || !strings.HasPrefix(string(wav), "RIFF") || one.Index != parts {
				t.Errorf("part %d: index %d, %v", parts, one.Index, err)
			}
			parts++
		}
	}
	if parts != 3 || words != 25 || events[len(events)-1] != "[DONE]" {
		t.Errorf("got %d parts, %d words and %s at last", parts, words, events[len(events)-1])
	}
	b.control("faults", `{"path":"/v3/models/audio/tts/stream","fault":"fail"}`)
	events = b.do("POST", "/v3/models/audio/tts/stream", body).want(200, "").streamed()
	if len(events) != 2 || !strings.Contains(events[1], `"type":"error"`) {
		t.Errorf("a stream that failed: %.200q", events)
	}
	b.do("POST", "/v3/models/audio/tts/stream", strings.Replace(body, id, "none", 1)).want(404, "voice_not_found")
}
