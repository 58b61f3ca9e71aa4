package main

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"heygen-mcp/cmd/mcp-server/demo"
)

// killed is a server, in a process of its own, that can be ended in the middle of anything and started again where it
// was. Its HeyGen lives in the test.
type killed struct {
	t       *testing.T
	binary  string
	args    []string
	heygen  *rotating
	program *program
	gone    *sync.Once
	stack
}

// newKilled starts a server on a database, with a HeyGen whose tokens live for some seconds.
func newKilled(t *testing.T, binary string, seconds int, database ...string) *killed {
	t.Helper()
	k := &killed{t: t, binary: binary, heygen: newRotating(t, seconds)}
	k.args = append([]string{"serve", "--auth", "broker", "--heygen-url", k.heygen.URL, "--authorization-server", k.heygen.URL, "--data-dir", t.TempDir()}, database...)
	k.start("127.0.0.1:0")
	t.Cleanup(k.kill)
	return k
}

func (k *killed) start(listen string) {
	k.t.Helper()
	k.program = start(k.t.Context(), k.t, k.binary, append(k.args, "--listen", listen)...)
	k.mcpURL, k.gone = k.program.mcpURL, &sync.Once{}
}

// kill ends the process with SIGKILL and returns when it is gone.
func (k *killed) kill() {
	k.gone.Do(func() {
		_ = k.program.cmd.Process.Kill() // it may have gone by itself, which wait sees too
		_ = k.program.wait()             // what it says is that it was killed
	})
}

// call calls a tool with what a client holds.
func (k *killed) call(g *connected) (status int, body string, err error) {
	return k.post(k.t.Context(), k.mcpURL, "Bearer "+g.access, rpc("get_current_user", `{}`, ""))
}

// again starts it where it was: its address is in every grant.
func (k *killed) again() {
	k.t.Helper()
	k.kill()
	u, err := url.Parse(k.mcpURL)
	if err != nil {
		k.t.Fatal(err)
	}
	k.start(u.Host)
}

// works demands that the grant goes on: a call, a refresh, and a call with what that gave.
func (k *killed) works(g *connected) {
	k.t.Helper()
	for range 2 {
		status, body, err := k.call(g)
		if err != nil || status != http.StatusOK || result(k.t, body)["username"] != "mia" {
			k.t.Fatalf("a call after the restart: %d %s %v\n%s", status, body, err, k.program.logged())
		}
		if status, body := g.renew(k.t); status != http.StatusOK {
			k.t.Fatalf("a refresh after the restart: %d %s", status, body)
		}
	}
}

// over demands that the grant has ended, and that the client is told so in the way that makes it
// sign in: HeyGen is asked once, nothing is tried for ever, and nothing looks like a failure that
// passes.
func (k *killed) over(g *connected, refreshFirst bool) {
	k.t.Helper()
	asked := k.heygen.asked.Load()
	refresh := func() {
		if status, body := g.renew(k.t); status != http.StatusBadRequest || !strings.Contains(body, `"invalid_grant"`) || !strings.Contains(body, "sign in again") {
			k.t.Errorf("a refresh: %d %s", status, body)
		}
	}
	if refreshFirst {
		refresh()
	}
	for range 2 {
		req, err := http.NewRequestWithContext(k.t.Context(), http.MethodPost, k.mcpURL, strings.NewReader(rpc("get_current_user", `{}`, "")))
		if err != nil {
			k.t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+g.access)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json, text/event-stream")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			k.t.Fatal(err)
		}
		challenge := res.Header.Get("WWW-Authenticate")
		if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusUnauthorized ||
			demo.AuthParam(challenge, "error") != "invalid_token" || demo.AuthParam(challenge, "resource_metadata") == "" {
			k.t.Errorf("a call: %d %s", res.StatusCode, challenge)
		}
	}
	refresh()
	if n := k.heygen.asked.Load() - asked; n > 1 {
		k.t.Errorf("HeyGen was asked %d times", n)
	}
	k.works(connectAtHeyGen(k.t, k.mcpURL))
}

// soon is a life of HeyGen's tokens, in seconds, with which each call of a tool renews them first:
// the server does so five minutes before their end.
const soon = 60

// TestKilledWhileHeyGenRotates ends the process with SIGKILL at each point of a renewal that HeyGen
// can see. HeyGen's refresh tokens are good once, so what a kill leaves decides over the grant: one
// that can be kept is kept, and one that cannot ends in a sign-in.
func TestKilledWhileHeyGenRotates(t *testing.T) {
	t.Parallel()
	path := binary(t)
	const kept, ended, either = "kept", "ended", "either"
	for _, c := range []struct {
		point     string
		forgiving bool // HeyGen gives the same answer again to who asks with the same token again
		want      string
	}{
		{"asked", false, kept},
		{"rotated", false, ended},
		{"rotated", true, kept},
		{"sent", false, either}, // by then it may have stored the answer, or not
		{"used", false, kept},   // a token is stored before it is used
	} {
		name := c.point
		if c.forgiving {
			name += ", forgiven"
		}
		onDatabases(t, name, func(t *testing.T, database ...string) {
			t.Helper()
			k := newKilled(t, path, soon, database...)
			k.heygen.forgiving = c.forgiving
			for _, refreshFirst := range []bool{false, true} {
				g := connectAtHeyGen(t, k.mcpURL)
				k.heygen.at(c.point, k.kill)
				if status, body, err := k.call(g); err == nil && c.point != "sent" {
					t.Fatalf("nobody was killed: %d %s", status, body)
				}
				k.again()
				goesOn := c.want == kept
				if c.want == either {
					status, _, err := k.call(g)
					goesOn = err == nil && status == http.StatusOK
				}
				if goesOn {
					k.works(g)
				} else {
					k.over(g, refreshFirst)
				}
			}
		})
	}
}

// TestKilledWhileClientsRefresh ends the process while clients rotate their own tokens. What a
// client holds is good after the restart: the new one where the answer has reached it, and else the
// old one once more.
func TestKilledWhileClientsRefresh(t *testing.T) {
	t.Parallel()
	path := binary(t)
	onDatabases(t, "", func(t *testing.T, database ...string) {
		t.Helper()
		k := newKilled(t, path, 3600, database...)
		const callers, enough = 8, 32 // each may refresh five times at once
		var clients []*connected
		for range callers {
			clients = append(clients, connectAtHeyGen(t, k.mcpURL))
		}
		var answers atomic.Int64
		var all sync.WaitGroup
		for _, g := range clients {
			all.Go(func() {
				for {
					status, body, err := g.tryRenew(t.Context())
					if err != nil {
						return // it is dead
					}
					if status == http.StatusTooManyRequests {
						continue
					}
					if status != http.StatusOK {
						t.Errorf("before the kill: %d %s", status, body)
						return
					}
					if answers.Add(1) == enough {
						_ = k.program.cmd.Process.Kill() // the others notice
					}
				}
			})
		}
		all.Wait()
		k.again()
		for _, g := range clients {
			k.works(g)
		}
	})
}

// onDatabases runs a test on both kinds of database; it gives the settings that name one.
func onDatabases(t *testing.T, name string, test func(t *testing.T, database ...string)) {
	t.Helper()
	t.Run(name+" on SQLite", func(t *testing.T) {
		t.Parallel()
		test(t)
	})
	t.Run(name+" on PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, "--database-url", sharedDatabase(t))
	})
}
