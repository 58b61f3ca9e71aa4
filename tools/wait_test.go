package tools

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestWait holds the life of a job as an agent sees it.
func TestWait(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.call(t, "create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there.","title":"One"}`, b.firstLook(t)))
	id := made["video_id"].(string)
	if made["check_with"] != "wait_for_jobs" || made["estimated_cost_usd"] == nil {
		t.Errorf("%v", made)
	}
	early := b.call(t, "wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q,"nobody"],"timeout_seconds":0}`, id))
	if early["finished"] != false || len(early["pending"].([]any)) != 1 || len(early["unknown"].([]any)) != 1 {
		t.Errorf("an early end: %v", early)
	}
	for range 20 {
		res := b.call(t, "wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q]}`, id))
		if res["finished"] == true {
			done := res["done"].([]any)[0].(map[string]any)
			if done["status"] != "completed" || done["video_url"] == nil || done["title"] != "One" {
				t.Errorf("%v", done)
			}
			gone := b.call(t, "delete_video", fmt.Sprintf(`{"video_id":%q}`, id))
			after := b.call(t, "get_video", fmt.Sprintf(`{"video_id":%q}`, id))
			if gone["deleted"] != true || after["error_code"] != "video_not_found" {
				t.Errorf("%v, %v", gone, after)
			}
			return
		}
	}
	t.Error("the job never ended")
}

// upstream is a HeyGen that answers statuses by what a test says.
func upstream(t *testing.T, answer http.HandlerFunc) *bench {
	t.Helper()
	srv := httptest.NewServer(answer)
	t.Cleanup(srv.Close)
	b := newBenchAt(t, srv)
	b.cfg.Sleep = func(ctx context.Context, d time.Duration) error {
		b.now = b.now.Add(d)
		return ctx.Err()
	}
	return b
}

// status writes the state of the video v.
func status(w http.ResponseWriter, word string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprintf(w, `{"data":[{"video_id":"v","status":%q}],"has_more":false,"next_token":null}`, word)
}

// TestWaitTakesItsTime holds that a wait lasts as long as it was asked to, and no longer, and looks
// once more at its end.
func TestWaitTakesItsTime(t *testing.T) {
	t.Parallel()
	for seconds, polls := range map[int]int{0: 1, 1: 2, 5: 2, 12: 4, 55: 12, 240: 12} {
		asked := 0
		b := upstream(t, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			status(w, "processing")
		})
		start := b.now
		res := b.call(t, "wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":["v"],"timeout_seconds":%d}`, seconds))
		if res["finished"] != false || asked != polls {
			t.Errorf("%d s: %d polls, %v", seconds, asked, res)
		}
		if took := b.now.Sub(start); took != time.Duration(min(seconds, mostSilent))*time.Second {
			t.Errorf("%d s took %v", seconds, took)
		}
	}
}

// TestWaitOutlivesAFault holds that the fault of a poll does not lose what the wait knows, that one
// which will not pass ends it, and that a status nobody knows counts as pending.
func TestWaitOutlivesAFault(t *testing.T) {
	t.Parallel()
	asked := 0
	b := upstream(t, func(w http.ResponseWriter, r *http.Request) {
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
	})
	if res := b.call(t, "wait_for_jobs", `{"kind":"video","ids":["v"],"timeout_seconds":55}`); res["finished"] != true {
		t.Errorf("%v", res)
	}
	for code, want := range map[int]string{http.StatusUnauthorized: "http_401", http.StatusBadGateway: "http_502"} {
		b = upstream(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
		if res := b.call(t, "wait_for_jobs", `{"kind":"video","ids":["v"],"timeout_seconds":10}`); res["error_code"] != want {
			t.Errorf("%d: %v", code, res)
		}
	}
}

// TestWaitEndsWithTheServer holds that a drain ends a wait with what it knows.
func TestWaitEndsWithTheServer(t *testing.T) {
	t.Parallel()
	stopping := make(chan struct{})
	b := upstream(t, func(w http.ResponseWriter, _ *http.Request) { status(w, "processing") })
	b.cfg.Stopping = stopping
	b.cfg.Sleep = func(ctx context.Context, _ time.Duration) error {
		close(stopping)
		<-ctx.Done()
		return ctx.Err()
	}
	if res := b.call(t, "wait_for_jobs", `{"kind":"video","ids":["v"]}`); res["finished"] != false || len(res["pending"].([]any)) != 1 {
		t.Errorf("%v", res)
	}
}

// TestWaitTells holds that progress never goes back and is full at the end.
func TestWaitTells(t *testing.T) {
	t.Parallel()
	asked, last, total := 0, -1.0, 0.0
	b := upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		status(w, map[bool]string{true: "processing", false: "completed"}[asked < 6])
	})
	_, known := b.Call(t.Context(), "wait_for_jobs", json.RawMessage(`{"kind":"video","ids":["v"],"timeout_seconds":200}`), func(done, all float64, message string) {
		if done < last || message == "" {
			t.Errorf("%v after %v: %s", done, last, message)
		}
		last, total = done, all
	})
	if !known || last != total || total != 200 {
		t.Errorf("it ended at %v of %v", last, total)
	}
}
