package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/rrproxy"
)

// balancer gives each request to the next of the replicas that say that they are ready, as load
// balancers do: it asks them again and again, and learns only so that one is about to end.
type balancer struct {
	client *http.Client
	next   atomic.Uint64

	mu       sync.Mutex
	replicas []*url.URL
	ready    atomic.Pointer[[]http.Handler]
}

// look asks every replica whether it is ready.
func (b *balancer) look(ctx context.Context) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var ready []http.Handler
	for _, at := range b.replicas {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String()+"/readyz", nil)
		if err != nil {
			continue
		}
		res, err := b.client.Do(req)
		if err != nil {
			continue
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK {
			ready = append(ready, rrproxy.New(b.client.Transport, nil, at))
		}
	}
	b.ready.Store(&ready)
}

// add puts a replica behind the balancer.
func (b *balancer) add(ctx context.Context, at *url.URL) {
	b.mu.Lock()
	b.replicas = append(b.replicas, at)
	b.mu.Unlock()
	b.look(ctx)
}

// ServeHTTP implements http.Handler.
func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ready := *b.ready.Load()
	if len(ready) == 0 {
		http.Error(w, "no replica is ready", http.StatusBadGateway)
		return
	}
	ready[b.next.Add(1)%uint64(len(ready))].ServeHTTP(w, r)
}

// rolling is a deployment whose replicas come and go.
type rolling struct {
	*stack
	args []string
	door *balancer
	now  func() time.Time
}

// start serves one more replica, and gives what has it drain and end.
func (d *rolling) start(t *testing.T) (stop func()) {
	t.Helper()
	cfg, err := settings.Load("serve", d.args, nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Pause, cfg.Clock, cfg.Poll = noPause, d.now, app.ShortestPoll
	a, err := app.Build(t.Context(), cfg, observe.NewLog(io.Discard, settings.LogJSON))
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- a.Server.Serve(ctx, a.Listener) }()
	d.door.add(t.Context(), &url.URL{Scheme: "http", Host: a.Listener.Addr().String()})
	stop = sync.OnceFunc(func() {
		end()
		if err := <-served; err != nil {
			t.Errorf("a replica ended with %v", err)
		}
		a.Close()
	})
	t.Cleanup(stop)
	return stop
}

// newRolling makes a deployment without replicas.
func newRolling(t *testing.T) *rolling {
	t.Helper()
	box := boxed(t)
	over := &http.Transport{MaxIdleConnsPerHost: 64}
	door := &balancer{client: &http.Client{Transport: over}}
	door.ready.Store(&[]http.Handler{})
	srv := httptest.NewServer(door)
	looking, end := context.WithCancel(t.Context())
	looked := make(chan struct{})
	go func() {
		defer close(looked)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				door.look(looking)
			case <-looking.Done():
				return
			}
		}
	}()
	t.Cleanup(func() {
		end()
		<-looked
		srv.Close()
		over.CloseIdleConnections()
	})
	return &rolling{
		stack: &stack{mcpURL: srv.URL + "/mcp", sandboxURL: box.String(), bearers: &bearers{tokens: map[string]string{}}},
		args: []string{"--listen", "127.0.0.1:0", "--auth", "broker", "--public-url", srv.URL, "--heygen-url", box.String(),
			"--authorization-server", box.String(), "--database-url", sharedDatabase(t), "--data-dir", t.TempDir(), "--drain-delay", "2s"},
		door: door, now: slotBegins(),
	}
}

// TestARollingUpdateFailsNobody replaces both replicas of a deployment, one after the other, while
// clients call 200 times a second, sign in, renew their tokens, ask for tasks and wait for jobs: no call fails, no
// sign-in is lost, and each wait that its replica could not finish is answered early, with what is
// known, as any other result.
func TestARollingUpdateFailsNobody(t *testing.T) {
	t.Parallel()
	d := newRolling(t)
	first, second := d.start(t), d.start(t)

	d.control(t, "clock", `{"hold":true}`)
	id, _ := d.tool(t, "ana", "create_video_from_avatar", d.create(t, "ana"))["video_id"].(string)
	waits := make(chan map[string]any, 4)
	for range cap(waits) {
		go func() {
			_, body, err := d.post(t.Context(), d.mcpURL, "ana",
				rpc("wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q],"timeout_seconds":240}`, id), `,"_meta":{"progressToken":"p"}`))
			if err != nil {
				t.Error(err)
			}
			waits <- result(t, body)
		}()
	}
	held := connectAtHeyGen(t, d.mcpURL)
	task := d.modernCall(t, "ana", "create_video_from_avatar", d.create(t, "ana"), "", takesTasks).Result.TaskID
	if task == "" {
		t.Fatal("the call became no task")
	}

	perSecond := callsPerSecond
	if testing.Short() {
		perSecond = callsRaced
	}
	over := make(chan struct{})
	var renewals, signIns atomic.Int64
	calls, begun := newTally(), time.Now()
	var group sync.WaitGroup
	during := func(every time.Duration, do func(i int)) {
		group.Go(func() {
			tick := time.NewTicker(every)
			defer tick.Stop()
			for i := 0; ; i++ {
				do(i)
				select {
				case <-over:
					return
				case <-tick.C:
				}
			}
		})
	}
	group.Go(func() {
		atRate(t.Context(), over, time.Second/time.Duration(perSecond), func(i int) {
			tool, args := "list_videos", `{}`
			if i%2 == 0 {
				tool, args = "get_video", fmt.Sprintf(`{"video_id":%q}`, id)
			}
			status, body, err := d.post(t.Context(), d.mcpURL, "ana", rpc(tool, args, ""))
			if err != nil || status != http.StatusOK || result(t, body)["error"] != nil {
				t.Errorf("a call failed: %d %s %v", status, body, err)
			}
			calls.add()
		})
	})
	during(5*time.Second, func(int) { // two replicas take no more in the long run: there is a limit
		if status, body, err := held.tryRenew(t.Context()); err != nil || status != http.StatusOK {
			t.Errorf("a renewal failed: %d %s %v", status, body, err)
		}
		renewals.Add(1)
	})
	during(time.Second, func(i int) {
		if _, err := d.bearers.of(t.Context(), d.mcpURL, fmt.Sprintf("new%d", i)); err != nil {
			t.Errorf("a sign-in failed: %v", err)
		}
		signIns.Add(1)
	})
	during(200*time.Millisecond, func(int) {
		if got := d.task(t, "ana", "tasks/get", task); got.Result.Status != "working" {
			t.Errorf("a task stands at %+v", got)
		}
	})

	// Each step comes after a second's calls, however long the machine takes for them, so that every one has its load.
	for _, old := range []func(){first, second} {
		calls.more(perSecond)
		d.start(t)
		calls.more(perSecond)
		old()
	}
	calls.more(perSecond)
	for range cap(waits) {
		res := <-waits
		if pending, _ := res["pending"].([]any); res["finished"] != false || res["error"] != nil || len(pending) != 1 {
			t.Errorf("a wait ended with %v", res)
		}
	}
	close(over)
	group.Wait()
	if renewals.Load() < 2 || signIns.Load() < 2 {
		t.Errorf("only %d renewals and %d sign-ins were made meanwhile", renewals.Load(), signIns.Load())
	}
	t.Logf("%d calls, %.0f a second, %d renewals and %d sign-ins", calls.made, float64(calls.made)/time.Since(begun).Seconds(), renewals.Load(), signIns.Load())
	// Everybody who had signed in still is.
	if res := d.tool(t, "new0", "get_current_user", `{}`); res["error"] != nil {
		t.Errorf("a sign-in is lost: %v", res)
	}
	code, out, wrong := runs(t, []string{"grants", "list", "--json", "--database-url", d.args[slices.Index(d.args, "--database-url")+1]})
	if code != exitOK {
		t.Errorf("got %s%s, want code %v", out, wrong, exitOK)
	}
}
