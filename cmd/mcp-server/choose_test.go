package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// A path or a header narrows what is listed and what can be called, in every layer alike.
func TestChoosingTools(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	limited := newStack(t, "--toolsets", "videos,account", "--read-only")
	for _, c := range []struct {
		url      string
		has, not string
	}{
		{s.mcpURL, "create_video_from_avatar", "search_tools"},
		{s.mcpURL + "/x/all", "create_video_from_avatar", "search_tools"},
		{s.mcpURL + "/x/account", "get_current_user", "list_videos"},
		{s.mcpURL + "/x/account,voices", "list_voices", "list_videos"},
		{s.mcpURL + "/x/videos/readonly", "list_videos", "create_video_from_avatar"},
		{s.mcpURL + "/readonly", "list_avatar_looks", "delete_video"},
		{s.mcpURL + "/key/x/account", "get_current_user", "list_videos"},
		{limited.mcpURL + "/x/all", "list_videos", "delete_video"},
		{limited.mcpURL + "/x/videos", "list_videos", "get_current_user"},
	} {
		names := s.listed(t, c.url)
		if !slices.Contains(names, c.has) || slices.Contains(names, c.not) {
			t.Errorf("%s lists %v", c.url, names)
		}
		if _, body, err := s.post(t.Context(), c.url, "chooser", rpc(c.not, `{}`, "")); err != nil || !strings.Contains(body, "-32602") {
			t.Errorf("%s calls %s: %s %v", c.url, c.not, body, err)
		}
	}
	if status, body, err := s.post(t.Context(), s.mcpURL+"/x/video", "chooser", rpc("list_videos", `{}`, "")); err != nil || status != http.StatusNotFound || !strings.Contains(body, "videos") {
		t.Errorf("an unknown toolset: %d %s %v", status, body, err)
	}
}

// listed are the names of the tools at a URL.
func (s *stack) listed(t *testing.T, url string) (names []string) {
	t.Helper()
	_, body, err := s.post(t.Context(), url, "chooser", `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`)
	if err != nil {
		t.Fatal(err)
	}
	var reply struct {
		Result struct {
			Tools []struct{ Name string }
		}
	}
	if err := json.Unmarshal([]byte(body), &reply); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	for _, tool := range reply.Result.Tools {
		names = append(names, tool.Name)
	}
	return names
}

// The 401 of a path leads to a document that names exactly that path, which clients compare with
// what was typed.
func TestEachPathIsAResource(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for _, narrowed := range []string{"", "/readonly", "/x/videos", "/x/videos,voices/readonly"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.mcpURL+narrowed, strings.NewReader(`{}`))
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		_, rest, _ := strings.Cut(res.Header.Get("WWW-Authenticate"), `resource_metadata="`)
		document, _, _ := strings.Cut(rest, `"`)
		if req, err = http.NewRequestWithContext(t.Context(), http.MethodGet, document, nil); err != nil {
			t.Fatal(err)
		}
		if res, err = http.DefaultClient.Do(req); err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if want := fmt.Sprintf(`"resource":%q`, s.mcpURL+narrowed); err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: got %d %s %v, want no error, %v and %q in it", document, res.StatusCode, body, err, http.StatusOK, want)
		}
	}
}
