package tools_test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/toolstest"
)

// documentedError is an answer that HeyGen's document has for an operation.
type documentedError struct {
	tools.Operation
	status int
	code   string
}

// fits reports whether a request is one of the operation's, by the paths of all operations.
func (d *documentedError) fits(r *http.Request, paths schema) bool {
	if _, other := paths[r.URL.Path]; other {
		return r.Method == d.Method && r.URL.Path == d.Path
	}
	as, bs := strings.Split(d.Path, "/"), strings.Split(r.URL.Path, "/")
	return r.Method == d.Method && slices.EqualFunc(as, bs, func(a, b string) bool {
		return a == b || strings.HasPrefix(a, "{")
	})
}

// errorBench is in front of a HeyGen that answers one operation with an error and all others with
// nothing.
func errorBench(t *testing.T) (b *toolstest.Bench, choose func(documentedError) (met func() bool)) {
	t.Helper()
	paths := readWritten(t).root.at("paths")
	type planned struct {
		documentedError
		met atomic.Bool
	}
	var now atomic.Pointer[planned]
	b = toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		p := now.Load()
		if !p.fits(r, paths) {
			_, _ = io.WriteString(w, `{"data":{"username":"ana"}}`)
			return
		}
		p.met.Store(true)
		w.WriteHeader(p.status)
		_, _ = fmt.Fprintf(
			w,
			`{"error":{"code":%q,"message":"In HeyGen's words.","param":null}}`,
			p.code,
		)
	}, "it answers with one code at a time, and everything else with next to nothing")
	return b, func(d documentedError) func() bool {
		p := &planned{documentedError: d}
		now.Store(p)
		return p.met.Load
	}
}

// documentedErrors are the errors of an operation.
func (c *written) documentedErrors(op tools.Operation) []documentedError {
	var found []documentedError
	s := c.root.at("paths").at(op.Path).at(strings.ToLower(op.Method))
	for status, codes := range s.at("x-error-codes") {
		n, _ := strconv.Atoi(status)
		for _, code := range codes.([]any) {
			found = append(found, documentedError{op, n, code.(string)})
		}
	}
	return found
}

// tried are the arguments with which each tool is called.
func tried(t *testing.T) map[string][]map[string]any {
	t.Helper()
	calls := map[string][]map[string]any{}
	for tool, given := range exampleCalls(t) {
		calls[tool] = []map[string]any{withoutNames(given).(map[string]any)}
	}
	calls["wait_for_jobs"], calls["get_job_progress"] = nil, nil
	for _, k := range tools.JobKinds() {
		calls["get_job_progress"] = append(calls["get_job_progress"], map[string]any{"kind": k.Name, "id": "j"})
		calls["wait_for_jobs"] = append(
			calls["wait_for_jobs"],
			map[string]any{"kind": k.Name, "ids": []any{"j"}, "timeout_seconds": 0},
		)
	}
	return calls
}

// withoutNames puts words in the place of what an earlier step of the calls saved.
func withoutNames(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, m := range v {
			if v[name] = withoutNames(m); name == "url" {
				v[name] = "https://hooks.example/a.mp4"
			}
		}
	case []any:
		for i, m := range v {
			v[i] = withoutNames(m)
		}
	case string:
		if name, saved := strings.CutPrefix(v, "$"); saved {
			return "saved-" + name
		}
	}
	return v
}

// TestEveryDocumentedErrorHasItsStep holds what an agent is told about each error that HeyGen
// documents for an operation, by each tool that calls it.
func TestEveryDocumentedErrorHasItsStep(t *testing.T) {
	t.Parallel()
	c, calls := readWritten(t), tried(t)
	b, choose := errorBench(t)
	vague := vagueSteps(t, b, choose)
	declared := tools.Declared()
	seen, codes := 0, map[string]bool{}
	try := func(info tools.Info, d documentedError, given map[string]any) {
		if info.Name == "cast_video" || strings.Contains(string(info.InputSchema), `"query"`) {
			// It searches lists that are read in the background, maybe with the error before this one.
			b.Change(t, func(*tools.Config) {})
		}
		met := choose(d)
		raw, err := jsonwrite.Marshal(given)
		if err != nil {
			t.Fatal(err)
		}
		res := toolstest.DecodeResult(t, b.Result(showing(t.Context()), t, info.Name, string(raw)))
		where := fmt.Sprintf("%s on %s %s %d %s", info.Name, d.Method, d.Path, d.status, d.code)
		switch {
		case len(info.Operations) > 1 && !met():
			return // it calls another operation
		case info.Name == "cast_video" && d.Path == "/v3/avatars" && res["error"] == nil:
			return // groups are read beside the looks that it searches, in the background
		case (info.Name == "wait_for_jobs" || info.Name == "get_job_progress") && res["error"] == nil:
			return // the job is told of as unknown or pending
		case info.Effect == tools.Creates && d.Method == http.MethodGet && res["error"] == nil:
			return // what was made is told, if not what a look at another thing would add
		case info.Name == "estimate_cost" && res["error"] == nil:
			return // an estimate without what a look would add is better than none
		case !met():
			t.Errorf("%s, called with %s: got %v before HeyGen was asked", where, raw, res)
			return
		}
		if items, ok := res["items"].([]any); ok && len(items) > 0 {
			res = items[0].(map[string]any) // of a call that makes many, each fails by itself
		}
		seen++
		codes[d.code] = true
		checkStep(t, where, d, res, vague)
		for _, word := range unknownWords(declared, info, res) {
			t.Errorf("%s: got %v, which speaks of %s; want names of tools, arguments and members",
				where, res["next_step"], word)
		}
	}
	for _, info := range tools.Describe() {
		for _, op := range info.Operations {
			for _, d := range c.documentedErrors(op) {
				for _, given := range calls[info.Name] {
					try(info, d, given)
				}
			}
		}
	}
	if seen < 300 || len(codes) < 20 {
		t.Errorf("got %d errors of %d codes, want 300 and 20 at the least", seen, len(codes))
	}
}

// vagueSteps are the steps of codes that nobody knows, by status.
func vagueSteps(t *testing.T, b *toolstest.Bench, choose func(documentedError) func() bool) map[int]string {
	t.Helper()
	vague := map[int]string{}
	list := tools.Operation{Method: http.MethodGet, Path: "/v3/voices"}
	for _, status := range []int{400, 401, 402, 403, 404, 409, 418, 422, 500, 503} {
		choose(documentedError{list, status, "a_code_of_tomorrow"})
		vague[status], _ = b.CallTool(t, "list_voices", `{}`)["next_step"].(string)
	}
	return vague
}

// checkStep holds one refusal.
func checkStep(t *testing.T, where string, d documentedError, res map[string]any, vague map[int]string) {
	t.Helper()
	step, _ := res["next_step"].(string)
	if res["error_code"] != d.code {
		t.Errorf("%s: got %v, want its code", where, res)
		return
	}
	// What a status says of itself is all there is to say of these.
	plain := d.code == "invalid_parameter" || d.code == "unauthorized"
	if step == "" || !plain && (step == vague[d.status] || step == vague[418]) {
		t.Errorf("%s: got the step of any code, %q", where, step)
	}
	if regexp.MustCompile(`[<>]|HeyGen's [A-Z]+ /`).MatchString(step) {
		t.Errorf("%s: got %q, which names an operation that no tool calls", where, step)
	}
	want := false
	switch d.status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		want = true
	case http.StatusConflict:
		// An upload that HeyGen does not see yet may be seen later.
		upload := d.code == "conflict" && strings.HasSuffix(d.Path, "/complete")
		want = d.code == "request_in_progress" || strings.HasSuffix(d.code, "_not_ready") || upload
	}
	if res["retryable"] != want {
		t.Errorf("%s: got retryable %v, want %v", where, res["retryable"], want)
	}
	param, named := res["param"].(string)
	message, _ := res["message"].(string)
	if d.status == http.StatusNotFound && named && !strings.Contains(message, param) {
		t.Errorf("%s: got %q, want a message about %s", where, message, param)
	}
}

// unknownWords are the words of a refusal that look like a name and are none: of a tool, or of an
// argument or a member of the tool that was called or of those that are named.
func unknownWords(declared []engine.BoundTool, info tools.Info, res map[string]any) []string {
	text := fmt.Sprint(res["message"], " ", res["next_step"], " ", res["param"])
	text = regexp.MustCompile(`(idempotency_key|request_id) "[^"]*"|https://\S+`).
		ReplaceAllString(text, "$1")
	words := regexp.MustCompile(`[a-z]+(_[a-z0-9]+)+`).FindAllString(text, -1)
	known := []string{"heygen_message", "heygen_errors", "node_id"}
	for _, k := range tools.JobKinds() {
		known = append(known, k.Name)
	}
	for _, e := range declared {
		if e.Name != info.Name && !slices.Contains(words, e.Name) {
			continue
		}
		known = append(known, e.Name)
		known = append(known, e.Outputs()...)
		for name := range e.Input().Names() {
			known = append(known, name)
		}
	}
	return slices.DeleteFunc(words, func(w string) bool { return slices.Contains(known, w) })
}

// TestStepsAreOfDocumentedOperations holds that no step waits for an operation or a code that
// HeyGen's document does not have.
func TestStepsAreOfDocumentedOperations(t *testing.T) {
	t.Parallel()
	c := readWritten(t)
	for key := range refusals.NextSteps() {
		code, op, found := strings.Cut(key, " ")
		if !found {
			continue
		}
		method, path, _ := strings.Cut(op, " ")
		all := c.documentedErrors(tools.Operation{Method: method, Path: path})
		if !slices.ContainsFunc(all, func(d documentedError) bool { return d.code == code }) {
			t.Errorf("%q: the document has %d codes of the operation, want this one too", key, len(all))
		}
	}
}
