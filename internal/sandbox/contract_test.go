package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/contract/contracttest"
)

// judge holds every answer that a test of this package gets against the contract, and remembers
// which operations answered at all.
type judge struct {
	contract *contract.Contract
	compiler *jsonschema.Compiler
	codes    map[int][]any // of refusals, by status

	mu       sync.Mutex
	schemas  map[string]*jsonschema.Schema
	answered map[string]bool
}

// theJudge is one for all tests: it reads a large file, and what it remembers is of all of them.
var theJudge = sync.OnceValues(newJudge) //nolint:gochecknoglobals // set once, and only tests see it

func newJudge() (*judge, error) {
	compiler, doc, err := contracttest.Compiler("../../heygen/testdata/v3.json")
	if err != nil {
		return nil, err
	}
	j := &judge{
		compiler: compiler, schemas: map[string]*jsonschema.Schema{}, answered: map[string]bool{},
		// Codes that are known from elsewhere than the contract.
		codes: map[int][]any{400: {"resource_limit_exceeded", "ephemeral_upload_disabled", "hyperframes_project_invalid"}},
	}
	for status, name := range map[int]string{
		400: "BadRequest", 401: "Unauthorized", 402: "PaymentRequired", 403: "Forbidden", 404: "NotFound", 409: "Conflict",
		413: "PayloadTooLarge", 429: "TooManyRequests", 500: "InternalError",
	} {
		j.codes[status] = append(j.codes[status], contracttest.Elements(contracttest.Part(doc, "components", "responses", name, "x-error-codes"))...)
	}
	j.contract, err = contract.Read()
	return j, err
}

// operation finds the template that a path fits, with as few parameters as may be.
func (j *judge) operation(method, path string) string {
	best, holes := "", 0
	for name := range j.contract.Operations {
		of, template, _ := strings.Cut(name, " ")
		if n := strings.Count(template, "{"); of == method && fitsTemplate(path, template) && (best == "" || n < holes) {
			best, holes = template, n
		}
	}
	return best
}

func fitsTemplate(path, template string) bool {
	return slices.EqualFunc(strings.Split(path, "/"), strings.Split(template, "/"), func(have, want string) bool {
		return have == want || have != "" && strings.HasPrefix(want, "{")
	})
}

// check returns what is wrong with an answer.
func (j *judge) check(method, path string, status int, answer any) error {
	template := j.operation(method, path)
	if template == "" {
		return nil // not an operation of v3
	}
	pointer := "#/components/schemas/ErrorEnvelope"
	if status < 400 {
		escaped := strings.NewReplacer("/", "~1", "{", "%7B", "}", "%7D").Replace(template)
		pointer = "#/paths/" + escaped + "/" + strings.ToLower(method) + "/responses/" + strconv.Itoa(status) + "/content/application~1json/schema"
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	schema, ok := j.schemas[pointer]
	if !ok {
		var err error
		if schema, err = j.compiler.Compile(contracttest.URL + pointer); err != nil {
			return fmt.Errorf("status %d is not declared: %w", status, err)
		}
		j.schemas[pointer] = schema
	}
	if err := schema.Validate(answer); err != nil {
		return err
	}
	if code := contracttest.Part(answer, "error", "code"); status >= 400 && !slices.Contains(j.codes[status], code) {
		return fmt.Errorf("v3 has no code %v of status %d", code, status)
	}
	if status < 400 {
		j.answered[method+" "+template] = true
	}
	return nil
}

// unanswered are the mounted operations that no test saw succeed.
func (j *judge) unanswered() ([]string, error) {
	s, err := New(Config{})
	if err != nil {
		return nil, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	missing := map[string]bool{}
	for _, one := range s.v3Routes() {
		if name := one.Method + " " + one.Path; !j.answered[name] {
			missing[name] = true
		}
	}
	return slices.Sorted(maps.Keys(missing)), nil
}

// judged checks an answer of the sandbox that a test got.
func (b *box) judged(method, path string, r reply) {
	b.t.Helper()
	if b.bent.Load() || r.header.Get("Content-Type") != "application/json" {
		return
	}
	j, err := theJudge()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := j.check(method, path, r.status, r.at()); err != nil {
		b.t.Errorf("%s %s answered %d %s: %v", method, path, r.status, r.body, err)
	}
}

func TestTheJudgeSeesWhatIsWrong(t *testing.T) {
	t.Parallel()
	j, err := newJudge()
	if err != nil {
		t.Fatal(err)
	}
	video := map[string]any{"id": "v", "status": "pending"}
	for name, c := range map[string]struct {
		method, path string
		status       int
		answer       map[string]any
		wrong        bool
	}{
		"fits":               {"GET", "/v3/videos/v", 200, map[string]any{"data": video}, false},
		"a member missing":   {"GET", "/v3/videos/v", 200, map[string]any{"data": map[string]any{"id": "v"}}, true},
		"a member misspelt":  {"GET", "/v3/videos/v", 200, map[string]any{"data": map[string]any{"id": "v", "status": "pending", "titel": "x"}}, true},
		"another status":     {"GET", "/v3/videos/v", 202, map[string]any{"data": video}, true},
		"static before hole": {"GET", "/v3/videos/statuses", 200, map[string]any{"data": video}, true},
		"a refusal":          {"GET", "/v3/videos/v", 404, map[string]any{"error": map[string]any{"code": "video_not_found", "message": "m"}}, false},
		"a code of another":  {"GET", "/v3/videos/v", 400, map[string]any{"error": map[string]any{"code": "video_not_found", "message": "m"}}, true},
		"a wrong refusal":    {"GET", "/v3/videos/v", 404, map[string]any{"error": "c"}, true},
		"not of v3":          {"GET", "/v4/videos", 200, map[string]any{}, false},
	} {
		if err := j.check(c.method, c.path, c.status, c.answer); (err != nil) != c.wrong {
			t.Errorf("%s: %v", name, err)
		}
	}
	if missing, err := j.unanswered(); err != nil || !slices.Contains(missing, "GET /v3/videos") || slices.Contains(missing, "GET /v3/videos/{video_id}") {
		t.Errorf("%v, %v", missing, err)
	}
}

// TestPlainReadsAnswer reads what no other test has a reason to.
func TestPlainReadsAnswer(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	b.control("faults", `{"method":"POST","path":"/v3/videos","fault":"fail"}`)
	b.finished()
	for _, path := range []string{
		"/v3/avatars?ownership=private", "/v3/avatars/looks?limit=50", "/v3/voices?limit=100", "/v3/voices?type=private", "/v3/videos",
	} {
		b.do(http.MethodGet, path, "").want(http.StatusOK, "")
	}
}
