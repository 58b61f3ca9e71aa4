package tools_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/toolstest"
)

// recorder answers everything with empty data and keeps the last request.
type recorder struct {
	mu    sync.Mutex
	query map[string][]string
	body  map[string]any
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer func() {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"data":{}}`)
	}()
	if len(r.body) > 0 && req.Method == http.MethodGet {
		return // a look that follows what was sent
	}
	r.query, r.body = req.URL.Query(), map[string]any{}
	raw, _ := io.ReadAll(req.Body)
	_ = json.Unmarshal(raw, &r.body)
}

func (r *recorder) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.query, r.body = nil, nil
}

// TestZeroValues holds that 0, false and "" reach v3 wherever an optional argument may be that: seed 0,
// volume 0 and an empty folder_id mean something. Where "" cannot mean anything, as for an id or a
// language, it is the same as leaving the argument out, which clients with forms send for every field.
func TestZeroValues(t *testing.T) {
	t.Parallel()
	rec := &recorder{}
	srv := httptest.NewServer(rec)
	t.Cleanup(srv.Close)
	b := toolstest.NewAt(t, srv, "it answers everything without data")
	base := exampleCalls(t)
	sent := 0
	for _, e := range tools.Declared() {
		calls := len(e.Operations)
		if len(e.Input().LangLists()) > 0 {
			calls-- // the list of languages comes before what is looked at here
		}
		for _, f := range e.Input().Fields {
			zero, ok := zeroOf(f)
			empty, isText := zero.(string)
			if !ok || f.Required || f.Place == "-" || calls != 1 && e.Op.Method != http.MethodPost {
				continue
			}
			given := map[string]any{}
			maps.Copy(given, base[e.Name])
			if f.Name == "audio_url" || f.Name == "audio_asset_id" {
				delete(given, "script")
			}
			given[f.Name] = zero
			raw, _ := jsonwrite.Marshal(given)
			rec.forget()
			res := b.CallTool(t, e.Name, string(raw))
			if isText && !f.MayBeEmpty() {
				// The same as leaving it out, which a rule between arguments may not allow.
				if rec.body[f.Name] == empty || slices.Contains(rec.query[f.Name], empty) {
					t.Errorf("%s: an empty %s reached v3: %v %v", e.Name, f.Name, rec.query, rec.body)
				}
				continue
			}
			if res["error"] != nil && rec.body == nil {
				t.Errorf("%s %s: %v", e.Name, raw, res)
				continue
			}
			got, inBody := rec.body[f.Name]
			if q, inQuery := rec.query[f.Name]; inQuery {
				got, inBody = q[0], true
			}
			if !inBody || fmt.Sprint(got) != fmt.Sprint(zero) {
				t.Errorf("%s: %s %#v did not reach v3: %v %v", e.Name, f.Name, zero, rec.query, rec.body)
			}
			sent++
		}
	}
	for _, nested := range []string{
		`"voice_settings":{"volume":0,"pitch":0,"engine_settings":{"engine_type":"elevenlabs","stability":0}}`,
		`"watermark":{"image":"a","opacity":0,"placement":{"offset_x":0,"offset_y":0}}`,
	} {
		b.CallTool(t, "create_video_from_avatar", `{"avatar_id":"A","script":"x",`+nested+`}`)
		want := mustDecode(t, `{`+nested+`}`)
		for name, v := range want {
			raw, _ := json.Marshal(rec.body[name])
			for k := range v.(map[string]any) {
				if !strings.Contains(string(raw), `"`+k+`"`) {
					t.Errorf("%s: %s did not reach v3: %s", name, k, raw)
				}
			}
		}
	}
	if sent < 20 {
		t.Errorf("only %d zero values were sent", sent)
	}
}

// zeroOf is the zero value of a field, if the field may be that.
func zeroOf(f inputs.Field) (any, bool) {
	switch f.Type.Kind() {
	case reflect.String:
		return "", true
	case reflect.Bool:
		return false, true
	case reflect.Int, reflect.Float64:
		return 0, (f.Min == nil || *f.Min <= 0) && f.ExclusiveMin == nil
	}
	return nil, false
}

// exampleCalls are the arguments of the first call of each tool in testdata/calls.
func exampleCalls(t *testing.T) map[string]map[string]any {
	t.Helper()
	files, err := filepath.Glob("testdata/calls/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	calls := map[string]map[string]any{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			tool, args, _ := strings.Cut(rest, " ")
			if verb == "call" && calls[tool] == nil {
				calls[tool] = mustDecode(t, args)
			}
		}
	}
	return calls
}
