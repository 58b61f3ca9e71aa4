package records_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools"
	"heygen-mcp/tools/records"
	"heygen-mcp/tools/toolstest"
)

// readRecord reads a record of a name, and gives what it says or the refusal.
func readRecord(ctx context.Context, t *testing.T, b *toolstest.Bench, name, id string) (string, *exchange.Refusal) {
	t.Helper()
	for _, r := range records.Templates() {
		if r.Name != name {
			continue
		}
		text, err := b.ReadURI(ctx, t, strings.Replace(r.URI, "{"+r.Argument+"}", id, 1))
		if err == nil {
			return text, nil
		}
		refusal, ours := errors.AsType[*exchange.Refusal](err)
		if !ours {
			refusal = &exchange.Refusal{Message: "a Go error: " + err.Error()}
		}
		return "", refusal
	}
	t.Fatalf("no record %s", name)
	return "", nil
}

// TestTemplatesMatchTheirTools holds that what a template leaves open is what its tool takes, and can be completed.
func TestTemplatesMatchTheirTools(t *testing.T) {
	t.Parallel()
	infos := map[string]tools.Info{}
	for _, info := range tools.Describe() {
		infos[info.Name] = info
	}
	for _, r := range records.Templates() {
		if got := regexp.MustCompile(`\{([a-z_]+)\}`).FindAllStringSubmatch(r.URI, -1); len(got) != 1 || got[0][1] != r.Argument {
			t.Errorf("%s leaves open %v", r.URI, got)
		}
		var schema struct {
			Required []string `json:"required"`
		}
		if err := json.Unmarshal(infos[r.Tool].InputSchema, &schema); err != nil || len(schema.Required) != 1 || schema.Required[0] != r.Argument {
			t.Errorf("%s needs %v, %v", r.Tool, schema.Required, err)
		}
		if info, known := infos[records.SuggestedBy(r.Argument)]; !known || info.Effect != tools.Reads {
			t.Errorf("%s is not completed", r.Argument)
		}
	}
}

// TestRecords holds that a record is what its get tool answers, and no way around a limit.
func TestRecords(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	look := b.FirstLook(t)
	var read, called map[string]any
	text, refusal := readRecord(t.Context(), t, b, "look", look)
	if refusal != nil || json.Unmarshal([]byte(text), &read) != nil {
		t.Fatalf("%v in %s", refusal, text)
	}
	called = b.CallTool(t, "get_avatar_look", fmt.Sprintf(`{"look_id":%q}`, look))
	if fmt.Sprint(read) != fmt.Sprint(called) {
		t.Errorf("%v\nand the tool says\n%v", read, called)
	}
	ctx, err := b.Choose(t.Context(), [][]string{{"voices"}}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, refusal := readRecord(ctx, t, b, "look", look); refusal == nil || refusal.Code != mcp.RESOURCE_NOT_FOUND {
		t.Errorf("a record was read past the limit: %v", refusal)
	}
}

// TestCoreIsNoLimitForRecords holds that what needs no definition in a model's context is there on the
// plain endpoint too, as far as the operator allows.
func TestCoreIsNoLimitForRecords(t *testing.T) {
	t.Parallel()
	for _, readOnly := range []bool{false, true} {
		for _, c := range []struct {
			limit, asked []string
			reads        bool
		}{{nil, nil, true}, {nil, []string{tools.Core}, false}, {[]string{tools.Core}, nil, false}, {[]string{"voices"}, nil, true}} {
			catalog := toolstest.Limited(t, false, c.limit...)
			var sets [][]string
			if c.asked != nil {
				sets = append(sets, c.asked)
			}
			ctx, err := catalog.Choose(t.Context(), sets, nil, readOnly)
			if err != nil {
				t.Fatal(err)
			}
			_, refusal := readRecord(ctx, t, catalog, "voice", "v")
			if refused := refusal != nil && strings.Contains(refusal.Message, "does not offer"); refused == c.reads {
				t.Errorf("limit %v, asked %v, read-only %t: %v", c.limit, c.asked, readOnly, refusal)
			}
			if res, known := catalog.Call(ctx, "get_voice", []byte(`{"voice_id":"v"}`), nil); known && c.limit == nil {
				t.Errorf("limit %v, asked %v: the tool was called: %v", c.limit, c.asked, res)
			}
		}
	}
}

// TestRecordRefusals holds what a client is told of a record that cannot be read: HeyGen's refusal with
// what to do next, under the code of the client's era.
func TestRecordRefusals(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	modern := exchange.With(t.Context(), &exchange.Exchange{Modern: true})
	for name, c := range map[string]struct {
		record, id string
		older, now int
		says       string
	}{
		"not there":          {"look", "nobody", mcp.RESOURCE_NOT_FOUND, mcp.INVALID_PARAMS, "list_avatar_looks"},
		"no id":              {"video", "..", mcp.INVALID_PARAMS, mcp.INVALID_PARAMS, "Send an id"},
		"an id that is long": {"video", strings.Repeat("x", 300), mcp.INVALID_PARAMS, mcp.INVALID_PARAMS, "video_id"},
	} {
		for era, ctx := range map[string]context.Context{"older": t.Context(), "modern": modern} {
			want := c.older
			if era == "modern" {
				want = c.now
			}
			_, refusal := readRecord(ctx, t, b, c.record, c.id)
			if refusal == nil || refusal.Code != want || !strings.Contains(refusal.Message, c.says) {
				t.Errorf("%s, %s: got %+v, want refusal not nil, refusal.Code %v and %q in it", name, era, refusal, want, c.says)
				continue
			}
			data, err := json.Marshal(refusal.Data)
			var told map[string]any
			if err != nil || json.Unmarshal(data, &told) != nil || told["uri"] == nil || told["next_step"] == "" {
				t.Errorf("%s, %s: got %s, %v, want no error, json.Unmarshal(data, &told) nil, uri not nil and next_step not empty", name, era, data, err)
			}
			if len(data) > 2000 {
				t.Errorf("%s, %s: %d bytes", name, era, len(data))
			}
		}
	}
	b.Control(t, "faults", `{"method":"GET","path":"/v3/voices/{voice_id}","fault":"rate_limit","times":100}`)
	if _, refusal := readRecord(modern, t, b, "voice", "v"); refusal == nil || refusal.Code != mcp.INTERNAL_ERROR || !strings.Contains(refusal.Message, "Wait ") {
		t.Errorf("HeyGen's refusal became %+v", refusal)
	}
	b.Change(t, func(c *tools.Config) { c.Permits = func(context.Context, tools.Effect) bool { return false } })
	if _, refusal := readRecord(modern, t, b, "voice", "v"); refusal == nil || refusal.Code != mcp.INVALID_REQUEST || !strings.Contains(refusal.Message, "connect again") {
		t.Errorf("a sign-in without the right got %+v", refusal)
	}
}

// TestRecordsTellNoOthersWords holds the same of the errors of resources.
func TestRecordsTellNoOthersWords(t *testing.T) {
	t.Parallel()
	b, choose := toolstest.PoisonedBench(t)
	for name, answer := range toolstest.PoisonedAnswers() {
		choose(answer)
		for _, r := range records.Templates() {
			if _, refusal := readRecord(t.Context(), t, b, r.Name, "j"); refusal != nil && strings.Contains(refusal.Message, toolstest.Marker) {
				t.Errorf("%s, %s: %s", name, r.Name, refusal.Message)
			}
		}
	}
}
