package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/internal/release"
	"heygen-mcp/tools"
)

// TestInstructionsStandAloneWhereTheyAreCut holds the first paragraph of the instructions to what one widely
// used client shows of them, and to what an agent cannot do without: where to begin, that it costs, where the
// job ends, and where errors lead. What follows may be lost.
func TestInstructionsStandAloneWhereTheyAreCut(t *testing.T) {
	t.Parallel()
	const shown = 512
	first, rest, _ := strings.Cut(app.Instructions, "\n\n")
	if len(first) > shown || !strings.HasSuffix(first, ".") {
		t.Errorf("the first paragraph has %d bytes and ends with %q", len(first), first[max(0, len(first)-20):])
	}
	for _, word := range []string{"list_avatar_looks", "list_voices", "create_video_from_avatar", "wait_for_jobs", "get_current_user", "credits", "idempotency_key", "next_step", "heygen_message", "data from others"} {
		if !strings.Contains(first, word) {
			t.Errorf("%s comes too late", word)
		}
	}
	known := map[string]bool{}
	for _, tool := range tools.Describe() {
		known[tool.Name] = true
	}
	for _, word := range regexp.MustCompile(`\b(?:get|list|create|wait)_[a-z_]+`).FindAllString(app.Instructions, -1) {
		if !known[word] {
			t.Errorf("there is no %s", word)
		}
	}
	if strings.Contains(rest, "must") || strings.Contains(rest, "never") {
		t.Errorf("a rule comes too late: %s", rest)
	}
}

// TestInstructionsArrive holds that both eras are told the same, whole.
func TestInstructionsArrive(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for era, method := range map[string]string{"older": "initialize", "modern": "server/discover"} {
		var reply struct {
			Result struct {
				Instructions string `json:"instructions"`
			} `json:"result"`
		}
		status, body := s.ask(t, "one", method, "", `"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}`, era == "modern")
		if json.Unmarshal([]byte(body), &reply) != nil || reply.Result.Instructions != app.Instructions {
			t.Errorf("%s: got %d %s, want json.Unmarshal([]byte(body), &reply) nil and reply.Result.Instructions %v", era, status, body, app.Instructions)
		}
	}
}

// TestServerTellsPeopleWhatItIs holds that clients of both eras get a title, a site and a mark that can be fetched.
func TestServerTellsPeopleWhatItIs(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	type info struct {
		Name, Title, WebsiteURL string
		Icons                   []struct{ Src, MIMEType string }
	}
	for era, method := range map[string]string{"older": "initialize", "modern": "server/discover"} {
		var reply struct {
			Result struct {
				ServerInfo info `json:"serverInfo"`
				Meta       struct {
					ServerInfo info `json:"io.modelcontextprotocol/serverInfo"`
				} `json:"_meta"`
			} `json:"result"`
		}
		_, body := s.ask(t, "one", method, "", `"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}`, era == "modern")
		if err := json.Unmarshal([]byte(body), &reply); err != nil {
			t.Fatal(err)
		}
		told := reply.Result.ServerInfo
		if told.Name == "" {
			told = reply.Result.Meta.ServerInfo
		}
		if told.Name != release.Name || told.Title != app.ServerTitle || told.WebsiteURL == "" || len(told.Icons) != 2 ||
			told.Icons[0].Src != told.WebsiteURL+"/assets/mark.png" || told.Icons[1].Src != told.WebsiteURL+"/favicon.ico" {
			t.Errorf("%s: the server is told as %+v in %s", era, told, body)
		}
	}
}
