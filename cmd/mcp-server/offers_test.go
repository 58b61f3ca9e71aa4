package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// ask sends a request of either era as one account. name is what a modern client tells in a header.
func (s *stack) ask(t *testing.T, account, method, name, params string, modern bool) (int, string) {
	t.Helper()
	capabilities := ""
	if modern {
		capabilities = "{}"
	}
	return s.askWith(t, account, method, name, params, capabilities)
}

// askWith is ask by a client of 2026-07-28 with these capabilities, or by an older one where they are "".
func (s *stack) askWith(t *testing.T, account, method, name, params, capabilities string) (int, string) {
	t.Helper()
	modern := capabilities != ""
	if modern {
		if params != "" {
			params += ","
		}
		params += `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":` + capabilities + `}`
	}
	body := `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":{` + params + `}}`
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.mcpURL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Api-Key", "sk_sandbox_"+account)
	if modern {
		req.Header.Set("Mcp-Protocol-Version", "2026-07-28")
		req.Header.Set("Mcp-Method", method)
		if name != "" {
			req.Header.Set("Mcp-Name", name)
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

// offered are the prompts, guides and templates that a client finds.
type offered struct {
	Result struct {
		Prompts []struct {
			Name      string `json:"name"`
			Arguments []struct {
				Name string `json:"name"`
			} `json:"arguments"`
		} `json:"prompts"`
		Resources []struct {
			URI string `json:"uri"`
		} `json:"resources"`
		Templates []struct {
			URI string `json:"uriTemplate"`
		} `json:"resourceTemplates"`
	} `json:"result"`
}

// TestEverythingOfferedWorks asks, in both eras and over HTTP, for each prompt, guide and template that is
// listed, and for completions of each of their blanks. None may be there in name only.
func TestEverythingOfferedWorks(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for _, modern := range []bool{false, true} {
		list := func(method string) (found offered) {
			status, body := s.ask(t, "one", method, "", "", modern)
			if err := json.Unmarshal([]byte(body), &found); status != http.StatusOK || err != nil {
				t.Fatalf("%s: got %d %s, want %v and no error", method, status, body, http.StatusOK)
			}
			return found
		}
		var names []string
		for _, p := range list("prompts/list").Result.Prompts {
			names = append(names, p.Name)
			args := []string{}
			for _, a := range p.Arguments {
				args = append(args, fmt.Sprintf("%q:%q", a.Name, "the "+a.Name))
				s.completes(t, fmt.Sprintf(`"ref":{"type":"ref/prompt","name":%q}`, p.Name), a.Name, modern)
			}
			status, body := s.ask(t, "one", "prompts/get", p.Name, fmt.Sprintf(`"name":%q,"arguments":{%s}`, p.Name, strings.Join(args, ",")), modern)
			if status != http.StatusOK || strings.Count(body, `"role":"user"`) != 1 || regexp.MustCompile(`\{[a-z]+\}`).MatchString(body) {
				t.Errorf("%s: %d %s", p.Name, status, body)
			}
			for _, a := range p.Arguments {
				if !strings.Contains(body, "the "+a.Name) {
					t.Errorf("%s does not use %s: %s", p.Name, a.Name, body)
				}
			}
		}
		if want := []string{"clone_voice", "document_to_video", "make_video", "set_up_avatar", "translate_video"}; !slices.Equal(names, want) {
			t.Errorf("prompts are %v", names)
		}
		if _, body := s.ask(t, "one", "prompts/get", "make_video", `"name":"make_video","arguments":{"topic":" "}`, modern); !strings.Contains(body, `"code":-32602,"message":"the prompt make_video needs topic: `) {
			t.Errorf("a prompt without what it needs: %s", body)
		}
		names = nil
		for _, r := range list("resources/list").Result.Resources {
			names = append(names, r.URI)
			if status, body := s.ask(t, "one", "resources/read", r.URI, fmt.Sprintf(`"uri":%q`, r.URI), modern); status != http.StatusOK ||
				len(body) < 500 || !strings.Contains(body, `"mimeType":"text/markdown"`) || modern && !strings.Contains(body, `"cacheScope":"public"`) {
				t.Errorf("%s: %d %s", r.URI, status, body)
			}
		}
		if want := []string{"heygen://guides/engines", "heygen://guides/errors", "heygen://guides/limits", "heygen://guides/scripts"}; !slices.Equal(names, want) {
			t.Errorf("guides are %v", names)
		}
		names = nil
		for _, r := range list("resources/templates/list").Result.Templates {
			names = append(names, r.URI)
			open := regexp.MustCompile(`\{([a-z_]+)\}`).FindStringSubmatch(r.URI)
			s.completes(t, fmt.Sprintf(`"ref":{"type":"ref/resource","uri":%q}`, r.URI), open[1], modern)
			uri := strings.Replace(r.URI, open[0], "none-of-ours", 1)
			status, body := s.ask(t, "one", "resources/read", uri, fmt.Sprintf(`"uri":%q`, uri), modern)
			code, want := "-32002", http.StatusOK
			if modern {
				code, want = "-32602", http.StatusBadRequest
			}
			if status != want || !strings.Contains(body, code) || !strings.Contains(body, `"next_step":"`) || !strings.Contains(body, uri) {
				t.Errorf("%s: got %d %s, want %v, %q in it, %q in it and %q in it", uri, status, body, want, code, `"next_step":"`, uri)
			}
		}
		for _, want := range []string{"heygen://videos/{video_id}", "heygen://looks/{look_id}", "heygen://voices/{voice_id}"} {
			if !slices.Contains(names, want) {
				t.Errorf("there is no template %s among %v", want, names)
			}
		}
	}
}

// completes asks for completions of a blank; what cannot be completed has none, and that is no error.
func (s *stack) completes(t *testing.T, ref, argument string, modern bool) {
	t.Helper()
	status, body := s.ask(t, "one", "completion/complete", "", fmt.Sprintf(`%s,"argument":{"name":%q,"value":""}`, ref, argument), modern)
	if status != http.StatusOK || !strings.Contains(body, `"values":[`) {
		t.Errorf("%s of %s: %d %s", argument, ref, status, body)
	}
	for _, always := range []string{"look_id", "avatar", "voice_id", "voice", "group_id", "template_id", "style", "languages", "locale", "check"} {
		if argument == always && strings.Contains(body, `"values":[]`) {
			t.Errorf("nothing is suggested for %s: %s", argument, body)
		}
	}
}

// TestRecordsOfOthers holds that what is read and suggested is the caller's own: ids of another account are
// not found, and nobody is told of them.
func TestRecordsOfOthers(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	made := s.tool(t, "one", "create_video_from_avatar", s.create(t, "one"))
	id, _ := made["video_id"].(string)
	voices, _ := s.tool(t, "one", "list_voices", `{"type":"private"}`)["items"].([]any)
	voice, _ := voices[0].(map[string]any)["voice_id"].(string)
	for _, modern := range []bool{false, true} {
		for _, uri := range []string{"heygen://videos/" + id, "heygen://voices/" + voice} {
			read := func(account string) (int, string) {
				return s.ask(t, account, "resources/read", uri, fmt.Sprintf(`"uri":%q`, uri), modern)
			}
			if status, body := read("one"); status != http.StatusOK || !strings.Contains(body, `"contents":[`) || modern && !strings.Contains(body, `"ttlMs":0,"cacheScope":"private"`) {
				t.Errorf("%s of its owner: %d %s", uri, status, body)
			}
			if _, body := read("two"); strings.Contains(body, `"contents"`) || !strings.Contains(body, `"error"`) {
				t.Errorf("%s of another: %s", uri, body)
			}
		}
		for argument, value := range map[string]string{"video": id, "voice": voice} {
			prompt := map[string]string{"video": "translate_video", "voice": "make_video"}[argument]
			complete := func(account string) string {
				_, body := s.ask(t, account, "completion/complete", "", fmt.Sprintf(`"ref":{"type":"ref/prompt","name":%q},"argument":{"name":%q,"value":%q}`, prompt, argument, value), modern)
				return body
			}
			if body := complete("one"); !strings.Contains(body, `"values":["`+value+`"]`) {
				t.Errorf("%s of its owner: %s", argument, body)
			}
			if body := complete("two"); !strings.Contains(body, `"values":[]`) {
				t.Errorf("%s of another: %s", argument, body)
			}
		}
	}
}
