package jobs_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/toolstest"
)

// Each kind of job becomes a task whose end is what its get tool answers, and fits the schema of the
// tool that was called: clients hold the one against the other.
func TestEveryKindIsATask(t *testing.T) {
	t.Parallel()
	// No create begins an asset or a batch of them: a file is uploaded first, and looked at in seconds.
	stoppable := []string{"video_agent", "workflow_run", "avatar_realtime"}
	for kind := range toolstest.New(t).Creates(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			b := toolstest.New(t)
			create := b.Creates(t)[kind] // of this bench, which has what the create is about
			begun := b.Begin(t, create[0], create[1])
			if len(begun.ID) > 1000 {
				t.Errorf("an id of %d characters", len(begun.ID))
			}
			b.Pass(t, "3600")
			done := b.TaskNow(t, begun.ID)
			got := toolstest.TaskResult(t, done)
			if done.Result.IsError || got["error"] != nil {
				t.Errorf("got %v, want done.Result.IsError false and error nil", got)
			}
			checked := *done.Result
			toolstest.CheckedResult(t, create[0], &checked)
			out, known := b.CancelTask(toolstest.Taking(t), begun.ID)
			if stops := slices.Contains(stoppable, kind); !known || stops != (out.Note == "") {
				t.Errorf("known %v, %+v", known, out)
			}
			if _, known := b.UpdateTask(toolstest.Taking(t), begun.ID, nil); !known {
				t.Error("tasks/update does not know it")
			}
		})
	}
}

func TestSeveralJobsAreOneTask(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	create := b.Creates(t)["video_translation"]
	begun := b.Begin(t, create[0], create[1])
	b.Pass(t, "5")
	if now := b.TaskNow(t, begun.ID); now.Status != exchange.Working || !strings.Contains(now.Message, "0 of 2 done") {
		t.Errorf("%s: got %s, want %v and %q in it", now.Status, now.Message, exchange.Working, "0 of 2 done")
	}
	b.Pass(t, "3600")
	got := toolstest.TaskResult(t, b.TaskNow(t, begun.ID))
	if done, _ := got["done"].([]any); got["finished"] != true || len(done) != 2 {
		t.Errorf("got %v, want %v and len(done) %v", got, true, 2)
	}
}

// Of several jobs that have all failed nothing came, as of one; of some that have failed something
// did.
func TestFailuresOfSeveralJobs(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.Control(t, "faults", `{"method":"POST","path":"/v3/video-translations","fault":"fail"}`)
	create := b.Creates(t)["video_translation"]
	begun := b.Begin(t, create[0], create[1])
	b.Pass(t, "3600")
	done := b.TaskNow(t, begun.ID)
	if got := toolstest.TaskResult(t, done); !done.Result.IsError || !strings.Contains(fmt.Sprint(got), "failed") {
		t.Errorf("isError %v: %v", done.Result.IsError, got)
	}
}

// An agent that asks is done for its client, whose model can answer; it can be stopped.
func TestAnAgentIsATask(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_agent", `{"prompt":"A film about lanterns","mode":"chat"}`)
	if out, known := b.CancelTask(toolstest.Taking(t), begun.ID); out != (exchange.Outcome{}) || !known {
		t.Errorf("%+v, %v", out, known)
	}
	b.Pass(t, "3600")
	done := b.TaskNow(t, begun.ID)
	if !strings.Contains(done.Message, "waits for a person") {
		t.Errorf("it says %q", done.Message)
	}
	got := toolstest.TaskResult(t, done)
	asking, _ := got["asking"].([]any)
	if len(asking) != 1 || !strings.Contains(fmt.Sprint(got["next_step"]), "asks") {
		t.Errorf("got %v, want len(asking) %v and %q in it", got, 1, "asks")
	}
}

// A run that was canceled is a task that was cancelled: v3 spells the word as it does.
func TestACanceledRunIsACancelledTask(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	create := b.Creates(t)["workflow_run"]
	begun := b.Begin(t, create[0], create[1])
	if out, known := b.CancelTask(toolstest.Taking(t), begun.ID); !known || out != (exchange.Outcome{}) {
		t.Errorf("the cancel gave %+v, known %v, want nothing to be said", out, known)
	}
	if now := b.TaskNow(t, begun.ID); now.Status != exchange.Cancelled || !strings.Contains(now.Message, "canceled") {
		t.Errorf("the task is %s (%s), want it cancelled", now.Status, now.Message)
	}
}

// A narrowed endpoint cannot stop what it could not have begun.
func TestCancelKeepsTheLimits(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	begun := b.Begin(t, "create_video_agent", `{"prompt":"A film about lanterns"}`)
	for _, c := range []struct {
		sets     []string
		readOnly bool
		stops    bool
	}{{[]string{"core"}, false, true}, {[]string{"agents"}, true, false}, {[]string{"voices"}, false, false}} {
		ctx, err := b.Choose(toolstest.Taking(t), [][]string{c.sets}, nil, c.readOnly)
		if err != nil {
			t.Fatal(err)
		}
		if out, known := b.CancelTask(ctx, begun.ID); !known || out.Refusal != nil || (out.Note == "") != c.stops {
			t.Errorf("%v: %+v, %v", c, out, known)
		}
	}
}
