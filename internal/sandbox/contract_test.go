package sandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"heygen-mcp/internal/sandbox/contract/contracttest"
)

// judge holds every answer that a test of this package gets against the contract, and remembers
// which operations answered at all.
type judge struct {
	doc *contracttest.Document

	mu       sync.Mutex
	answered map[string]bool
}

// theJudge is one for all tests: it reads a large file, and what it remembers is of all of them.
var theJudge = sync.OnceValues(newJudge) //nolint:gochecknoglobals // set once, and only tests see it

func newJudge() (*judge, error) {
	doc, err := contracttest.Open("../../heygen/testdata/v3.json")
	return &judge{doc: doc, answered: map[string]bool{}}, err
}

// check returns what is wrong with an answer.
func (j *judge) check(method, path string, status int, header http.Header, body string) error {
	name := j.doc.Operation(method, path)
	if name == "" || header.Get(contracttest.FaultHeader) != "" {
		return nil // not an operation of v3, or not an answer of v3
	}
	if err := j.doc.CheckAnswer(name, status, header, []byte(body)); err != nil {
		return err
	}
	if status < 400 {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.answered[name] = true
	}
	return nil
}

// unanswered are the mounted operations that neither a test of this package nor a conversation of tools saw succeed.
func (j *judge) unanswered() ([]string, error) {
	s, err := New(Config{})
	if err != nil {
		return nil, err
	}
	spoken, err := inConversations("../../tools/testdata")
	if err != nil {
		return nil, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	missing := map[string]bool{}
	for _, one := range s.v3Routes() {
		if name := one.Method + " " + one.Path; !j.answered[name] && !spoken[name] {
			missing[name] = true
		}
	}
	return slices.Sorted(maps.Keys(missing)), nil
}

// inConversations are the operations of the tools that a conversation calls with success: there a
// recorder stands in front of the sandbox, and holds each answer against the contract as the judge
// does. A tool of several operations may leave some of them out, and counts for none.
func inConversations(dir string) (map[string]bool, error) {
	files, err := filepath.Glob(filepath.Join(dir, "calls", "*.txtar"))
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(raw)) {
			words := strings.Fields(line)
			if len(words) < 2 || words[0] != "call" {
				continue
			}
			raw, err := os.ReadFile(filepath.Join(dir, "tools", words[1]+".json"))
			if err != nil {
				return nil, err
			}
			var tool struct {
				Operations []struct{ Method, Path string }
			}
			if err := json.Unmarshal(raw, &tool); err != nil {
				return nil, err
			}
			if len(tool.Operations) == 1 {
				seen[tool.Operations[0].Method+" "+tool.Operations[0].Path] = true
			}
		}
	}
	return seen, nil
}

// judged checks an answer of the sandbox that a test got.
func (b *box) judged(method, path string, r reply) {
	b.t.Helper()
	j, err := theJudge()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := j.check(method, path, r.status, r.header, r.body); err != nil {
		b.t.Errorf("%s %s answered %d %s: %v", method, path, r.status, r.body, err)
	}
}

func TestTheJudgeSeesWhatIsMissing(t *testing.T) {
	t.Parallel()
	j, err := newJudge()
	if err != nil {
		t.Fatal(err)
	}
	answered := http.Header{"Content-Type": {"application/json"}}
	if err := j.check("GET", "/v3/videos/v", 200, answered, `{"data":{"id":"v","status":"pending"}}`); err != nil {
		t.Error(err)
	}
	const unspoken = "GET /v3/assets" // its tool has a second operation
	if missing, err := j.unanswered(); err != nil || !slices.Contains(missing, unspoken) || slices.Contains(missing, "GET /v3/videos/{video_id}") {
		t.Errorf("%v are missing (%v), want %s among them and no operation that was answered", missing, err, unspoken)
	}
	seen, err := inConversations("../../tools/testdata")
	if err != nil || !seen["GET /v3/folders/{folder_id}"] || seen[unspoken] {
		t.Errorf("conversations saw %v succeed (%v), want GET /v3/folders/{folder_id} among them and not %s", seen, err, unspoken)
	}
}

// TestEveryOperationIsMounted holds that nothing of v3 is left out.
func TestEveryOperationIsMounted(t *testing.T) {
	t.Parallel()
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	mounted := map[string]bool{}
	for _, one := range s.v3Routes() {
		mounted[one.Method+" "+one.Path] = true
	}
	for _, name := range slices.Sorted(maps.Keys(s.Contract.Operations)) {
		if !mounted[name] {
			t.Errorf("%s is not mounted", name)
		}
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
