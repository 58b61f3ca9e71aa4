package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/sandbox"
)

const (
	// campaignSize is how many videos the campaign makes in CI, and campaignVariable names how many else.
	campaignSize     = 1000
	campaignVariable = "HEYGEN_MCP_TEST_CAMPAIGN"
	// campaignAccounts share them, and so many callers create at once.
	campaignAccounts, campaignCallers = 10, 32
)

// TestCreatesUnderFire makes videos while HeyGen loses answers after the work is done, cuts them
// off, refuses with and without having worked, resets connections, asks to slow down, and while
// each process is killed three times. Callers repeat what they were not answered. In the end each
// video was made once and is recorded with its id, nothing stays open, and the recorded costs are
// what HeyGen has charged.
func TestCreatesUnderFire(t *testing.T) {
	t.Parallel()
	creates := campaignSize
	if s := os.Getenv(campaignVariable); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("%s: got %v, want no error", campaignVariable, err)
		}
		creates = n
	}
	path := binary(t)
	onDatabases(t, "", func(t *testing.T, settings ...string) {
		t.Helper()
		f := newFire(t, path, creates, settings)
		f.begin()
		look := f.look()
		var next atomic.Int64
		var all sync.WaitGroup
		for range campaignCallers {
			all.Go(func() {
				for i := next.Add(1); i <= int64(creates); i = next.Add(1) {
					f.create(int(i), look)
				}
			})
		}
		all.Wait()
		f.report()
		for a := range campaignAccounts {
			f.holds(accountOf(a), creates/campaignAccounts)
		}
		for _, p := range f.replicas {
			p.stop(t)
		}
	})
}

// accountOf is the account of a video.
func accountOf(i int) string { return fmt.Sprintf("account-%d", i%campaignAccounts) }

// fire is a HeyGen that fails, and the processes before it.
type fire struct {
	t       *testing.T
	box     *sandbox.Sandbox
	heygen  *httptest.Server
	binary  string
	args    []string
	creates int

	asked  atomic.Int64 // for videos
	faults sync.Map     // their number, by name

	mu       sync.Mutex
	replicas []*program
	kills    int
}

// newFire is one process where it has its own file, and two where they share a database.
func newFire(t *testing.T, binary string, creates int, settings []string) *fire {
	t.Helper()
	box, err := sandbox.New(sandbox.Config{Speed: 1000})
	if err != nil {
		t.Fatal(err)
	}
	f := &fire{t: t, box: box, binary: binary, creates: creates, replicas: make([]*program, 1)}
	if len(settings) > 0 {
		f.replicas = make([]*program, 2)
	}
	f.heygen = httptest.NewServer(f)
	t.Cleanup(f.heygen.Close)
	f.args = append([]string{"serve", "--auth", "direct", "--heygen-url", f.heygen.URL, "--data-dir", t.TempDir()}, settings...)
	for i := range campaignAccounts {
		body := fmt.Sprintf(`{"account":%q,"wallet_usd":%d}`, accountOf(i), wallet)
		f.ask(http.MethodPost, "/_sandbox/account", "", body)
	}
	return f
}

// kill ends the processes in turn with SIGKILL.
func (f *fire) kill() {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.replicas[f.kills%len(f.replicas)]
	f.kills++
	_ = p.cmd.Process.Kill() // the callers notice
}

// again starts a process again at its address, once for all who have noticed that it is dead.
func (f *fire) again(i int, dead *program) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.replicas[i] != dead {
		return
	}
	_ = dead.wait() // what it says is that it was killed
	u, err := url.Parse(dead.mcpURL)
	if err != nil {
		f.t.Error(err)
		return
	}
	f.replicas[i] = start(f.t.Context(), f.t, f.binary, append(f.args, "--listen", u.Host)...)
}

// replica is the process that serves a video's next request.
func (f *fire) replica(n int) (int, *program) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := n % len(f.replicas)
	return i, f.replicas[i]
}

// create asks for one video until it is answered. Half of the callers send keys of their own.
func (f *fire) create(i int, look string) {
	key := ""
	if i%2 == 0 {
		key = fmt.Sprintf(`,"idempotency_key":"campaign-%d"`, i)
	}
	body := rpc("create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"title":"Video %d","script":"Hello there, number %d."%s}`, look, i, i, key), "")
	for n := i; ; n++ {
		at, p := f.replica(n)
		status, answer, err := (&stack{}).post(f.t.Context(), p.mcpURL, accountOf(i), body)
		switch {
		case f.t.Context().Err() != nil:
			return
		case err != nil:
			f.again(at, p)
		case status != http.StatusOK:
			f.t.Errorf("video %d is answered with %d %s", i, status, answer)
			return
		case !strings.Contains(answer, `"isError":true`):
			return
		case !strings.Contains(answer, `"retryable":true`):
			f.t.Errorf("video %d cannot be asked for again: %s", i, answer)
			return
		}
	}
}

func (f *fire) look() string {
	_, p := f.replica(0)
	s := &stack{mcpURL: p.mcpURL}
	looks, _ := s.tool(f.t, accountOf(0), "list_avatar_looks", `{"limit":1,"ownership":"public"}`)["items"].([]any)
	id, _ := looks[0].(map[string]any)["look_id"].(string)
	return id
}

// holds demands of an account that everything was made and recorded once, and that the books are even.
func (f *fire) holds(account string, creates int) {
	f.t.Helper()
	made := map[string]bool{}
	for id, title := range videosIn(f.t, f.box, account) {
		if made[title] {
			f.t.Errorf("%s: %q was made twice, %s among them", account, title, id)
		}
		made[title] = true
	}
	if len(made) != creates {
		f.t.Errorf("%s: %d videos were made of %d", account, len(made), creates)
	}
	_, p := f.replica(0)
	s := &stack{mcpURL: p.mcpURL}
	for range creates/100 + 2 { // each look asks for the states of a hundred
		s.tool(f.t, account, "list_jobs", `{"state":"running","limit":1}`)
	}
	count := func(args string) (int, float64) {
		sums, _ := s.tool(f.t, account, "list_jobs", args)["totals"].(map[string]any)
		records, _ := sums["records"].(float64)
		cost, _ := sums["cost_usd"].(float64)
		return int(records), cost
	}
	records, cost := count(`{"limit":1}`)
	done, _ := count(`{"state":"done","limit":1}`)
	if records != creates || done != creates {
		f.t.Errorf("%s: %d records, of which %d are done, of %d", account, records, done, creates)
	}
	var user struct {
		Data struct {
			Wallet struct {
				Left float64 `json:"remaining_balance"`
			}
		}
	}
	if err := json.Unmarshal(f.ask(http.MethodGet, "/v3/users/me", account, ""), &user); err != nil {
		f.t.Fatal(err)
	}
	if charged := wallet - user.Data.Wallet.Left; charged <= 0 || math.Abs(charged-cost) > 0.005 {
		f.t.Errorf("%s: %.4f USD are recorded, and HeyGen has charged %.4f", account, cost, charged)
	}
}

// ask asks the sandbox itself.
func (f *fire) ask(method, path, account, body string) []byte {
	f.t.Helper()
	req := httptest.NewRequestWithContext(f.t.Context(), method, path, bytes.NewReader([]byte(body)))
	req.Header.Set("Content-Type", "application/json")
	if account != "" {
		req.Header.Set("X-Api-Key", settings.SandboxKeys+account)
	}
	rec := httptest.NewRecorder()
	f.box.ServeHTTP(rec, req)
	if rec.Code >= http.StatusMultipleChoices {
		f.t.Fatalf("the sandbox answers %s with %d %s", path, rec.Code, rec.Body)
	}
	return rec.Body.Bytes()
}

// report says what the videos went through.
func (f *fire) report() {
	total := 0
	f.faults.Range(func(name, n any) bool {
		count := int(n.(*atomic.Int64).Load())
		f.t.Logf("%d times %s", count, name)
		total += count
		return true
	})
	f.t.Logf("%d videos by %d requests, with %d faults and %d kills", f.creates, f.asked.Load(), total, f.kills)
	if total < f.creates/4 || f.kills < 3 {
		f.t.Errorf("%d faults and %d kills are too few", total, f.kills)
	}
}
