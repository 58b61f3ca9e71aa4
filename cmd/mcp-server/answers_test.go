package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// No answer outgrows its request: what a caller sends comes back once at the most, and what is ours in an
// answer is bounded. Results of tools, which tell of the caller's account, are left out.
const (
	answerTimes = 4
	answerOwn   = 64 << 10
)

// sample is a request of each method, with every member that can hold text.
type sample struct {
	method, params string
	named          string // the member that the header Mcp-Name repeats
}

// samples are of all methods of both eras. The tool fails whatever it is given, so that its answer is a
// refusal.
func samples() []sample {
	list := []sample{
		{"initialize", `{"protocolVersion":"2025-06-18","capabilities":{"experimental":{"a":{"b":"c"}}},"clientInfo":{"name":"c","title":"t","version":"1","websiteUrl":"https://x.example","icons":[{"src":"https://x.example/i.png","mimeType":"image/png"}]}}`, ""},
		{"server/discover", `{}`, ""},
		{"ping", `{"x":"y"}`, ""},
		{"tools/list", `{"cursor":"a"}`, ""},
		{"tools/call", `{"name":"get_video","arguments":{"video_id":"v","more":{"a":["b"]}},"requestState":"s","inputResponses":{"a":{"action":"accept","content":{"b":"c"}}}}`, "name"},
		{"tools/call", `{"name":"create_video_from_avatar","arguments":{"avatar_id":"a","script":"s","voice_id":"v","title":"t","dimension":{"width":"w"},"voice_settings":{"locale":"l","speed":"s"},"idempotency_key":"k"}}`, "name"},
		{"tools/call", `{"name":"none","arguments":{"a":"b"}}`, "name"},
		{"tools/call", `{"name":"wait_for_jobs","arguments":{"kind":"k","ids":["a","b"]}}`, "name"},
		{"prompts/list", `{"cursor":"a"}`, ""},
		{"prompts/get", `{"name":"make_video","arguments":{"topic":"t","seconds":"s","avatar":"a","voice":"v","locale":"l","more":"m"}}`, "name"},
		{"prompts/get", `{"name":"clone_voice","arguments":{"audio":"a","name":"n","sample":"s"}}`, "name"},
		{"resources/list", `{"cursor":"a"}`, ""},
		{"resources/templates/list", `{"cursor":"a"}`, ""},
		{"resources/read", `{"uri":"heygen://videos/v"}`, "uri"},
		{"resources/read", `{"uri":"x://none"}`, "uri"},
		{"resources/subscribe", `{"uri":"heygen://videos/v"}`, ""},
		{"resources/unsubscribe", `{"uri":"heygen://videos/v"}`, ""},
		{"logging/setLevel", `{"level":"debug"}`, ""},
		{"subscriptions/listen", `{"notifications":{"toolsListChanged":true,"resourceSubscriptions":["heygen://videos/v"],"taskIds":["t"],"more":"m"}}`, ""},
		{"no/such", `{"a":{"b":["c"]}}`, ""},
		{"notifications/initialized", `{"a":"b"}`, ""},
		{"notifications/progress", `{"progressToken":"p","progress":1,"message":"m"}`, ""},
		{"tasks/get", `{"taskId":"t"}`, "taskId"},
		{"tasks/update", `{"taskId":"t","inputResponses":{"a":{"action":"accept","content":{"b":"c"}}}}`, "taskId"},
		{"tasks/cancel", `{"taskId":"t"}`, "taskId"},
		{"tasks/list", `{"cursor":"c"}`, ""},
		{"tasks/result", `{"taskId":"t"}`, ""},
	}
	for _, ref := range []string{`{"type":"ref/prompt","name":"translate_video"}`, `{"type":"ref/resource","uri":"heygen://videos/{video_id}"}`} {
		for _, argument := range []string{"languages", "video_id", "locale"} {
			list = append(list, sample{"completion/complete", `{"ref":` + ref + `,"argument":{"name":"` + argument + `","value":"v"},"context":{"arguments":{"a":"b"}}}`, ""})
		}
	}
	return list
}

// message is a request as it is sent.
type sentMessage struct {
	body                  []byte
	version, method, name string // headers
}

// in is the sample as a message of an era.
func (s sample) in(modern bool) map[string]any {
	var params map[string]any
	if err := json.Unmarshal([]byte(s.params), &params); err != nil {
		panic(err)
	}
	meta := map[string]any{"progressToken": "p", "x.example/more": "m"}
	if modern {
		meta["io.modelcontextprotocol/protocolVersion"] = "2026-07-28"
		meta["io.modelcontextprotocol/logLevel"] = "debug"
		meta["io.modelcontextprotocol/clientInfo"] = map[string]any{"name": "c", "version": "1"}
		meta["io.modelcontextprotocol/clientCapabilities"] = map[string]any{"extensions": map[string]any{"io.modelcontextprotocol/tasks": map[string]any{}}}
	}
	params["_meta"] = meta
	m := map[string]any{"jsonrpc": "2.0", "id": "i", "method": s.method, "params": params}
	if strings.HasPrefix(s.method, "notifications/") {
		delete(m, "id")
	}
	return m
}

// sent is a message with the headers that its era asks for.
func (s sample) sent(m map[string]any, modern bool) sentMessage {
	body, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	sent := sentMessage{body: body}
	if modern {
		sent.version, sent.method = "2026-07-28", s.method
		params, _ := m["params"].(map[string]any)
		sent.name, _ = params[s.named].(string)
	}
	return sent
}

// places calls use with v changed at each place that holds text, and with each name of a member changed.
func places(v any, text any, use func()) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			was := v[name]
			if _, ok := was.(string); ok {
				v[name] = text
				use()
				v[name] = was
			} else {
				places(was, text, use)
			}
			if long, ok := text.(string); ok {
				delete(v, name)
				v[long] = was
				use()
				delete(v, long)
				v[name] = was
			}
		}
	case []any:
		for i, was := range v {
			if _, ok := was.(string); ok {
				v[i] = text
				use()
				v[i] = was
			} else {
				places(was, text, use)
			}
		}
	}
}

// nasty are texts that grow when they are written, repeated or searched for.
func nasty(n int) []string {
	return []string{
		strings.Repeat("<", n), strings.Repeat("\u2028", n/3), strings.Repeat("English,", n/8), strings.Repeat("{topic}", n/7),
		strings.Repeat("z", n), strings.Repeat("\x00", n), strings.Repeat(`"\`, n/2), strings.Repeat("%s", n/2), strings.Repeat("🎬", n/4),
		"heygen://videos/" + strings.Repeat("a", n), "heygen://guides/" + strings.Repeat("%2e", n/3), strings.Repeat("\n", n),
	}
}

// deep is a value that nests n deep.
func deep(n int) json.RawMessage {
	return json.RawMessage(strings.Repeat(`{"a":[`, n/2) + strings.Repeat(`]}`, n/2))
}

// exchangeOf sends a message and gives what came back; of a stream, which has no end, the beginning.
func (s *stack) exchangeOf(ctx context.Context, m sentMessage) (status int, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.mcpURL, bytes.NewReader(m.body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	req.Header.Set("X-Api-Key", "sk_sandbox_bounds")
	for name, value := range map[string]string{"Mcp-Protocol-Version": m.version, "Mcp-Method": m.method, "Mcp-Name": m.name} {
		if value != "" {
			req.Header.Set(name, headerValue(value))
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if bytes.Contains(m.body, []byte("subscriptions/listen")) && res.Header.Get("Content-Type") == "text/event-stream" {
		return res.StatusCode, firstEvent(res.Body), nil // it has no end
	}
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// firstEvent is what a stream begins with.
func firstEvent(r io.Reader) []byte {
	var event []byte
	piece := make([]byte, 64<<10)
	for !bytes.Contains(event, []byte("\n\n")) {
		n, err := r.Read(piece)
		event = append(event, piece[:n]...)
		if err != nil {
			break
		}
	}
	return event
}

// headerValue is a text as the protocol has it in a header.
func headerValue(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		return fmt.Sprintf("=?base64?%s?=", base64.StdEncoding.EncodeToString([]byte(text)))
	}
	return text
}

// holdAnswer holds an answer to what its request may draw.
func holdAnswer(t *testing.T, m sentMessage, status int, answer []byte) {
	t.Helper()
	if status >= http.StatusInternalServerError {
		t.Errorf("%.300s: %d %.300s", m.body, status, answer)
	}
	told := bytes.Contains(answer, []byte(`"structuredContent"`)) && !bytes.Contains(answer, []byte(`"isError":true`))
	if most := answerTimes*len(m.body) + answerOwn; len(answer) > most && !told {
		t.Errorf("%.300s… of %d bytes drew %d: %.300s", m.body, len(m.body), len(answer), answer)
	}
}

// Every method of both eras is sent long and strange texts in every place that holds text, and in the names
// of members, and values that nest.
func TestAnswersDoNotOutgrowRequests(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	texts := append(nasty(300), nasty(14_000)[:4]...)
	var group sync.WaitGroup
	for _, one := range samples() {
		group.Go(func() {
			for _, modern := range []bool{false, true} {
				m := one.in(modern)
				try := func() { s.try(t, one.sent(m, modern)) }
				try()
				for _, text := range texts {
					places(m, text, try)
				}
				places(m, deep(5000), try)
			}
		})
	}
	group.Wait()
}

// try sends a message and holds the answer.
func (s *stack) try(t *testing.T, m sentMessage) {
	t.Helper()
	status, answer, err := s.exchangeOf(t.Context(), m)
	if err != nil {
		t.Errorf("%.200s: %v", m.body, err)
	}
	holdAnswer(t, m, status, answer)
}

func TestLongArgumentsComeBackOnce(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for _, one := range samples() {
		if one.method != "prompts/get" && one.method != "tools/call" {
			continue
		}
		m := one.in(false)
		for _, text := range nasty(150_000)[:4] {
			places(m, text, func() { s.try(t, one.sent(m, false)) })
		}
	}
}

// FuzzAnswers sends any bytes under any of the headers that decide.
func FuzzAnswers(f *testing.F) {
	added := 0
	for _, one := range samples() {
		for _, modern := range []bool{false, true} {
			m := one.in(modern)
			add := func() {
				sent := one.sent(m, modern)
				f.Add(sent.body, sent.version, sent.method, sent.name)
			}
			add()
			places(m, "a,<\x00\u2028"+strings.Repeat("é", 250), func() {
				if added++; added%8 == 0 { // to read them all takes minutes
					add()
				}
			})
		}
	}
	f.Add([]byte("{\"jsonrpc\":\"2.0\",\"id\":\"\xff\xfe\",\"method\":\"prompts/get\",\"params\":{\"name\":\"\xff\",\"arguments\":{\"\xff\":\"\xff\"}}}"), "", "", "")
	s := newStackWith(f, io.Discard, noPause, fastSandbox()...)
	f.Fuzz(func(t *testing.T, body []byte, version, method, name string) {
		sent := sentMessage{body, version, method, name}
		status, answer, err := s.exchangeOf(t.Context(), sent)
		if err != nil {
			t.Skip("not every text can be a header")
		}
		holdAnswer(t, sent, status, answer)
	})
}

// What a caller sends comes back once at the most. A refusal of a tool, which is sent as text and as data, names
// an unknown argument in its words and in its param.
func TestNothingIsRepeatedTwice(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for _, one := range samples() {
		for _, modern := range []bool{false, true} {
			m := one.in(modern)
			for _, text := range []string{"qzmarkqz", "English (United States),qzmarkqz", "heygen://videos/qzmarkqz", "https://qzmarkqz.example/"} {
				places(m, text, func() {
					sent := one.sent(m, modern)
					_, answer, err := s.exchangeOf(t.Context(), sent)
					if err != nil {
						t.Fatal(err)
					}
					most := 1
					if bytes.Contains(answer, []byte(`"structuredContent"`)) {
						most = 4
					}
					if n := bytes.Count(answer, []byte("qzmarkqz")); n > most {
						t.Errorf("%s drew it %d times: %s", sent.body, n, answer)
					}
				})
			}
		}
	}
}
