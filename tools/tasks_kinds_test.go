package tools

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/exchange"
)

const talk = `{"type":"url","url":"https://example.com/talk.mp4"}`

// creates are calls that begin each kind of job.
func creates(t *testing.T, b *bench) map[string][]string {
	t.Helper()
	return map[string][]string{
		"video":                   {"create_video_from_avatar", b.aVideo(t)},
		"video_batch":             {"create_video_batch", `{"videos":[{"type":"avatar",` + b.aVideo(t)[1:] + `]}`},
		"video_translation":       {"create_video_translation", `{"video":` + talk + `,"output_languages":["German (Germany)","Spanish (Spain)"]}`},
		"video_translation_batch": {"create_video_translation_batch", `{"video_translations":[{"video":` + talk + `,"output_languages":["German (Germany)"]}]}`},
		"proofread":               {"create_proofread", `{"video":` + talk + `,"output_languages":["French (France)"],"title":"Talk"}`},
		"lipsync":                 {"create_lipsync", `{"video":` + talk + `,"audio":{"type":"url","url":"https://example.com/a.mp3"}}`},
		"lipsync_batch":           {"create_lipsync_batch", `{"lipsyncs":[{"video":` + talk + `,"audio":{"type":"url","url":"https://example.com/a.mp3"}}]}`},
		"ai_clipping":             {"create_ai_clipping", `{"video":` + talk + `}`},
		"background_removal":      {"create_background_removal", `{"video":` + talk + `}`},
		"filler_word_removal":     {"create_filler_word_removal", `{"video":` + talk + `}`},
		"hyperframes_render":      {"create_hyperframes_render", `{"project":{"type":"url","url":"https://example.com/project.zip"}}`},
		"voice_clone":             {"clone_voice", `{"voice_name":"Mine","audio":"https://files.example/me.mp3"}`},
		"model_voice":             {"create_model_audio_voice", `{"mode":"instant","audio":["https://files.example/me.wav"]}`},
		"avatar_look":             {"create_photo_avatar", `{"name":"Kim","file":"https://files.example/kim.jpg"}`},
		"brand_kit":               {"create_brand_kit", `{"url":"https://acme.example"}`},
		"video_agent":             {"create_video_agent", `{"prompt":"A film about lanterns"}`},
	}
}

// Each kind of job becomes a task whose end is what its get tool answers, and fits the schema of the tool that was called:
// clients hold the one against the other.
func TestEveryKindIsATask(t *testing.T) {
	t.Parallel()
	for _, k := range jobKinds() {
		if strings.HasPrefix(k.name, "asset") {
			continue // no create begins it: a file is uploaded first, and looked at in seconds
		}
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			create, ok := creates(t, b)[k.name]
			if !ok {
				t.Fatal("no create is known that begins it")
			}
			begun := b.begin(t, create[0], create[1])
			if len(begun.ID) > 1000 {
				t.Errorf("an id of %d characters", len(begun.ID))
			}
			b.pass(t, "3600")
			done := b.task(t, begun.ID)
			got := resultOf(t, done)
			if done.Result.IsError || got["error"] != nil {
				t.Errorf("%v", got)
			}
			checked := *done.Result
			checkedResult(t, b.tools[b.byName[create[0]]], &checked)
			out, known := b.CancelTask(taking(t), begun.ID)
			if stops := k.stop != ""; !known || stops != (out.Note == "") {
				t.Errorf("known %v, %+v", known, out)
			}
			if _, known := b.UpdateTask(taking(t), begun.ID, nil); !known {
				t.Error("tasks/update does not know it")
			}
		})
	}
}

func TestSeveralJobsAreOneTask(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	create := creates(t, b)["video_translation"]
	begun := b.begin(t, create[0], create[1])
	b.pass(t, "5")
	if now := b.task(t, begun.ID); now.Status != exchange.Working || !strings.Contains(now.Message, "0 of 2 done") {
		t.Errorf("%s: %s", now.Status, now.Message)
	}
	b.pass(t, "3600")
	got := resultOf(t, b.task(t, begun.ID))
	if done, _ := got["done"].([]any); got["finished"] != true || len(done) != 2 {
		t.Errorf("%v", got)
	}
}

// Of several jobs that have all failed nothing came, as of one; of some that have failed something did.
func TestFailuresOfSeveralJobs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.control(t, "faults", `{"method":"POST","path":"/v3/video-translations","fault":"fail"}`)
	create := creates(t, b)["video_translation"]
	begun := b.begin(t, create[0], create[1])
	b.pass(t, "3600")
	done := b.task(t, begun.ID)
	if got := resultOf(t, done); !done.Result.IsError || !strings.Contains(fmt.Sprint(got), "failed") {
		t.Errorf("isError %v: %v", done.Result.IsError, got)
	}
	failed, made := map[string]any{"status": "FAILED"}, map[string]any{"status": "completed"}
	for _, c := range []struct {
		s    standing
		vain bool
	}{
		{standing{done: []any{failed, made}}, false},
		{standing{done: []any{failed}, asking: []any{made}}, false},
		{standing{done: []any{failed}, unknown: []any{made}}, true},
		{standing{unknown: []any{made}}, true},
	} {
		if c.s.vain() != c.vain {
			t.Errorf("%+v is in vain: %v", c.s, !c.vain)
		}
	}
}

// An id that cannot be a header is worse than none.
func TestTooManyJobsAreNoTask(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := taking(t)
	many := &ticket{Kind: "video_translation", Tool: "create_video_translation"}
	for i := range 100 {
		many.Jobs = append(many.Jobs, fmt.Sprintf("%032d", i))
	}
	if id, ok := b.sealed(ctx, many); ok {
		t.Errorf("an id of %d characters", len(id))
	}
	if _, ok := b.sealed(ctx, &ticket{Kind: "video"}); ok {
		t.Error("a task of no job")
	}
}

// An agent that asks is done for its client, whose model can answer; it is the one kind that can be stopped.
func TestAnAgentIsATask(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	begun := b.begin(t, "create_video_agent", `{"prompt":"A film about lanterns","mode":"chat"}`)
	if out, known := b.CancelTask(taking(t), begun.ID); out != (exchange.Outcome{}) || !known {
		t.Errorf("%+v, %v", out, known)
	}
	b.pass(t, "3600")
	done := b.task(t, begun.ID)
	if !strings.Contains(done.Message, "waits for a person") {
		t.Errorf("it says %q", done.Message)
	}
	got := resultOf(t, done)
	asking, _ := got["asking"].([]any)
	if len(asking) != 1 || !strings.Contains(fmt.Sprint(got["next_step"]), "asks") {
		t.Errorf("%v", got)
	}
}

// A narrowed endpoint cannot stop what it could not have begun.
func TestCancelKeepsTheLimits(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	begun := b.begin(t, "create_video_agent", `{"prompt":"A film about lanterns"}`)
	for _, c := range []struct {
		sets     []string
		readOnly bool
		stops    bool
	}{{[]string{"core"}, false, true}, {[]string{"agents"}, true, false}, {[]string{"voices"}, false, false}} {
		ctx, err := b.Choose(taking(t), [][]string{c.sets}, nil, c.readOnly)
		if err != nil {
			t.Fatal(err)
		}
		if out, known := b.CancelTask(ctx, begun.ID); !known || out.Refusal != nil || (out.Note == "") != c.stops {
			t.Errorf("%v: %+v, %v", c, out, known)
		}
	}
}

// Every create that says how to wait for it gives an id that a task can find.
func TestJobsHaveTheirIDs(t *testing.T) {
	t.Parallel()
	for _, e := range all() {
		var schema struct {
			Properties map[string]json.RawMessage `json:"properties"`
		}
		if err := json.Unmarshal(e.info.OutputSchema, &schema); err != nil {
			t.Fatal(err)
		}
		if _, follows := schema.Properties["job_kind"]; e.info.Effect != Creates || !follows {
			continue
		}
		found := slices.ContainsFunc(jobKinds(), func(k jobKind) bool {
			return slices.ContainsFunc([]string{k.madeAs, k.idMember(), k.idMember() + "s", "id"}, func(name string) bool {
				_, ok := schema.Properties[name]
				return ok
			})
		})
		if !found {
			t.Errorf("%s tells of no id that any kind of job has", e.info.Name)
		}
	}
}
