package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/settings"
)

// TestHeyGensCallsEndWaits holds that HeyGen's call has the wait look that is under way on
// whichever replica, where the next poll would be hours away, and that the create was answered as
// any.
func TestHeyGensCallsEndWaits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		replicas int
		args     func(t *testing.T) []string
	}{
		"one server": {1, func(*testing.T) []string { return nil }},
		"two replicas": {2, func(t *testing.T) []string {
			t.Helper()
			return []string{"--database-url", sharedDatabase(t)}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newReplicas(t, c.replicas, 10*time.Hour, append([]string{"--auth", "direct"}, c.args(t)...)...)
			s.control(t, "clock", `{"hold":true}`)
			for i := range c.replicas { // so that with two each has the wait once, and the other the call
				account := fmt.Sprintf("ann%d", i)
				id, _ := s.tool(t, account, "create_video_from_avatar", s.create(t, account))["video_id"].(string)
				if i > 0 {
					s.tool(t, account, "get_video", fmt.Sprintf(`{"video_id":%q}`, id))
				}
				answer := make(chan string, 1)
				go func() {
					_, body, err := s.post(t.Context(), s.mcpURL, account,
						rpc("wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q],"timeout_seconds":120}`, id), `,"_meta":{"progressToken":"p"}`))
					if err != nil {
						t.Error(err)
					}
					answer <- body
				}()
				s.until(t, func(calls []call) bool {
					for _, c := range calls {
						if c.Account == account && strings.HasSuffix(c.Path, "/statuses") {
							return true
						}
					}
					return false
				})
				s.control(t, "clock", `{"advance_seconds":3600}`)
				if res := result(t, <-answer); res["finished"] != true {
					t.Errorf("the wait ended with %v", res)
				}
			}
		})
	}
}

// TestCallsOfStrangers holds what the path for HeyGen's calls says to whoever else calls, and that
// it is not there where nobody was asked to call.
func TestCallsOfStrangers(t *testing.T) {
	t.Parallel()
	for _, setting := range []string{settings.CallbacksAuto, settings.CallbacksOff} {
		s := newReplicas(t, 1, time.Hour, "--auth", "direct", "--job-callbacks", setting)
		for _, path := range []string{"/hooks/", "/hooks/x", "/hooks/" + strings.Repeat("A", 250)} {
			status, _, err := s.post(t.Context(), strings.Replace(s.mcpURL, "/mcp", path, 1), "", `{"video_id":"v"}`)
			if err != nil || status != http.StatusNotFound {
				t.Errorf("%s with %s: got %d, %v, want 404", path, setting, status, err)
			}
		}
	}
}
