package jobs_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/seal"
	"heygen-mcp/tools"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/toolstest"
)

func TestAVideoIsATask(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	if begun.Status != exchange.Working || !begun.Created.Equal(b.Now) || begun.Life != jobs.TaskLife || begun.Poll <= 0 || !strings.Contains(begun.Message, "USD") {
		t.Errorf("%+v", begun)
	}
	b.Pass(t, "3")
	if now := b.TaskNow(t, begun.ID); now.Status != exchange.Working || now.ID != begun.ID || !now.Created.Equal(begun.Created) || !now.Seen.After(now.Created) ||
		!strings.Contains(now.Message, "HeyGen cannot stop it") {
		t.Errorf("%+v", now)
	}
	b.Pass(t, "600")
	done := b.TaskNow(t, begun.ID)
	got := toolstest.TaskResult(t, done)
	id, _ := got["video_id"].(string)
	if same := b.CallTool(t, "get_video", `{"video_id":"`+id+`"}`); got["status"] != "completed" || got["video_url"] == nil || same["title"] != got["title"] || done.Result.IsError {
		t.Errorf("%v, but get_video says %v", got, same)
	}
}

// TestATaskTellsWhatWasTaken holds that a task says what was taken for what, since the result of its create
// is not seen.
func TestATaskTellsWhatWasTaken(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_translation", `{"video":"https://a.b/c.mp4","output_languages":["German","de"]}`)
	if !strings.Contains(begun.Message, "German was taken as German (Germany).") {
		t.Errorf("got %q, want the language that is made", begun.Message)
	}
}

func TestNoTaskForWhoDoesNotTakeOne(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	x := &exchange.Exchange{Modern: true}
	if res := b.CallToolIn(exchange.With(t.Context(), x), t, "create_video_from_avatar", b.VideoArgs(t)); res["video_id"] == nil {
		t.Errorf("got %v, want video_id not nil", res)
	}
	if res := b.CallToolIn(toolstest.Taking(t), t, "list_videos", `{}`); res["items"] == nil {
		t.Error("a list is a task")
	}
	if res := b.CallToolIn(toolstest.Taking(t), t, "create_video_from_avatar", `{}`); res["error"] != true {
		t.Errorf("a refused create is a task: %v", res)
	}
}

func TestAFailedRenderIsACompletedTask(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.Control(t, "faults", `{"method":"POST","path":"/v3/videos","fault":"fail"}`)
	begun := b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	b.Pass(t, "600")
	done := b.TaskNow(t, begun.ID)
	if got := toolstest.TaskResult(t, done); !done.Result.IsError || got["status"] != "failed" || got["failure_message"] == nil {
		t.Errorf("isError %v: %v", done.Result.IsError, got)
	}
}

// What HeyGen has just begun it may not find yet, and what was deleted it never finds.
func TestATaskWhoseJobIsGone(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	made := b.CallTool(t, "list_videos", `{"limit":1}`)["items"].([]any)[0].(map[string]any)
	b.CallTool(t, "delete_video", fmt.Sprintf(`{"video_id":%q}`, made["video_id"]))
	if now := b.TaskNow(t, begun.ID); now.Status != exchange.Working {
		t.Errorf("at once it is %s", now.Status)
	}
	b.Now = b.Now.Add(jobs.SettleTime)
	done := b.TaskNow(t, begun.ID)
	if got := toolstest.TaskResult(t, done); !done.Result.IsError || got["unknown"] == nil {
		t.Errorf("isError %v: %v", done.Result.IsError, got)
	}
}

func TestTasksOfOthersAreUnknown(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	stranger := b.With(t, func(c *tools.Config) { c.Caller = func(context.Context) string { return "stranger" } })
	elsewhere := b.With(t, func(c *tools.Config) { c.Ring = toolstest.NewRing(t) })
	// What is sealed for another purpose is no task, whatever it says.
	plain := fmt.Appendf(nil, `{"k":"video","j":["v"],"t":"create_video_from_avatar","a":%d}`, b.Now.UnixMilli())
	raw, err := b.Cfg.Ring.Seal(plain, "state", "caller")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		catalog *tools.Catalog
		id      string
	}{
		"another caller":      {stranger.Catalog, begun.ID},
		"another deployment":  {elsewhere.Catalog, begun.ID},
		"a changed id":        {b.Catalog, begun.ID[:len(begun.ID)-4] + "AAAA"},
		"a part of an id":     {b.Catalog, begun.ID[:20]},
		"nothing":             {b.Catalog, ""},
		"the id of its job":   {b.Catalog, "v1"},
		"for another purpose": {b.Catalog, "t1_" + base64.RawURLEncoding.EncodeToString(raw)},
	} {
		ctx := toolstest.Taking(t)
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
	b := toolstest.New(t)
	old := seal.NewKey()
	turn := func(keys ...seal.Key) {
		ring, err := seal.NewRing(keys...)
		if err != nil {
			t.Fatal(err)
		}
		b.Change(t, func(c *tools.Config) { c.Ring = ring })
	}
	turn(old)
	begun := b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	turn(seal.NewKey(), old)
	b.TaskNow(t, begun.ID)
}

func TestATaskHasItsTime(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	b.Now = b.Now.Add(jobs.TaskLife)
	b.TaskNow(t, begun.ID)
	b.Now = b.Now.Add(time.Millisecond)
	if out, known := b.Task(toolstest.Taking(t), begun.ID); out.Task != nil || !known || out.Refusal == nil || out.Refusal.Code != mcp.INVALID_PARAMS || !strings.Contains(out.Refusal.Message, "wait_for_jobs") {
		t.Errorf("got %+v, %v, want out.Task nil, known true, out.Refusal not nil, out.Refusal.Code %v and %q in it", out, known, mcp.INVALID_PARAMS, "wait_for_jobs")
	}
}

// HeyGen's faults say nothing of the job: it goes on, and so does the task.
func TestATaskOutlivesFaults(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	b.Control(t, "faults", `{"method":"GET","path":"/v3/videos/statuses","fault":"html_502","times":20}`)
	if now := b.TaskNow(t, begun.ID); now.Status != exchange.Working || !strings.Contains(now.Message, "right now") {
		t.Errorf("%s: got %s, want %v and %q in it", now.Status, now.Message, exchange.Working, "right now")
	}
}

// A client looks no more at a task that has ended, so it does not end before what was made can be
// told.
func TestATaskEndsWithItsResult(t *testing.T) {
	t.Parallel()
	for kind, path := range map[string]string{"video": "/v3/videos/{video_id}", "video_translation": "/v3/video-translations/{video_translation_id}"} {
		b := toolstest.New(t)
		create := b.Creates(t)[kind]
		begun := b.Begin(t, create[0], create[1])
		b.Pass(t, "3600")
		b.Control(t, "faults", `{"method":"GET","path":"`+path+`","fault":"html_502","times":8}`)
		if now := b.TaskNow(t, begun.ID); now.Status != exchange.Working || now.Result != nil || !strings.Contains(now.Message, "right now") {
			t.Errorf("%s: got %s, %+v: %s, want %v, now.Result nil and %q in it", kind, now.Status, now.Result, now.Message, exchange.Working, "right now")
		}
		for range 8 {
			if b.TaskNow(t, begun.ID).Status != exchange.Working {
				break
			}
		}
		if got, err := json.Marshal(toolstest.TaskResult(t, b.TaskNow(t, begun.ID))); err != nil || !strings.Contains(string(got), `"video_url"`) {
			t.Errorf("%s: got %s, %v, want no error and %q in it", kind, got, err, `"video_url"`)
		}
	}
}

// An account that may not look any more is told so, and the operator sees it.
func TestATaskThatMayNotBeLookedAt(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	var seen []tools.Event
	b.Change(t, func(c *tools.Config) { c.Audit = func(_ context.Context, e tools.Event) { seen = append(seen, e) } })
	begun := b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	b.Control(t, "account", `{"account":"test","scope_mode":"custom","scopes":["avatars:read"]}`)
	out, known := b.Task(toolstest.Taking(t), begun.ID)
	if refused := out.Refusal; out.Task != nil || !known || refused == nil || refused.Code != mcp.INTERNAL_ERROR || !strings.Contains(refused.Message, "permission") {
		t.Errorf("got %+v, %v, want out.Task nil, known true, refused not nil, refused.Code %v and %q in it", out, known, mcp.INTERNAL_ERROR, "permission")
	}
	if last := seen[len(seen)-1]; last.Tool != "get_video" || last.Outcome != "forbidden" {
		t.Errorf("got %+v, want %q and %q", last, "get_video", "forbidden")
	}
}

// A task of a version that had other tools is none of ours.
func TestTasksOfOtherVersions(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	for _, other := range []string{
		`{"k":"sweater","j":["v1"],"t":"create_video_from_avatar","a":%d}`,
		`{"k":"video","j":["v1"],"t":"knit_sweater","a":%d}`,
	} {
		raw, err := b.Cfg.Ring.Seal(fmt.Appendf(nil, other, b.Now.UnixMilli()), "task", "caller")
		if err != nil {
			t.Fatal(err)
		}
		if _, known := b.Task(toolstest.Taking(t), "t1_"+base64.RawURLEncoding.EncodeToString(raw)); known {
			t.Errorf("%s is known", other)
		}
	}
}

// TestTasksAreFoundAgain holds that a client which takes tasks finds those of what goes on in
// list_jobs, from another server with the same records and keys too, and that others are not told
// of any.
func TestTasksAreFoundAgain(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.KeepLedger(t)
	b.Begin(t, "create_video_from_avatar", b.VideoArgs(t))
	after := b.With(t, func(*tools.Config) {})
	listed := func(ctx context.Context) map[string]any {
		items, _ := after.CallToolIn(ctx, t, "list_jobs", `{}`)["items"].([]any)
		if len(items) != 1 {
			t.Fatalf("listed are %v, want one", items)
		}
		item, _ := items[0].(map[string]any)
		return item
	}
	if item := listed(t.Context()); item["task_id"] != nil {
		t.Errorf("who takes no tasks is told of one: %v", item)
	}
	id, _ := listed(toolstest.Taking(t))["task_id"].(string)
	if now := after.TaskNow(t, id); now.Status != exchange.Working || !now.Created.Equal(b.Now) {
		t.Errorf("the task is %+v", now)
	}
	b.Pass(t, "3600")
	after.Now = b.Now
	if done := after.TaskNow(t, id); done.Status != exchange.Completed {
		t.Errorf("the task is %+v", done)
	}
}
