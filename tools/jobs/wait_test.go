package jobs_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/toolstest"
)

// TestWait holds the life of a job as an agent sees it.
func TestWait(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	made := b.CallTool(t, "create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there.","title":"One"}`, b.FirstLook(t)))
	id := made["video_id"].(string)
	if fmt.Sprint(made["wait_with"]) != fmt.Sprintf("map[ids:[%s] kind:video]", id) || made["estimated_cost_usd"] == nil {
		t.Errorf("%v", made)
	}
	alone := b.CallTool(t, "wait_for_jobs", fmt.Sprintf(`{"ids":[%q],"timeout_seconds":0}`, id))
	if pending, _ := alone["pending"].([]any); len(pending) != 1 || pending[0].(map[string]any)["id"] != id {
		t.Errorf("one that is pending is told without its id: %v", alone)
	}
	early := b.CallTool(t, "wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q,"nobody"],"timeout_seconds":0}`, id))
	if early["finished"] != false || len(early["pending"].([]any)) != 1 || len(early["unknown"].([]any)) != 1 {
		t.Errorf("an early end: %v", early)
	}
	for range 20 {
		res := b.CallTool(t, "wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q]}`, id))
		if res["finished"] == true {
			done := res["done"].([]any)[0].(map[string]any)
			if done["status"] != "completed" || done["video_url"] == nil || done["title"] != "One" {
				t.Errorf("got %v, want %q, video_url not nil and %q", done, "completed", "One")
			}
			gone := b.CallTool(t, "delete_video", fmt.Sprintf(`{"video_id":%q}`, id))
			after := b.CallTool(t, "get_video", fmt.Sprintf(`{"video_id":%q}`, id))
			if gone["deleted"] != true || after["error_code"] != "not_found" {
				t.Errorf("got %v, %v, want deleted %v and error_code %q", gone, after, true, "not_found")
			}
			return
		}
	}
	t.Error("the job never ended")
}

// status writes the state of the video v.
func status(w http.ResponseWriter, word string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprintf(w, `{"data":[{"video_id":"v","status":%q}],"has_more":false,"next_token":null}`, word)
}

// TestWaitTakesItsTime holds that a wait lasts as long as it was asked to, and no longer, and how
// often it looks meanwhile.
func TestWaitTakesItsTime(t *testing.T) {
	t.Parallel()
	for seconds, polls := range map[int]int{0: 1, 1: 1, 12: 3, 55: 11, 240: 11} {
		asked := 0
		b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			status(w, "processing")
		})
		start := b.Now
		res := b.CallTool(t, "wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":["v"],"timeout_seconds":%d}`, seconds))
		if res["finished"] != false || asked != polls {
			t.Errorf("%d s: %d polls, %v", seconds, asked, res)
		}
		if took := b.Now.Sub(start); took != time.Duration(min(seconds, jobs.MaxSilentWait))*time.Second {
			t.Errorf("%d s took %v", seconds, took)
		}
	}
}

// TestWaitOutlivesAFault holds that the fault of a poll does not lose what the wait knows, that one
// which will not pass ends it, and that a status nobody knows counts as pending.
func TestWaitOutlivesAFault(t *testing.T) {
	t.Parallel()
	asked := 0
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch {
		case !strings.HasSuffix(r.URL.Path, "/statuses"):
			_, _ = w.Write([]byte(`{"data":{"id":"v","status":"completed"}}`))
		case asked < 3:
			status(w, "archiving")
		case asked < 20:
			http.Error(w, "<html>", http.StatusBadGateway)
		default:
			status(w, "completed")
		}
	}, "it has a status of tomorrow, and the pages of a gateway")
	if res := b.CallTool(t, "wait_for_jobs", `{"kind":"video","ids":["v"],"timeout_seconds":55}`); res["finished"] != true {
		t.Errorf("got %v, want %v", res, true)
	}
	for code, want := range map[int]string{http.StatusUnauthorized: "http_401", http.StatusBadGateway: "http_502"} {
		b = toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }, "its refusals have no body")
		if res := b.CallTool(t, "wait_for_jobs", `{"kind":"video","ids":["v"],"timeout_seconds":10}`); res["error_code"] != want {
			t.Errorf("%d: got %v, want error_code %v", code, res, want)
		}
	}
}

// TestWaitEndsWithTheServer holds that a drain ends a wait with what it knows.
func TestWaitEndsWithTheServer(t *testing.T) {
	t.Parallel()
	stopping := make(chan struct{})
	b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) { status(w, "processing") })
	b.Change(t, func(c *tools.Config) {
		c.Stopping = stopping
		c.Sleep = func(ctx context.Context, _ time.Duration) error {
			close(stopping)
			<-ctx.Done()
			return ctx.Err()
		}
	})
	if res := b.CallTool(t, "wait_for_jobs", `{"kind":"video","ids":["v"]}`); res["finished"] != false || len(res["pending"].([]any)) != 1 {
		t.Errorf("got %v, want %v and len(res[\"pending\"].([]any)) %v", res, false, 1)
	}
}

// TestWaitTells holds that progress never goes back, tells the state of a single job, and is full at the end.
func TestWaitTells(t *testing.T) {
	t.Parallel()
	asked, last, total, told := 0, -1.0, 0.0, []string(nil)
	b := toolstest.Upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		status(w, map[bool]string{true: "processing", false: "completed"}[asked < 6])
	}, "it answers any path with statuses")
	_, known := b.Call(t.Context(), "wait_for_jobs", json.RawMessage(`{"kind":"video","ids":["v"],"timeout_seconds":200}`), func(done, all float64, message string) {
		if done < last || message == "" {
			t.Errorf("%v after %v: %s", done, last, message)
		}
		last, total = done, all
		if len(told) == 0 || told[len(told)-1] != message {
			told = append(told, message)
		}
	})
	if want := []string{"0 of 1 done, processing", "1 of 1 done"}; !slices.Equal(told, want) {
		t.Errorf("it tells %q, want %q", told, want)
	}
	if !known || last != total || total != 200 {
		t.Errorf("it ended at %v of %v", last, total)
	}
}

// TestWaitSingly holds that jobs polled one by one do not hide each other, and that one that is not
// found at first is looked for again.
func TestWaitSingly(t *testing.T) {
	t.Parallel()
	looks := map[string]int{}
	locked := make(chan struct{}, 1)
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		locked <- struct{}{}
		defer func() { <-locked }()
		id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		looks[id]++
		switch {
		case id == "forbidden":
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"error":{"code":"forbidden","message":"No."}}`))
		case id == "late" && looks[id] == 1:
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"error":{"code":"resource_not_found","message":"No."}}`))
		default:
			_, _ = fmt.Fprintf(w, `{"data":{"id":%q,"status":"completed"}}`, id) //nolint:gosec // G705: this is JSON, for a test
		}
	}, "it says of jobs what a wait reads, and no more")
	res := b.CallTool(t, "wait_for_jobs", `{"kind":"ai_clipping","ids":["done","late","forbidden"],"timeout_seconds":20}`)
	if len(res["done"].([]any)) != 2 || len(res["unknown"].([]any)) != 1 || res["finished"] != true {
		t.Errorf("got %v, want len(res[\"done\"].([]any)) %v, len(res[\"unknown\"].([]any)) %v and %v", res, 2, 1, true)
	}
	if one := res["unknown"].([]any)[0].(map[string]any); one["id"] != "forbidden" || one["heygen_message"] != "No." || one["state"] != "unknown" {
		t.Errorf("got %v, want %q, %q and %q", one, "forbidden", "No.", "unknown")
	}
}

// TestWaitsEndWithTheServer holds that a wait whose server is told to stop before HeyGen has
// answered anything is answered like any that ends early, also where the caller's jobs are asked
// for one by one: the refusal that it was given up read as if the jobs were lost.
func TestWaitsEndWithTheServer(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"video", "ai_clipping"} {
		for name, whileAsking := range map[string]bool{"before the first poll": false, "during the first poll": true} {
			t.Run(kind+" "+name, func(t *testing.T) {
				t.Parallel()
				stopping := make(chan struct{})
				stop := sync.OnceFunc(func() { close(stopping) })
				b := toolstest.Upstream(t, func(_ http.ResponseWriter, r *http.Request) {
					stop()
					<-r.Context().Done() // HeyGen never answers
				})
				b.Change(t, func(c *tools.Config) { c.Stopping = stopping })
				if !whileAsking {
					stop()
				}
				res := b.CallTool(t, "wait_for_jobs", `{"kind":"`+kind+`","ids":["b","a"]}`)
				pending, _ := jsonwrite.Marshal(res["pending"])
				if res["error"] != nil || res["finished"] != false || string(pending) != `[{"id":"b"},{"id":"a"}]` ||
					!strings.HasPrefix(fmt.Sprint(res["next_step"]), "Call wait_for_jobs again with the pending ids.") {
					t.Errorf("got %v, want both ids pending and the next step", res)
				}
			})
		}
	}
}
