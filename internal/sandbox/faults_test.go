package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestFaultsHappenAsOftenAsAsked(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"rate_limit","times":2}`)
	b.control("faults", `{"method":"post","path":"/v3/videos","fault":"html_502"}`)
	for range 2 {
		if res := b.create().want(429, "rate_limit_exceeded"); res.header.Get("Retry-After") != "1" {
			t.Error(res.header)
		}
	}
	if res := b.create(); res.status != 502 || !strings.HasPrefix(res.body, "<html>") {
		t.Errorf("got %d %s, want %v and %q at its beginning", res.status, res.body, 502, "<html>")
	}
	if n := len(b.get("/v3/videos").list("data")); n != 0 {
		t.Errorf("%d videos were made", n)
	}
	b.create().want(200, "")
}

func TestFaultsFindTemplatesAndPaths(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"GET","path":"/v3/videos/{id}","fault":"rate_limit"}`)
	b.get("/v3/videos/statuses?video_ids=x").want(200, "")
	b.get("/v3/videos/x").want(429, "")
	b.control("faults", `{"path":"/v3/videos/y","fault":"rate_limit"}`)
	b.get("/v3/videos/x").want(404, "")
	b.get("/v3/videos/y").want(429, "")
}

func TestALostAnswerMadeItsVideo(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"lost"}`)
	key := []string{"Idempotency-Key", "take-1"}
	if res := b.create(key...); res.status != 0 {
		t.Fatalf("an answer came: %d %s", res.status, res.body)
	}
	calls := b.control("calls", "")
	if last := len(calls.list()) - 1; calls.at(last, "status") != 0.0 {
		t.Error(calls.body)
	}
	id := b.create(key...).want(200, "").text("data", "video_id")
	list := b.get("/v3/videos")
	if len(list.list("data")) != 1 || list.text("data", 0, "id") != id {
		t.Error(list.body)
	}
}

func TestAFailedAnswerMadeItsVideo(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"failed"}`)
	b.create("Idempotency-Key", "take-1").want(500, "internal_error")
	id := b.create("Idempotency-Key", "take-1").want(200, "").text("data", "video_id")
	if list := b.get("/v3/videos"); len(list.list("data")) != 1 || list.text("data", 0, "id") != id {
		t.Error(list.body)
	}
}

func TestACutAnswerDidItsWork(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"cut"}`)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+"/v3/videos", strings.NewReader(b.video(nil)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Api-Key", "sk_sandbox_ana")
	req.Header.Set("Idempotency-Key", "take-1")
	res, err := b.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	half, err := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusOK || !errors.Is(err, io.ErrUnexpectedEOF) || int64(len(half)) != res.ContentLength/2 {
		t.Errorf("%d, %v, %d of %d bytes", res.StatusCode, err, len(half), res.ContentLength)
	}
	if again := b.create("Idempotency-Key", "take-1").want(200, ""); !strings.HasPrefix(again.body, string(half)) {
		t.Errorf("%q is not what %q was cut from", again.body, half)
	}
	if n := len(b.get("/v3/videos").list("data")); n != 1 {
		t.Errorf("%d videos", n)
	}
}

// TestEveryDocumentedCodeCanBeAskedFor holds that a test of the server can meet each of them.
func TestEveryDocumentedCodeCanBeAskedFor(t *testing.T) {
	t.Parallel()
	b, s := newBoxOf(t, Config{})
	asked := 0
	for name, op := range s.Contract.Operations {
		method, path, _ := strings.Cut(name, " ")
		for status, codes := range op.Codes {
			for _, code := range codes {
				number, err := strconv.Atoi(status)
				if err != nil {
					t.Fatal(err)
				}
				b.control("faults", fmt.Sprintf(`{"method":%q,"path":%q,"fault":"refuse","status":%d,"code":%q}`, method, path, number, code))
				b.do(method, path, "").want(number, code)
				asked++
			}
		}
	}
	if asked < 300 {
		t.Errorf("got %d codes, want those of all operations", asked)
	}
	for _, wrong := range []string{`"status":200,"code":"x"`, `"status":404`} {
		if res := b.do(http.MethodPost, "/_sandbox/faults", `{"path":"/v3/videos","fault":"refuse",`+wrong+`}`); res.status != http.StatusBadRequest {
			t.Errorf("%s: got %d %s, want %v", wrong, res.status, res.body, http.StatusBadRequest)
		}
	}
}

func TestAnswersOfALaterVersion(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	id := b.do(http.MethodPost, "/v3/videos/batches", b.batchOf(2)).text("data", "batch_id")
	for _, c := range []struct {
		path string
		at   [][]any
	}{
		{"/v3/videos", [][]any{{"data", 0}, {"data", 1}}},
		{"/v3/videos/batches/" + id, [][]any{{"data"}, {"data", "items", 1}}},
		{"/v3/videos/statuses?batch_ids=" + id, [][]any{{"data", 0}}},
	} {
		path, _, _ := strings.Cut(c.path, "?")
		b.control("faults", `{"path":"`+path+`","fault":"new_field"}`)
		b.control("faults", `{"path":"`+path+`","fault":"unknown_status"}`)
		added, changed, plain := b.get(c.path).want(200, ""), b.get(c.path).want(200, ""), b.get(c.path).want(200, "")
		for _, at := range c.at {
			if added.at(append(slices.Clone(at), "zz_new_field")...) == nil || changed.text(append(slices.Clone(at), "status")...) != "archiving" ||
				plain.text(append(slices.Clone(at), "status")...) == "archiving" {
				t.Errorf("%s %v:\n%s\n%s", c.path, at, added.body, changed.body)
			}
		}
	}
	// What was bent is what a key replays: an answer is one answer.
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"unknown_status"}`)
	for range 2 {
		if res := b.create("Idempotency-Key", "later").want(200, ""); res.text("data", "status") != "archiving" {
			t.Error(res.body)
		}
	}
	b.control("faults", `{"path":"/v3/videos/{video_id}","fault":"new_field"}`)
	b.get("/v3/videos/none").want(404, "not_found")
}

func TestASlowAnswerKeepsItsKeyInFlight(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"slow","hold_seconds":60}`)
	body := b.video(nil)
	ctx, leave := context.WithCancel(t.Context())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url+"/v3/videos", strings.NewReader(body))
		if err != nil {
			return
		}
		req.Header.Set("X-Api-Key", "sk_sandbox_ana")
		req.Header.Set("Idempotency-Key", "take-1")
		if res, err := b.client.Do(req); err == nil {
			_ = res.Body.Close()
		}
	}()
	// Asking is the only way to see that the work is done; each look is a round trip.
	deadline := time.Now().Add(10 * time.Second)
	for len(b.get("/v3/videos").list("data")) == 0 {
		if time.Now().After(deadline) {
			t.Fatal("no video was made")
		}
	}
	b.do(http.MethodPost, "/v3/videos", body, "Idempotency-Key", "take-1").want(409, "request_in_progress")
	leave()
	<-gone
	res := b.do(http.MethodPost, "/v3/videos", body, "Idempotency-Key", "take-1")
	for res.status == http.StatusConflict && time.Now().Before(deadline) {
		res = b.do(http.MethodPost, "/v3/videos", body, "Idempotency-Key", "take-1")
	}
	res.want(200, "")
	if n := len(b.get("/v3/videos").list("data")); n != 1 {
		t.Errorf("%d videos", n)
	}
}

func TestControlsRefuseWhatTheyDoNotKnow(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	for _, c := range [][2]string{
		{"faults", `{"path":"/v3/videos","fault":"fire"}`},
		{"faults", `{"path":"videos","fault":"lost"}`},
		{"faults", `{"path":"/v3/videos","fault":"lost","times":-1}`},
		{"faults", `{"path":"/v3/videos","fault":"lost","often":1}`},
		{"clock", `{"advance_seconds":-1}`},
		{"clock", `nothing`},
		{"credits", `{"account":""}`},
	} {
		b.do(http.MethodPost, "/_sandbox/"+c[0], c[1]).want(400, "invalid_parameter")
	}
}

func TestIdempotencyKeys(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	first := b.create("Idempotency-Key", "a:1.b_c-d").want(200, "")
	other := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"script": "another body"}), "Idempotency-Key", "a:1.b_c-d")
	if other.body != first.body {
		t.Errorf("not replayed: %s", other.body)
	}
	if another := b.create("Idempotency-Key", "a:1.b_c-d", "X-Api-Key", "sk_sandbox_bo").want(200, ""); another.body == first.body {
		t.Error("two accounts share a key")
	}
	b.advance(24*3600 - 1)
	if again := b.create("Idempotency-Key", "a:1.b_c-d"); again.body != first.body {
		t.Errorf("forgotten too early: %s", again.body)
	}
	b.advance(1)
	if again := b.create("Idempotency-Key", "a:1.b_c-d").want(200, ""); again.body == first.body {
		t.Error("remembered for more than a day")
	}
	for _, key := range []string{"", " ", "a b", "a/b", strings.Repeat("k", 256)} {
		b.create("Idempotency-Key", key).want(400, "invalid_parameter")
	}
	// A refusal made nothing, so its key is still free.
	b.do(http.MethodPost, "/v3/videos", `{}`, "Idempotency-Key", "free").want(400, "")
	b.create("Idempotency-Key", "free").want(200, "")
}
