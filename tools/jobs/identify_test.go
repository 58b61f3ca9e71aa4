package jobs_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/toolstest"
)

// TestKindsAreFoundOut holds of every kind of job that a wait without a kind finds it, with few calls.
func TestKindsAreFoundOut(t *testing.T) {
	t.Parallel()
	for kind := range toolstest.New(t).Creates(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			b := toolstest.New(t)
			create := b.Creates(t)[kind]
			with, _ := b.CallTool(t, create[0], create[1])["wait_with"].(map[string]any)
			ids, _ := with["ids"].([]any)
			if len(ids) == 0 {
				t.Fatalf("%s does not say what to wait for", create[0])
			}
			res := b.CallTool(t, "wait_for_jobs", fmt.Sprintf(`{"ids":[%q],"timeout_seconds":0}`, ids[0]))
			if res["kind"] != kind {
				t.Errorf("got %v, want the kind %s", res, kind)
			}
		})
	}
}

// TestFindingOutIsBounded holds how often HeyGen is asked about ids that nobody knows, that ids of a
// known form are looked for where they belong, and that a sign-in that has ended ends it.
func TestFindingOutIsBounded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ids    string
		status int
		most   int
		code   string
	}{
		{`"a","b","c","d","e","f","g","h","i","j"`, http.StatusNotFound, 32, "invalid_parameter"},
		{`"btch_0123"`, http.StatusNotFound, 28, "invalid_parameter"},
		{`"a","b"`, http.StatusUnauthorized, 1, "unauthorized"},
	} {
		var mu sync.Mutex
		var asked []string
		b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked = append(asked, r.URL.Path)
			mu.Unlock()
			code := map[int]string{http.StatusNotFound: "not_found", http.StatusUnauthorized: "unauthorized"}[c.status]
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, `{"error":{"code":"`+code+`","message":"No."}}`)
		}, "it refuses all with one code")
		res := b.CallTool(t, "wait_for_jobs", `{"ids":[`+c.ids+`]}`)
		if res["error_code"] != c.code || len(asked) > c.most {
			t.Errorf("%s: got %v after %d calls, want %s after %d at the most", c.ids, res, len(asked), c.code, c.most)
		}
		if strings.HasPrefix(c.ids, `"btch_`) && !strings.Contains(asked[0], "/batches/") {
			t.Errorf("a batch was first looked for at %s", asked[0])
		}
	}
}

// TestManyAreFoundOut holds that many jobs of several kinds, which HeyGen tells of one by one, are
// found in one wait: by the lists of what was made and by what others were, and by the record of
// this server without asking HeyGen.
func TestManyAreFoundOut(t *testing.T) {
	t.Parallel()
	for _, recorded := range []bool{false, true} {
		b := toolstest.New(t)
		if recorded {
			b.KeepLedger(t)
		}
		var ids []string
		for range 6 {
			creates := b.Creates(t)
			for _, kind := range []string{"proofread", "podcast", "hyperframes_render", "filler_word_removal", "video"} {
				with, _ := b.CallTool(t, creates[kind][0], creates[kind][1])["wait_with"].(map[string]any)
				made, _ := with["ids"].([]any)
				for _, id := range made {
					ids = append(ids, fmt.Sprintf("%q", id))
				}
			}
			b.Pass(t, "700") // equal creates within ten minutes are one
		}
		res := b.CallTool(t, "wait_for_jobs", `{"ids":[`+strings.Join(ids, ",")+`],"timeout_seconds":0}`)
		found := 0
		for _, group := range []string{"done", "pending", "asking"} {
			rows, _ := res[group].([]any)
			found += len(rows)
		}
		if len(ids) < 30 || found != len(ids) {
			t.Errorf("recorded %v: %d of %d ids are found: %v", recorded, found, len(ids), res["unknown"])
		}
	}
}

// TestRecordedKindsAreKnown holds that a wait without a kind for what was made through this server
// asks HeyGen for nothing else.
func TestRecordedKindsAreKnown(t *testing.T) {
	t.Parallel()
	asked := map[string]int{}
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		_, _ = io.WriteString(w, `{"data":{"id":"p","status":"processing"}}`)
	}, "it says of jobs what a wait reads, and no more")
	book := b.KeepLedger(t)
	r, err := book.Begin(t.Context(), ledger.Entry{Account: "caller", Kind: "podcast", Tool: "create_podcast"}, nil, b.Now)
	if err == nil {
		err = book.Answered(t.Context(), r.ID, []string{"p"})
	}
	if err != nil {
		t.Fatal(err)
	}
	res := b.CallTool(t, "wait_for_jobs", `{"ids":["p"],"timeout_seconds":0}`)
	if res["kind"] != "podcast" || len(asked) != 1 || asked["/v3/podcasts/p"] != 1 {
		t.Errorf("got %v after %v, want one look at the podcast", res, asked)
	}
}
