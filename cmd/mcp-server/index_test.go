package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/app"
)

// looksIn are the looks of a list.
func looksIn(res map[string]any) []string {
	var out []string
	items, _ := res["items"].([]any)
	for _, it := range items {
		row, _ := it.(map[string]any)
		text, _ := row["look_id"].(string)
		out = append(out, text)
	}
	return out
}

// TestSearchesOfTwoAccounts holds that what everybody sees is read once for both, and that nobody finds
// what the other has: by words, by filters, by ownership, or in a cast.
func TestSearchesOfTwoAccounts(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	own := map[string][]string{}
	for _, account := range []string{"ana", "ben"} {
		res := s.tool(t, account, "list_avatar_looks", `{"ownership":"private","limit":50}`)
		own[account] = looksIn(res)
		if len(own[account]) == 0 {
			t.Fatal("an account has no look of its own")
		}
	}
	for _, account := range []string{"ana", "ben", "ana"} {
		other := map[string]string{"ana": "ben", "ben": "ana"}[account]
		for _, args := range []string{
			`{"query":"suit office","limit":50}`, `{"gender":"female","limit":50}`, `{"gender":"male","limit":50}`,
			`{"query":"sweater","ownership":"private","limit":50}`, `{"query":"digital twin","limit":50}`,
		} {
			res := s.tool(t, account, "list_avatar_looks", args)
			if res["complete"] != true {
				t.Errorf("%s: got %v, want complete %v", args, res["indexed"], true)
			}
			got := strings.Join(looksIn(res), " ")
			for _, id := range own[other] {
				if strings.Contains(got, id) {
					t.Errorf("%s finds a look of %s by %s", account, other, args)
				}
			}
		}
		found := looksIn(s.tool(t, account, "list_avatar_looks", `{"query":"twin","avatar_type":"digital_twin","ownership":"private"}`))
		if len(found) != len(own[account]) {
			t.Errorf("%s finds %d of %d own looks", account, len(found), len(own[account]))
		}
		cast := fmt.Sprint(s.tool(t, account, "cast_video", `{"brief":"a digital twin saying \"Hello there\"","count":5}`))
		for _, id := range own[other] {
			if strings.Contains(cast, id) {
				t.Errorf("%s is offered a look of %s", account, other)
			}
		}
	}
}

// TestASearchAfterARestart holds that the index is there again, and that another HeyGen's is not.
func TestASearchAfterARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var first string
	t.Run("cold", func(t *testing.T) { //nolint:paralleltest // as above
		s := newStack(t, "--data-dir", dir, "--sandbox-catalogue", "large")
		for range 60 { // each waits four seconds at the most
			res := s.tool(t, "ana", "list_avatar_looks", `{"query":"doctor office","limit":3,"ownership":"public"}`)
			if first = strings.Join(looksIn(res), " "); res["complete"] == true {
				return
			}
		}
		t.Error("the list was never read to its end")
	})
	t.Run("warm", func(t *testing.T) { //nolint:paralleltest // as above
		s := newStack(t, "--data-dir", dir, "--sandbox-catalogue", "large")
		res := s.tool(t, "ben", "list_avatar_looks", `{"query":"doctor office","limit":3,"ownership":"public","detail":"full"}`)
		if got := strings.Join(looksIn(res), " "); got != first || res["complete"] != true || res["indexed"] != "10000 of 10000" {
			t.Errorf("got %s, %v; want %s", got, res["indexed"], first)
		}
	})
	t.Run("another HeyGen", func(t *testing.T) { //nolint:paralleltest // as above
		s := newStack(t, "--data-dir", dir)
		res := s.tool(t, "ben", "list_avatar_looks", `{"query":"suit","ownership":"public","detail":"full"}`)
		if res["indexed"] != "24 of 24" {
			t.Errorf("got %v", res["indexed"])
		}
	})
}

// TestAnIndexFileThatCannotBeUsed holds that the server serves all the same.
func TestAnIndexFileThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, app.IndexName), []byte(strings.Repeat("this is no database. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newStackWith(t, io.Discard, noPause, append(fastSandbox(), "--data-dir", dir)...)
	if res := s.tool(t, "ana", "list_avatar_looks", `{"query":"suit","ownership":"public","detail":"full"}`); res["indexed"] != "24 of 24" {
		t.Errorf("got %v", res)
	}
}
