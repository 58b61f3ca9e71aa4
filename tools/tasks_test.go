package tools

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/seal"
)

// taking is a context whose client takes tasks.
func taking(t *testing.T) context.Context {
	t.Helper()
	x := &exchange.Exchange{Modern: true, Notify: func(string, any) {}}
	x.Capabilities.Extensions = map[string]any{exchange.TasksExtension: map[string]any{}}
	return exchange.With(t.Context(), x)
}

// begin makes a call that must become a task.
func (b *bench) begin(t *testing.T, name, args string) *exchange.Task {
	t.Helper()
	out, _ := b.Call(taking(t), name, json.RawMessage(args), nil)
	if out.Task == nil || out.Result != nil {
		t.Fatalf("%s became no task: %+v", name, out)
	}
	return out.Task
}

// task asks for a task.
func (b *bench) task(t *testing.T, id string) *exchange.Task {
	t.Helper()
	out, known := b.Task(taking(t), id)
	if !known || out.Task == nil {
		t.Fatalf("known %v, refused with %+v", known, out.Refusal)
	}
	return out.Task
}

// pass lets the sandbox's jobs and our time go on.
func (b *bench) pass(t *testing.T, seconds string) {
	t.Helper()
	b.control(t, "clock", `{"advance_seconds":`+seconds+`}`)
	d, err := time.ParseDuration(seconds + "s")
	if err != nil {
		t.Fatal(err)
	}
	b.now = b.now.Add(d)
}

// resultOf is what a completed task answers.
func resultOf(t *testing.T, task *exchange.Task) map[string]any {
	t.Helper()
	if task.Status != exchange.Completed || task.Result == nil {
		t.Fatalf("it is %s: %s", task.Status, task.Message)
	}
	var out map[string]any
	if err := json.Unmarshal(task.Result.RawStructuredContent, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

const aVideo = `{"avatar_id":"%look","script":"Hello there, and welcome."}`

// aLook is the id of a look that can speak.
func (b *bench) aLook(t *testing.T) string {
	t.Helper()
	items, _ := b.call(t, "list_avatar_looks", `{"limit":1}`)["items"].([]any)
	one, _ := items[0].(map[string]any)
	id, _ := one["id"].(string)
	return id
}

func (b *bench) aVideo(t *testing.T) string {
	t.Helper()
	return strings.Replace(aVideo, "%look", b.aLook(t), 1)
}

func TestAVideoIsATask(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	begun := b.begin(t, "create_video_from_avatar", b.aVideo(t))
	if begun.Status != exchange.Working || !begun.Created.Equal(b.now) || begun.Life != taskLife || begun.Poll <= 0 || !strings.Contains(begun.Message, "USD") {
		t.Errorf("%+v", begun)
	}
	b.pass(t, "3")
	if now := b.task(t, begun.ID); now.Status != exchange.Working || now.ID != begun.ID || !now.Created.Equal(begun.Created) || !now.Seen.After(now.Created) ||
		!strings.Contains(now.Message, "HeyGen cannot stop it") {
		t.Errorf("%+v", now)
	}
	b.pass(t, "600")
	done := b.task(t, begun.ID)
	got := resultOf(t, done)
	id, _ := got["id"].(string)
	if same := b.call(t, "get_video", `{"video_id":"`+id+`"}`); got["status"] != "completed" || got["video_url"] == nil || same["title"] != got["title"] || done.Result.IsError {
		t.Errorf("%v, but get_video says %v", got, same)
	}
}

func TestNoTaskForWhoDoesNotTakeOne(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	x := &exchange.Exchange{Modern: true}
	if res := b.callIn(exchange.With(t.Context(), x), t, "create_video_from_avatar", b.aVideo(t)); res["video_id"] == nil {
		t.Errorf("%v", res)
	}
	if res := b.callIn(taking(t), t, "list_videos", `{}`); res["items"] == nil {
		t.Error("a list is a task")
	}
	if res := b.callIn(taking(t), t, "create_video_from_avatar", `{}`); res["error"] != true {
		t.Errorf("a refused create is a task: %v", res)
	}
}

func TestAFailedRenderIsACompletedTask(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.control(t, "faults", `{"method":"POST","path":"/v3/videos","fault":"fail"}`)
	begun := b.begin(t, "create_video_from_avatar", b.aVideo(t))
	b.pass(t, "600")
	done := b.task(t, begun.ID)
	if got := resultOf(t, done); !done.Result.IsError || got["status"] != "failed" || got["failure_message"] == nil {
		t.Errorf("isError %v: %v", done.Result.IsError, got)
	}
}

// What HeyGen has just begun it may not find yet, and what was deleted it never finds.
func TestATaskWhoseJobIsGone(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	begun := b.begin(t, "create_video_from_avatar", b.aVideo(t))
	made, _, _ := b.opened(taking(t), begun.ID)
	b.call(t, "delete_video", `{"video_id":"`+made.Jobs[0]+`"}`)
	if now := b.task(t, begun.ID); now.Status != exchange.Working {
		t.Errorf("at once it is %s", now.Status)
	}
	b.now = b.now.Add(settling)
	done := b.task(t, begun.ID)
	if got := resultOf(t, done); !done.Result.IsError || got["unknown"] == nil {
		t.Errorf("isError %v: %v", done.Result.IsError, got)
	}
}

func TestTasksOfOthersAreUnknown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	begun := b.begin(t, "create_video_from_avatar", b.aVideo(t))
	stranger := *b.Catalog
	stranger.cfg.Caller = func(context.Context) string { return "stranger" }
	elsewhere := *b.Catalog
	elsewhere.cfg.Ring = newRing(t)
	// What is sealed for another purpose is no task, whatever it says.
	plain, err := json.Marshal(ticket{Kind: "video", Jobs: []string{"v"}, Tool: "create_video_from_avatar", At: b.now.UnixMilli()})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := b.cfg.Ring.Seal(plain, "state", "caller")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		catalog *Catalog
		id      string
	}{
		"another caller":      {&stranger, begun.ID},
		"another deployment":  {&elsewhere, begun.ID},
		"a changed id":        {b.Catalog, begun.ID[:len(begun.ID)-4] + "AAAA"},
		"a part of an id":     {b.Catalog, begun.ID[:20]},
		"nothing":             {b.Catalog, ""},
		"the id of its job":   {b.Catalog, "v1"},
		"for another purpose": {b.Catalog, ticketMark + base64.RawURLEncoding.EncodeToString(raw)},
	} {
		ctx := taking(t)
		if out, known := c.catalog.Task(ctx, c.id); known || out != (exchange.Outcome{}) {
			t.Errorf("%s: tasks/get knows it", name)
		}
		if _, known := c.catalog.UpdateTask(ctx, c.id, nil); known {
			t.Errorf("%s: tasks/update knows it", name)
		}
		if _, known := c.catalog.CancelTask(ctx, c.id); known {
			t.Errorf("%s: tasks/cancel knows it", name)
		}
	}
}

func TestATaskOutlivesItsKeyInFront(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	old := seal.NewKey()
	turn := func(keys ...seal.Key) {
		var err error
		if b.cfg.Ring, err = seal.NewRing(keys...); err != nil {
			t.Fatal(err)
		}
	}
	turn(old)
	begun := b.begin(t, "create_video_from_avatar", b.aVideo(t))
	turn(seal.NewKey(), old)
	b.task(t, begun.ID)
}

func TestATaskHasItsTime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	begun := b.begin(t, "create_video_from_avatar", b.aVideo(t))
	b.now = b.now.Add(taskLife)
	b.task(t, begun.ID)
	b.now = b.now.Add(time.Millisecond)
	if out, known := b.Task(taking(t), begun.ID); out.Task != nil || !known || out.Refusal == nil || out.Refusal.Code != mcp.INVALID_PARAMS || !strings.Contains(out.Refusal.Message, "wait_for_jobs") {
		t.Errorf("%+v, %v", out, known)
	}
}

// HeyGen's faults say nothing of the job: it goes on, and so does the task.
func TestATaskOutlivesFaults(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	begun := b.begin(t, "create_video_from_avatar", b.aVideo(t))
	b.control(t, "faults", `{"method":"GET","path":"/v3/videos/statuses","fault":"html_502","times":20}`)
	if now := b.task(t, begun.ID); now.Status != exchange.Working || !strings.Contains(now.Message, "right now") {
		t.Errorf("%s: %s", now.Status, now.Message)
	}
}

// A client looks no more at a task that has ended, so it does not end before what was made can be told.
func TestATaskEndsWithItsResult(t *testing.T) {
	t.Parallel()
	for kind, path := range map[string]string{"video": "/v3/videos/{video_id}", "video_translation": "/v3/video-translations/{video_translation_id}"} {
		b := newBench(t)
		create := creates(t, b)[kind]
		begun := b.begin(t, create[0], create[1])
		b.pass(t, "3600")
		b.control(t, "faults", `{"method":"GET","path":"`+path+`","fault":"html_502","times":8}`)
		if now := b.task(t, begun.ID); now.Status != exchange.Working || now.Result != nil || !strings.Contains(now.Message, "right now") {
			t.Errorf("%s: %s, %+v: %s", kind, now.Status, now.Result, now.Message)
		}
		for range 8 {
			if b.task(t, begun.ID).Status != exchange.Working {
				break
			}
		}
		if got, err := json.Marshal(resultOf(t, b.task(t, begun.ID))); err != nil || !strings.Contains(string(got), `"video_url"`) {
			t.Errorf("%s: %s, %v", kind, got, err)
		}
	}
}

// An account that may not look any more is told so, and the operator sees it.
func TestATaskThatMayNotBeLookedAt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var seen []Event
	b.cfg.Audit = func(_ context.Context, e Event) { seen = append(seen, e) }
	begun := b.begin(t, "create_video_from_avatar", b.aVideo(t))
	b.control(t, "account", `{"account":"test","scope_mode":"custom","scopes":["avatars:read"]}`)
	out, known := b.Task(taking(t), begun.ID)
	if refused := out.Refusal; out.Task != nil || !known || refused == nil || refused.Code != mcp.INTERNAL_ERROR || !strings.Contains(refused.Message, "permission") {
		t.Errorf("%+v, %v", out, known)
	}
	if last := seen[len(seen)-1]; last.Tool != "get_video" || last.Outcome != "forbidden" {
		t.Errorf("%+v", last)
	}
}

// A task of a version that had other tools is none of ours.
func TestTasksOfOtherVersions(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, other := range []*ticket{{Kind: "podcast", Tool: "create_video_from_avatar"}, {Kind: "video", Tool: "create_podcast"}} {
		ctx := taking(t)
		other.Jobs, other.At = []string{"v1"}, b.now.UnixMilli()
		id, ok := b.sealed(ctx, other)
		if !ok {
			t.Fatal("it is not sealed")
		}
		if _, known := b.Task(ctx, id); known {
			t.Errorf("%+v is known", other)
		}
	}
}
