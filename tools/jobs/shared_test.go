package jobs_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// callerKey has the caller, and credentialKey the credential, of a call of these tests.
type (
	callerKey     struct{}
	credentialKey struct{}
)

// counting is a HeyGen of videos, within the process so that its time can be a test's. What it is
// asked takes a tenth of a second.
type counting struct {
	statuses, gets atomic.Int64
	done           atomic.Bool
	refuses        string // the credential that it does not take
}

func (h *counting) RoundTrip(req *http.Request) (*http.Response, error) {
	credential, _ := req.Context().Value(credentialKey{}).(string)
	status := map[bool]string{true: "completed", false: "processing"}[h.done.Load()]
	code, body := http.StatusOK, ""
	switch ids := req.URL.Query().Get("video_ids"); {
	case credential != "" && credential == h.refuses:
		code, body = http.StatusForbidden, `{"error":{"code":"forbidden","message":"No."}}`
	case strings.HasSuffix(req.URL.Path, "/statuses"):
		h.statuses.Add(1)
		var rows []string
		for id := range strings.SplitSeq(ids, ",") {
			rows = append(rows, fmt.Sprintf(`{"video_id":%q,"status":%q}`, id, status))
		}
		body = `{"data":[` + strings.Join(rows, ",") + `],"has_more":false}`
	default:
		h.gets.Add(1)
		body = fmt.Sprintf(`{"data":{"id":%q,"status":%q,"video_url":"https://files.example/v.mp4"}}`, req.URL.Path[strings.LastIndexByte(req.URL.Path, '/')+1:], status)
	}
	time.Sleep(100 * time.Millisecond)
	return &http.Response{
		StatusCode: code, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: req,
	}, nil
}

// catalogOn is a catalog on such a HeyGen, by the time of the bubble that it is made in.
func catalogOn(t *testing.T, h *counting) *tools.Catalog {
	t.Helper()
	client, err := heygen.New(heygen.Config{BaseURL: "https://heygen.example", HTTP: &http.Client{Transport: h}})
	if err != nil {
		t.Fatal(err)
	}
	valueOf := func(key any) func(context.Context) string {
		return func(ctx context.Context) string {
			s, _ := ctx.Value(key).(string)
			return s
		}
	}
	c, err := tools.New(tools.Config{CallConfig: tools.CallConfig{
		Client: client, Caller: valueOf(callerKey{}), Credential: valueOf(credentialKey{}),
		Secret: []byte("0123456789abcdef"), Ring: toolstest.NewRing(t),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// waitAs waits for videos as one who has a credential of an account.
func waitAs(ctx context.Context, c *tools.Catalog, account, credential, args string) (map[string]any, error) {
	return waitTold(ctx, c, account, credential, args, func(float64, float64, string) {})
}

// waitTold is waitAs with what is told of progress.
func waitTold(
	ctx context.Context, c *tools.Catalog, account, credential, args string, report func(done, total float64, message string),
) (map[string]any, error) {
	ctx = context.WithValue(context.WithValue(ctx, callerKey{}, account), credentialKey{}, credential)
	out, _ := c.Call(ctx, "wait_for_jobs", json.RawMessage(args), report)
	if out.Result == nil || len(out.Result.Content) == 0 {
		return nil, fmt.Errorf("no result: %+v", out)
	}
	raw, err := json.Marshal(out.Result.StructuredContent)
	if out.Result.RawStructuredContent != nil {
		raw, err = out.Result.RawStructuredContent, nil
	}
	if err != nil {
		return nil, err
	}
	var data map[string]any
	return data, json.Unmarshal(raw, &data)
}

// TestTenThousandWaitsShareTheirPolls holds how often HeyGen is asked for ten thousand waits on ten
// accounts: at most once in five seconds for each account and hundred jobs.
func TestTenThousandWaitsShareTheirPolls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := &counting{}
		c := catalogOn(t, h)
		const waits, accounts, jobs = 10_000, 10, 100
		var all sync.WaitGroup
		var finished atomic.Int64
		for i := range waits {
			all.Go(func() {
				time.Sleep(time.Duration(i) * 100 * time.Microsecond) // they come within a second
				args := fmt.Sprintf(`{"kind":"video","ids":["v%d"],"timeout_seconds":200}`, i/accounts%jobs)
				account := fmt.Sprint(i % accounts)
				res, err := waitAs(t.Context(), c, account, account, args)
				if err != nil {
					t.Error(err)
				}
				if res["finished"] == true {
					finished.Add(1)
				}
			})
		}
		time.Sleep(24 * time.Second)
		if asked := h.statuses.Load(); asked > 50 || asked < 30 {
			t.Errorf("HeyGen was asked %d times for states in 24 s, want 50 at the most", asked)
		}
		time.Sleep(time.Minute)
		h.done.Store(true)
		begun := time.Now()
		all.Wait()
		if took := time.Since(begun); took > 15*time.Second || finished.Load() != waits {
			t.Errorf("%d waits were told of the end within %v, want all within 15 s", finished.Load(), took)
		}
	})
}

// TestCredentialsShareNothing holds that what one credential of an account is told is not told to
// another that may not see it.
func TestCredentialsShareNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := &counting{refuses: "narrow"}
		c := catalogOn(t, h)
		const args = `{"kind":"video","ids":["v"],"timeout_seconds":30}`
		var all sync.WaitGroup
		all.Go(func() {
			if res, err := waitAs(t.Context(), c, "ann", "wide", args); err != nil || res["finished"] != false || res["error"] != nil {
				t.Errorf("who may see it got %v, %v", res, err)
			}
		})
		all.Go(func() {
			if res, err := waitAs(t.Context(), c, "ann", "narrow", args); err != nil || res["error_code"] != "forbidden" {
				t.Errorf("who may not see it got %v, %v", res, err)
			}
		})
		all.Wait()
	})
}

// TestWaitsAreToldTogether holds that those who wait are told of progress every ten seconds at the latest, and many of
// them at once however they came: the process is woken a few times a second for all of them.
func TestWaitsAreToldTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := catalogOn(t, &counting{})
		const waits, apart, most = 1000, 9973 * time.Microsecond, 10*time.Second + time.Millisecond
		var (
			all     sync.WaitGroup
			mu      sync.Mutex
			moments = map[time.Time]int{}
		)
		for i := range waits {
			all.Go(func() {
				time.Sleep(time.Duration(i) * apart)
				begun, last := time.Now(), time.Now()
				_, err := waitTold(t.Context(), c, "a", "a", `{"kind":"video","ids":["v"],"timeout_seconds":55}`, func(float64, float64, string) {
					now := time.Now()
					if silent := now.Sub(last); silent > most {
						t.Errorf("a client heard nothing for %v", silent)
					}
					if last = now; now.Sub(begun) > 15*time.Second && now.Sub(begun) < 54*time.Second {
						mu.Lock()
						defer mu.Unlock()
						moments[now]++
					}
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		told := 0
		for _, n := range moments {
			told += n
		}
		if told < 3*waits || len(moments) > 700 {
			t.Errorf("%d notifications at %d moments, want some thousands at 700 or fewer", told, len(moments))
		}
	})
}
