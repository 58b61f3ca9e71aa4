package sandbox

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/internal/sandbox/delivery"
)

func TestADeliveryIsSigned(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	_, secret := b.hook(`{"url":"` + in.url + `/hook"}`)
	id := b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"callback_id": "mine"})).want(200, "").text("data", "video_id")
	b.advance(49)
	in.took(0)
	b.advance(60)
	got, said := in.took(1)
	if got.URL.Path != "/hook" || got.Method != http.MethodPost || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("got %s %s %v, want got.URL.Path %q, %v and Content-Type %q", got.Method, got.URL, got.Header, "/hook", http.MethodPost, "application/json")
	}
	if got.Header.Get("Heygen-Signature") != signature(secret, said.body) || got.Header.Get("Heygen-Timestamp") != "1800000109" {
		t.Errorf("%v", got.Header)
	}
	if said.text("event_type") != "avatar_video.success" || said.text("event_data", "video_id") != id || said.text("event_data", "callback_id") != "mine" {
		t.Error(said.body)
	}
	if file := b.get(said.text("event_data", "url")); file.status != 200 || file.header.Get("Content-Type") != "video/mp4" {
		t.Errorf("got %d %v, want %v and Content-Type %q", file.status, file.header, 200, "video/mp4")
	}

	// The history tells the same, and its filters and cursors work.
	all := b.get("/v3/webhooks/events").want(200, "")
	if all.text("data", 0, "event_id") != got.Header.Get("Heygen-Event-Id") || all.text("data", 0, "event_data", "video_id") != id ||
		all.text("data", 0, "created_at") != "2027-01-15T08:00:55Z" {
		t.Error(all.body)
	}
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"fail"}`)
	failed := b.create().text("data", "video_id")
	b.advance(600)
	if _, said := in.took(2); said.text("event_type") != "avatar_video.fail" || said.text("event_data", "msg") != "Avatar rendering timed out" {
		t.Error(said.body)
	}
	first := b.get("/v3/webhooks/events?limit=1")
	if first.text("data", 0, "event_data", "video_id") != failed || first.at("has_more") != true {
		t.Error(first.body)
	}
	if second := b.get("/v3/webhooks/events?limit=1&token=" + first.text("next_token")); second.text("data", 0, "event_data", "video_id") != id {
		t.Error(second.body)
	}
	for query, want := range map[string]int{
		"event_type=avatar_video.fail": 1, "entity_id=" + id: 1, "entity_id=" + id + "&event_type=avatar_video.fail": 0, "event_type=batch.finished": 0,
	} {
		if got := b.get("/v3/webhooks/events?" + query); len(got.list("data")) != want {
			t.Errorf("%s: got %s, want len(got.list(\"data\")) %v", query, got.body, want)
		}
	}
	b.get("/v3/webhooks/events?event_type=none").want(400, "invalid_parameter")
	if got := b.do(http.MethodGet, "/v3/webhooks/events", "", "X-Api-Key", "sk_sandbox_bo"); len(got.list("data")) != 0 {
		t.Error(got.body)
	}
}

func TestEndpointsHearWhatTheyAskedFor(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	failures, one, other, none := newReceiver(t), newReceiver(t), newReceiver(t), newReceiver(t)
	id := b.create().text("data", "video_id")
	b.hook(`{"url":"` + failures.url + `","events":["avatar_video.fail"]}`)
	b.hook(`{"url":"` + one.url + `","entity_id":"` + id + `"}`)
	b.hook(`{"url":"` + none.url + `","events":[]}`)
	b.do(http.MethodPost, hooksPath, `{"url":"`+other.url+`"}`, "X-Api-Key", "sk_sandbox_bo").want(200, "")
	b.create()
	b.advance(600)
	failures.took(0)
	one.took(1)
	none.took(0)
	other.took(0)
	if got := b.get("/v3/webhooks/events"); len(got.list("data")) != 1 {
		t.Errorf("what nobody wanted is in the history: %s", got.body)
	}
}

func TestAnEndpointHearsNothingOlderThanItself(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	now.Store(1_800_000_000)
	b, in := newBox(t, Config{Clock: func() time.Time { return time.Unix(now.Load(), 0) }}), newReceiver(t)
	b.create()
	now.Add(600) // nobody has looked since
	id, _ := b.hook(`{"url":"` + in.url + `","events":[]}`)
	b.create()
	now.Add(600)
	b.do(http.MethodPatch, hooksPath+"/"+id, `{"events":["avatar_video.success"]}`).want(200, "")
	b.get("/v3/videos")
	in.took(0)
	b.create()
	now.Add(600)
	b.get("/v3/videos") // whoever looks next has it sent
	in.took(1)
}

func TestACallbackIsNotSigned(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"callback_url": in.url, "callback_id": "c 1"})).want(200, "")
	b.advance(600)
	got, said := in.took(1)
	if said.text("event_data", "callback_id") != "c 1" || said.text("event_type") != "avatar_video.success" {
		t.Error(said.body)
	}
	for name := range got.Header {
		if strings.HasPrefix(name, "Heygen-") {
			t.Errorf("%s: %s", name, got.Header.Get(name))
		}
	}
	if got := b.get("/v3/webhooks/events"); len(got.list("data")) != 0 {
		t.Errorf("a callback is no endpoint: %s", got.body)
	}
}

func TestABatchIsToldOfOnce(t *testing.T) {
	t.Parallel()
	b, in, hook := newBox(t, Config{}), newReceiver(t), newReceiver(t)
	b.hook(`{"url":"` + hook.url + `","events":["batch.finished"]}`)
	body := `{"callback_url":"` + in.url + `",` + b.batchOf(2, `{"type":"avatar","avatar_id":"none","script":"Hi"}`)[1:]
	id := b.do(http.MethodPost, "/v3/videos/batches", body).want(202, "").text("data", "batch_id")
	b.advance(20)
	in.took(0)
	b.advance(60)
	b.advance(60)
	hook.took(1)
	_, said := in.took(1)
	if said.text("event_type") != "batch.finished" || said.text("event_data", "batch_id") != id || said.at("event_data", "counts_by_status", "failed") != 1.0 {
		t.Error(said.body)
	}
	if got := b.get("/v3/webhooks/events?entity_id=" + id); len(got.list("data")) != 1 {
		t.Error(got.body)
	}
	// One that is over at once is told of before its create is answered.
	none := `{"callback_url":"` + in.url + `","videos":[{"type":"avatar","avatar_id":"none","script":"Hi"}]}`
	b.do(http.MethodPost, "/v3/videos/batches", none).want(202, "")
	in.took(2)
}

func TestADeliveryIsRepeated(t *testing.T) {
	t.Parallel()
	b, in, next := newBox(t, Config{}), newReceiver(t), newReceiver(t)
	id, _ := b.hook(`{"url":"` + in.url + `"}`)
	in.answers(http.StatusFound) // which is followed nowhere
	b.create()
	b.advance(600)
	first, _ := in.took(1)
	b.advance(59)
	in.took(1)
	b.advance(1)
	again, said := in.took(2)
	if first.Header.Get("Heygen-Event-Id") != again.Header.Get("Heygen-Event-Id") {
		t.Error("a repeat has another id")
	}
	// A repeat goes where the endpoint is by then, under the secret that it has by then.
	secret := b.do(http.MethodPost, hooksPath+"/"+id+"/rotate-secret", "").text("data", "secret")
	b.do(http.MethodPatch, hooksPath+"/"+id, `{"url":"`+next.url+`"}`).want(200, "")
	b.advance(120)
	if moved, _ := next.took(1); moved.Header.Get("Heygen-Signature") != signature(secret, said.body) {
		t.Error("a repeat is signed with the old secret")
	}
	in.took(2)
	b.advance(24 * 3600)
	next.took(1)
	if got := b.control("deliver", ""); got.text(0, "state") != delivery.Delivered || got.at(0, "tries") != 3.0 {
		t.Error(got.body)
	}
}

func TestADeliveryIsGivenUpAfterADay(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	b.hook(`{"url":"` + in.url + `"}`)
	gone, _ := b.hook(`{"url":"` + in.url + `/gone"}`)
	in.answers(http.StatusInternalServerError)
	b.create()
	b.advance(600)
	b.do(http.MethodDelete, hooksPath+"/"+gone, "").want(200, "")
	tries := 2 // the first of both
	for minutes := 1.0; minutes <= 512; minutes *= 2 {
		b.advance(60*minutes - 1)
		in.took(tries)
		b.advance(1)
		tries++
		in.took(tries)
	}
	b.advance(48 * 3600)
	in.took(tries)
	got := b.control("deliver", "")
	if got.text(0, "state") != delivery.Withdrawn || got.text(1, "state") != delivery.Failed || got.text(1, "problem") != "it answered 500" || got.at(1, "tries") != 11.0 {
		t.Error(got.body)
	}
}

func TestNothingIsSentElsewhere(t *testing.T) {
	t.Parallel()
	b, in := newBox(t, Config{}), newReceiver(t)
	b.hook(`{"url":"https://hooks.example/a"}`)
	for _, address := range []string{"http://192.0.2.1/", "file:///etc/hosts", "gopher://127.0.0.1/", "http://127.0.0.1.example/", "::"} {
		b.do(http.MethodPost, "/v3/videos", b.video(map[string]any{"callback_url": address})).want(200, "")
	}
	b.advance(600)
	got := b.control("deliver", "")
	if len(got.list()) != 10 {
		t.Errorf("got %s, want len(got.list()) %v", got.body, 10)
	}
	for i := range got.list() {
		if got.text(i, "state") != delivery.Failed || !strings.Contains(got.text(i, "problem"), "not on this machine") || got.at(i, "tries") != 1.0 {
			t.Errorf("%d: got %s, want state %v, %q in it and tries %v", i, got.body, delivery.Failed, "not on this machine", 1.0)
		}
	}
	quiet := newBox(t, Config{Silent: true})
	quiet.hook(`{"url":"` + in.url + `"}`)
	quiet.create()
	quiet.advance(600)
	in.took(0)
	if got := quiet.control("deliver", ""); got.text(0, "state") != delivery.Failed {
		t.Error(got.body)
	}
}

func TestAReceiverMayCallBack(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	asked := make(chan int, 1)
	curious := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		asked <- b.get("/v3/users/me").status // the sandbox is not locked while it delivers
	}))
	t.Cleanup(curious.Close)
	b.hook(`{"url":"` + curious.URL + `"}`)
	b.create()
	b.advance(600)
	if status := <-asked; status != 200 {
		t.Errorf("it was answered %d", status)
	}
}
