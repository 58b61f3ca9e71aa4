package tools

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
)

// readURI reads a record as an MCP server does that matched its URI with a template.
func (b *bench) readURI(ctx context.Context, t *testing.T, name, id string) (string, *exchange.Refusal) {
	t.Helper()
	for _, r := range records() {
		if r.name != name {
			continue
		}
		var req mcp.ReadResourceRequest
		req.Params.URI = strings.Replace(r.template, "{"+r.argument+"}", id, 1)
		req.Params.Arguments = map[string]any{r.argument: []string{id}}
		contents, err := b.readRecord(ctx, r, req)
		if err == nil {
			return contents[0].(mcp.TextResourceContents).Text, nil
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
	b := newBench(t)
	for _, r := range records() {
		if got := regexp.MustCompile(`\{([a-z_]+)\}`).FindAllStringSubmatch(r.template, -1); len(got) != 1 || got[0][1] != r.argument {
			t.Errorf("%s leaves open %v", r.template, got)
		}
		var schema struct {
			Required []string `json:"required"`
		}
		if err := json.Unmarshal(b.tools[b.byName[r.tool]].info.InputSchema, &schema); err != nil || len(schema.Required) != 1 || schema.Required[0] != r.argument {
			t.Errorf("%s needs %v, %v", r.tool, schema.Required, err)
		}
		from, ok := completions(r.argument)
		if i, known := b.byName[from.tool]; !ok || !known || b.tools[i].info.Effect != Reads {
			t.Errorf("%s is not completed", r.argument)
		}
	}
}

// TestRecords holds that a record is what its get tool answers, and no way around a limit.
func TestRecords(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	look := b.firstLook(t)
	var read, called map[string]any
	text, refusal := b.readURI(t.Context(), t, "look", look)
	if refusal != nil || json.Unmarshal([]byte(text), &read) != nil {
		t.Fatalf("%v in %s", refusal, text)
	}
	called = b.call(t, "get_avatar_look", fmt.Sprintf(`{"look_id":%q}`, look))
	if fmt.Sprint(read) != fmt.Sprint(called) {
		t.Errorf("%v\nand the tool says\n%v", read, called)
	}
	ctx, err := b.Choose(t.Context(), [][]string{{"voices"}}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, refusal := b.readURI(ctx, t, "look", look); refusal == nil || refusal.Code != mcp.RESOURCE_NOT_FOUND {
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
		}{{nil, nil, true}, {nil, []string{Core}, false}, {[]string{Core}, nil, false}, {[]string{"voices"}, nil, true}} {
			catalog := limited(t, false, c.limit...)
			var sets [][]string
			if c.asked != nil {
				sets = append(sets, c.asked)
			}
			ctx, err := catalog.Choose(t.Context(), sets, nil, readOnly)
			if err != nil {
				t.Fatal(err)
			}
			_, refusal := catalog.read(ctx, "get_voice", map[string]any{"voice_id": "v"})
			if refused := refusal != nil && refusal.Code == notOffered; refused == c.reads {
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
	b := newBench(t)
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
			_, refusal := b.readURI(ctx, t, c.record, c.id)
			if refusal == nil || refusal.Code != want || !strings.Contains(refusal.Message, c.says) {
				t.Errorf("%s, %s: %+v", name, era, refusal)
				continue
			}
			data, err := json.Marshal(refusal.Data)
			var told map[string]any
			if err != nil || json.Unmarshal(data, &told) != nil || told["uri"] == nil || told["next_step"] == "" {
				t.Errorf("%s, %s: %s, %v", name, era, data, err)
			}
			if len(data) > 2000 {
				t.Errorf("%s, %s: %d bytes", name, era, len(data))
			}
		}
	}
	b.control(t, "faults", `{"method":"GET","path":"/v3/voices/{voice_id}","fault":"rate_limit","times":100}`)
	if _, refusal := b.readURI(modern, t, "voice", "v"); refusal == nil || refusal.Code != mcp.INTERNAL_ERROR || !strings.Contains(refusal.Message, "Wait ") {
		t.Errorf("HeyGen's refusal became %+v", refusal)
	}
	barred := *b.Catalog
	barred.cfg.Permits = func(context.Context, Effect) bool { return false }
	b.Catalog = &barred
	if _, refusal := b.readURI(modern, t, "voice", "v"); refusal == nil || refusal.Code != mcp.INVALID_REQUEST || !strings.Contains(refusal.Message, "connect again") {
		t.Errorf("a sign-in without the right got %+v", refusal)
	}
}

// TestOurFaultsStayInside holds that what is no affair of a client's is a Go error, which transport keeps.
func TestOurFaultsStayInside(t *testing.T) {
	t.Parallel()
	err := unread(t.Context(), "heygen://videos/x", refusalOf(errors.New("the secret"), attempt{}))
	if _, ours := errors.AsType[*exchange.Refusal](err); ours || err == nil {
		t.Errorf("%v", err)
	}
}
