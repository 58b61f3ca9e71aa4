package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
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
