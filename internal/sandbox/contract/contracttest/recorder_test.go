package contracttest

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func document(t *testing.T) *Document {
	t.Helper()
	doc, err := Open("../../../../heygen/testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// exchange is a request, and how the server behind the recorder answers it.
type exchange struct {
	method, path, body string
	header             http.Header
	status             int
	kind, answer       string
	wrong              string // a part of the finding, "" for none
}

func json200(answer string) exchange {
	return exchange{method: "GET", path: "/v3/videos/v", status: 200, answer: answer}
}

func exchanges() map[string]exchange {
	const video, create = `{"data":{"id":"v","status":"pending"}}`, `{"data":{"video_id":"v","status":"waiting"}}`
	post := func(path, body string) exchange {
		return exchange{method: "POST", path: path, body: body, status: 200, answer: create}
	}
	with := func(e exchange, change func(*exchange)) exchange { change(&e); return e }
	refused := func(status int, code string) exchange {
		return exchange{method: "GET", path: "/v3/videos/v", status: status, answer: `{"error":{"code":"` + code + `","message":"m"}}`}
	}
	const run = `{"workflow_id":"d"}`
	const runs = "/v3/workflow-runs"
	return map[string]exchange{
		"fits":              json200(video),
		"a member missing":  with(json200(`{"data":{"id":"v"}}`), func(e *exchange) { e.wrong = "answer 200" }),
		"a member misspelt": with(json200(`{"data":{"id":"v","status":"pending","titel":"x"}}`), func(e *exchange) { e.wrong = "titel" }),
		"beside the data":   with(json200(`{"data":{"id":"v","status":"pending"},"extra":1}`), func(e *exchange) { e.wrong = "extra" }),
		"a word of no list": with(json200(`{"data":{"id":"v","status":"odd"}}`), func(e *exchange) { e.wrong = "status" }),
		"another status":    with(json200(video), func(e *exchange) { e.status, e.wrong = 202, "does not declare the status 202" }),
		"not JSON":          with(json200("<html>"), func(e *exchange) { e.wrong = "not JSON" }),
		"of another type":   with(json200(video), func(e *exchange) { e.kind, e.wrong = "text/html", "not declared" }),
		"bent by a fault":   with(json200("<html>"), func(e *exchange) { e.header = http.Header{FaultHeader: {"x"}} }),
		"static before parameters": with(json200(video), func(e *exchange) {
			e.path, e.wrong = "/v3/videos/statuses?video_ids=a", "/v3/videos/statuses: answer 200"
		}),
		"a refusal":                  refused(404, "not_found"),
		"a code of another status":   with(refused(400, "not_found"), func(e *exchange) { e.wrong = "no code not_found" }),
		"a code of another resource": with(refused(404, "voice_not_found"), func(e *exchange) { e.wrong = "no code voice_not_found" }),
		"a bare refusal":             with(refused(404, "x"), func(e *exchange) { e.answer, e.wrong = `{"error":"no"}`, "answer 404" }),
		"no operation":               {method: "GET", path: "/v3/nothing", status: 404, answer: "{}", wrong: "no such operation"},
		"not of v3":                  {method: "GET", path: "/files/x", status: 200, answer: "x"},
		"unknown parameter":          with(json200(video), func(e *exchange) { e.path, e.wrong = "/v3/videos/v?verbose=1", "verbose is no parameter" }),
		"parameter out of bounds": {
			method: "GET", path: "/v3/videos?limit=1000", status: 200, answer: `{"data":[],"has_more":false,"next_token":null}`, wrong: "limit",
		},
		"a number that is none": {
			method: "GET", path: "/v3/videos?limit=many", status: 200, answer: `{"data":[],"has_more":false,"next_token":null}`, wrong: "limit",
		},
		"a good body":       post("/v3/videos", `{"type":"avatar","avatar_id":"a","script":"Hi."}`),
		"a body's member":   with(post("/v3/videos", `{"type":"avatar","avatar_id":"a","colour":1}`), func(e *exchange) { e.wrong = "colour" }),
		"a body of no JSON": with(post("/v3/videos", `type=avatar`), func(e *exchange) { e.wrong = "not JSON" }),
		"a wrong body that is refused": with(post("/v3/videos", `{"type":"avatar","avatar_id":"a","colour":1}`), func(e *exchange) {
			e.status, e.answer = 400, `{"error":{"code":"invalid_parameter","message":"m"}}`
		}),
		"no body":            with(post("/v3/videos", ""), func(e *exchange) { e.wrong = "request" }),
		"a body too many":    with(json200(video), func(e *exchange) { e.body, e.wrong = "{}", "declares none" }),
		"a form for JSON":    with(post("/v3/videos", `{}`), func(e *exchange) { e.header, e.wrong = http.Header{"Content-Type": {"text/plain"}}, "text/plain" }),
		"a key of odd signs": with(post("/v3/videos", `{"type":"avatar","avatar_id":"a"}`), func(e *exchange) { e.header, e.wrong = http.Header{"Idempotency-Key": {"a b"}}, "Idempotency-Key" }),
		"no durable key": with(post(runs, run), func(e *exchange) {
			e.status, e.answer, e.wrong = 503, `{"error":{"code":"service_unavailable","message":"m"}}`, "Idempotency-Key is required"
		}),
		"a stream":             {method: "GET", path: "/v3/avatar-realtime/s/words", status: 200, kind: "text/event-stream", answer: "data: {\"words\":[]}\n\nevent: end\ndata: {\"reason\":\"completed\"}\n\n"},
		"an event of no shape": {method: "GET", path: "/v3/avatar-realtime/s/words", status: 200, kind: "text/event-stream", answer: "data: {\"word\":[]}\n\n", wrong: "answer 200"},
	}
}

// behind is a server that answers as an exchange says.
func (e exchange) behind(t *testing.T) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got, err := io.ReadAll(r.Body); err != nil || string(got) != e.body {
			t.Errorf("the server got the body %q, %v, want %q", got, err, e.body)
		}
		kind := e.kind
		if kind == "" {
			kind = "application/json"
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set(FaultHeader, e.header.Get(FaultHeader))
		if e.header.Get(FaultHeader) == "" {
			w.Header().Del(FaultHeader)
		}
		w.WriteHeader(e.status)
		if _, err := io.WriteString(w, e.answer); err != nil {
			t.Error(err)
		}
	})
}

func (e exchange) send(t *testing.T, client *http.Client, base string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), e.method, base+e.path, strings.NewReader(e.body))
	if err != nil {
		t.Fatal(err)
	}
	if e.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	maps.Copy(req.Header, e.header)
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(res.Body)
	if err != nil || string(got) != e.answer || res.StatusCode != e.status {
		t.Errorf("the client got %d %q, %v", res.StatusCode, got, err)
	}
	if err := res.Body.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheRecorderSeesWhatIsWrong(t *testing.T) {
	t.Parallel()
	doc := document(t)
	for name, e := range exchanges() {
		for _, where := range []string{"in front", "behind"} {
			t.Run(name+" "+where, func(t *testing.T) {
				t.Parallel()
				rec := NewRecorderOf(doc)
				handler, client := e.behind(t), &http.Client{}
				if where == "in front" {
					handler = rec.Handler(handler)
				} else {
					client.Transport = rec.RoundTripper(nil)
				}
				srv := httptest.NewServer(handler)
				defer srv.Close()
				e.send(t, client, srv.URL)
				srv.Close() // the handler has returned then
				found := strings.Join(rec.Findings(), "\n")
				if (found == "") != (e.wrong == "") || !strings.Contains(found, e.wrong) {
					t.Errorf("found %q, want %q", found, e.wrong)
				}
			})
		}
	}
}

// heard is a test that keeps what it is told.
type heard struct {
	cleanup []func()
	errors  []string
}

func (h *heard) Helper()          {}
func (h *heard) Cleanup(f func()) { h.cleanup = append(h.cleanup, f) }
func (h *heard) Errorf(format string, args ...any) {
	h.errors = append(h.errors, fmt.Sprintf(format, args...))
}

func TestAWatchedTestFailsForEveryFinding(t *testing.T) {
	t.Parallel()
	doc := document(t)
	for name, want := range map[string]int{"fits": 0, "a member misspelt": 1} {
		told, e := &heard{}, exchanges()[name]
		srv := httptest.NewServer(Watch(told, doc, e.behind(t)))
		e.send(t, srv.Client(), srv.URL)
		srv.Close()
		for _, f := range told.cleanup {
			f()
		}
		if len(told.errors) != want {
			t.Errorf("%s: told %q, want %d", name, told.errors, want)
		}
	}
}

func TestTheRecorderKnowsWhatAnswered(t *testing.T) {
	t.Parallel()
	rec := NewRecorderOf(document(t))
	for _, e := range []exchange{exchanges()["fits"], exchanges()["a refusal"], exchanges()["a good body"]} {
		srv := httptest.NewServer(rec.Handler(e.behind(t)))
		e.send(t, srv.Client(), srv.URL)
		srv.Close()
	}
	if got := strings.Join(rec.Answered(), ", "); got != "GET /v3/videos/{video_id}, POST /v3/videos" {
		t.Errorf("answered: %s", got)
	}
	if got := rec.Findings(); len(got) != 0 {
		t.Errorf("found %q", got)
	}
}

// TestMadeUpAnswersPass holds that answers are not judged where a test makes them up, and that requests
// are.
func TestMadeUpAnswersPass(t *testing.T) {
	t.Parallel()
	doc := document(t)
	for name, want := range map[string]int{"a member misspelt": 0, "a body's member": 1} {
		rec, e := NewRecorderOf(doc), exchanges()[name]
		rec.RequestsOnly()
		srv := httptest.NewServer(rec.Handler(e.behind(t)))
		e.send(t, srv.Client(), srv.URL)
		srv.Close()
		if got := rec.Findings(); len(got) != want {
			t.Errorf("%s: found %q, want %d", name, got, want)
		}
	}
}
