package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/sandbox"
)

// killedAt is the request for a video at which the process is killed. Some before it are repeats, or were refused.
const killedAt = 500

// TestKilledWhileItCreates ends the process with SIGKILL in the middle of a thousand creates.
// Whatever HeyGen has made by then is recorded with its id after the restart, once, and nothing
// stays reserved that was not made. A client that repeats what it was not answered makes nothing
// twice.
func TestKilledWhileItCreates(t *testing.T) {
	t.Parallel()
	path := binary(t)
	onDatabases(t, "", func(t *testing.T, flags ...string) {
		t.Helper()
		const creates, callers = 1000, 16
		box, err := sandbox.New(sandbox.Config{Speed: 1000})
		if err != nil {
			t.Fatal(err)
		}
		var made atomic.Int64
		var p atomic.Pointer[program]
		heygen := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && r.URL.Path == "/v3/videos" && made.Add(1) == killedAt {
				box.ServeHTTP(httptest.NewRecorder(), r)
				_ = p.Load().cmd.Process.Kill() // the callers notice
				return
			}
			box.ServeHTTP(w, r)
		}))
		t.Cleanup(heygen.Close)
		data := t.TempDir()
		args := append([]string{"serve", "--auth", "direct", "--listen", "127.0.0.1:0", "--heygen-url", heygen.URL, "--data-dir", data}, flags...)
		begin := func() *stack {
			p.Store(start(t.Context(), t, path, args...))
			return &stack{mcpURL: p.Load().mcpURL, sandboxURL: heygen.URL}
		}
		s := begin()
		looks, _ := s.tool(t, "mia", "list_avatar_looks", `{"limit":1,"ownership":"public"}`)["items"].([]any)
		look := looks[0].(map[string]any)["look_id"]
		create := func(ctx context.Context, s *stack, i int) (int, error) {
			status, _, err := s.post(ctx, s.mcpURL, "mia", rpc("create_video_from_avatar",
				fmt.Sprintf(`{"avatar_id":%q,"title":"Video %d","script":"Hello there."}`, look, i), ""))
			return status, err
		}
		var next atomic.Int64
		var unanswered sync.Map
		var all sync.WaitGroup
		for range callers {
			all.Go(func() {
				for i := next.Add(1); i <= creates; i = next.Add(1) {
					if status, err := create(t.Context(), s, int(i)); err != nil || status != http.StatusOK {
						unanswered.Store(int(i), true)
						if err != nil {
							return // it is dead
						}
					}
				}
			})
		}
		all.Wait()
		_ = p.Load().wait() // what it says is that it was killed
		s = begin()
		// In a file of its own process half of what was not answered is found by looking; in a
		// database that replicas share a look leaves what is so new to whoever may be at it.
		repeat, shared := false, len(flags) > 0
		unanswered.Range(func(i, _ any) bool {
			if repeat = !repeat; repeat || shared {
				if status, err := create(t.Context(), s, i.(int)); err != nil || status != http.StatusOK {
					t.Errorf("a repeat is answered with %d, %v", status, err)
				}
			}
			return true
		})
		s.tool(t, "mia", "list_jobs", `{}`)
		p.Load().stop(t)
		holds(t, data, flags, box)
	})
}

// holds demands that the ledger has what the sandbox has made, and nothing else. A record of what
// never reached HeyGen stays open until HeyGen's list is sure to be complete.
func holds(t *testing.T, data string, flags []string, box http.Handler) {
	t.Helper()
	address := ""
	if len(flags) > 1 {
		address = flags[1]
	}
	db, err := database.Open(t.Context(), address, filepath.Join(data, settings.DatabaseName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), `SELECT r.title, r.state, j.id FROM ledger_records r LEFT JOIN ledger_jobs j ON j.record = r.id`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	recorded, open := map[string]string{}, map[string]bool{}
	for rows.Next() {
		var title, state string
		var id *string
		if err := rows.Scan(&title, &state, &id); err != nil {
			t.Fatal(err)
		}
		switch {
		case state == string(ledger.Open):
			open[title] = true
		case id == nil && state != string(ledger.Refused):
			t.Errorf("%s is %s and has no id", title, state)
		case id != nil && recorded[*id] != "":
			t.Errorf("%s and %s are both the video %s", title, recorded[*id], *id)
		case id != nil:
			recorded[*id] = title
		}
	}
	made := videosIn(t, box, "mia")
	for id, title := range made {
		if recorded[id] != title {
			t.Errorf("HeyGen has made %q, %s, which is recorded as %q", title, id, recorded[id])
		}
	}
	titles := map[string]bool{}
	for _, title := range made {
		if open[title] {
			t.Errorf("%s was made, and its record is open still", title)
		}
		if titles[title] {
			t.Errorf("%s was made twice", title)
		}
		titles[title] = true
	}
	if len(recorded) != len(made) {
		t.Errorf("%d videos are recorded, and %d were made", len(recorded), len(made))
	}
	if len(made) < killedAt/2 {
		t.Errorf("only %d videos were made", len(made))
	}
}

// videosIn are the titles of an account's videos in a sandbox, by their ids.
func videosIn(t *testing.T, box http.Handler, account string) map[string]string {
	t.Helper()
	all, token := map[string]string{}, ""
	for {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v3/videos?limit=100&token="+url.QueryEscape(token), nil)
		req.Header.Set("X-Api-Key", settings.SandboxKeys+account)
		rec := httptest.NewRecorder()
		box.ServeHTTP(rec, req)
		var page struct {
			Data []struct{ ID, Title string }
			Next string `json:"next_token"`
		}
		if err := json.Unmarshal(rec.Body.Bytes(), &page); err != nil || rec.Code != http.StatusOK {
			t.Fatalf("the sandbox lists videos with %d %s: %v", rec.Code, rec.Body, err)
		}
		for _, v := range page.Data {
			all[v.ID] = v.Title
		}
		if token = page.Next; token == "" {
			return all
		}
	}
}
