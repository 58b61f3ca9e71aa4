package tools_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// session is what a request may list: the name of its toolset, and whether it only reads.
type session struct {
	set      string
	readOnly bool
	ctx      context.Context //nolint:containedctx // the choice of the request is in it
	listed   map[string]bool
}

// sessions are those of every toolset, each with everything and with what only reads.
func sessions(t *testing.T, b *toolstest.Bench) []session {
	t.Helper()
	var all []session
	for _, set := range tools.Toolsets() {
		for _, readOnly := range []bool{false, true} {
			ctx, err := b.Choose(t.Context(), [][]string{{set}}, nil, readOnly)
			if err != nil {
				t.Fatal(err)
			}
			s := session{set: set, readOnly: readOnly, ctx: ctx, listed: map[string]bool{}}
			for _, tool := range b.Visible(ctx, slices.Collect(maps.Values(b.Declared()))) {
				s.listed[tool.Name] = true
			}
			all = append(all, s)
		}
	}
	return all
}

// String names the session.
func (s *session) String() string {
	if s.readOnly {
		return "/mcp/x/" + s.set + "/readonly"
	}
	return "/mcp/x/" + s.set
}

// call calls a tool as the session can: by its name, or by one that calls others; known is false
// where it cannot.
func (s *session) call(t *testing.T, b *toolstest.Bench, info tools.Info, raw string) (res map[string]any, known bool) {
	t.Helper()
	name := info.Name
	if !s.listed[name] {
		for _, through := range []string{"call_read_tool", "call_tool"} {
			if s.listed[through] && (through == "call_tool" || info.Effect == tools.Reads) {
				name = through
				raw = fmt.Sprintf(`{"name":%q,"arguments":%s}`, info.Name, raw)
				break
			}
		}
	}
	if !s.listed[name] || strings.HasPrefix(info.Name, "call_") && name != info.Name {
		return nil, false
	}
	out, ok := b.Call(s.ctx, name, json.RawMessage(raw), nil)
	if !ok || out.Result == nil {
		t.Fatalf("%s at %s: got no result", info.Name, s)
	}
	return toolstest.DecodeResult(t, out.Result), true
}

// lost are the tools that advice names and that the session can neither call nor is told the place
// of.
func (s *session) lost(all []session, step string, names map[string]bool) []string {
	var lost []string
	for word := range strings.FieldsFuncSeq(step, func(c rune) bool { return c != '_' && (c < 'a' || c > 'z') }) {
		if names[word] && !s.listed[word] && !s.told(all, step, word) {
			lost = append(lost, word)
		}
	}
	return lost
}

// told reports whether advice says truly how to come to a tool.
func (s *session) told(all []session, step, tool string) bool {
	if by := regexp.MustCompile(`Call ([a-z_, ]+) by (call_\w+)\.`).FindStringSubmatch(step); by != nil {
		if slices.Contains(strings.Split(by[1], ", "), tool) {
			return s.listed[by[2]]
		}
	}
	for _, at := range regexp.MustCompile(`([a-z_, ]+) \(at (/mcp/x/[a-z]+)\)`).FindAllStringSubmatch(step, -1) {
		listed := strings.TrimSpace(strings.TrimPrefix(at[1], ", "))
		if !slices.Contains(strings.Split(listed, ", "), tool) {
			continue
		}
		return slices.ContainsFunc(all, func(o session) bool { return o.String() == at[2] && o.listed[tool] })
	}
	return false
}

// TestEveryWayOutIsOpen holds, for each session that can call a tool and for each error that HeyGen
// documents, that what the tool advises names only tools that the session can call, or says where
// they are.
func TestEveryWayOutIsOpen(t *testing.T) {
	t.Parallel()
	c, calls := readWritten(t), tried(t)
	b, choose := errorBench(t)
	all, names := sessions(t, b), map[string]bool{}
	for _, info := range tools.Describe() {
		names[info.Name] = true
	}
	seen, elsewhere := 0, 0
	for _, info := range tools.Describe() {
		for _, op := range info.Operations {
			for _, d := range c.documentedErrors(op) {
				for _, given := range calls[info.Name] {
					if info.Name == "wait_for_jobs" && given["kind"] != "video" {
						continue // it refuses alike for every kind
					}
					met := choose(d)
					raw, err := jsonwrite.Marshal(given)
					if err != nil {
						t.Fatal(err)
					}
					for i := range all {
						s := &all[i]
						res, known := s.call(t, b, info, string(raw))
						if !known {
							continue
						}
						if !met() {
							break // it calls another operation
						}
						seen++
						step, _ := res["next_step"].(string)
						if strings.Contains(step, "(at /mcp/x/") {
							elsewhere++
						}
						for _, tool := range s.lost(all, step, names) {
							t.Errorf("%s at %s, %s %s %d %s: got %q; want it to say where %s is",
								info.Name, s, d.Method, d.Path, d.status, d.code, step, tool)
						}
					}
				}
			}
		}
	}
	if seen < 2000 || elsewhere < 50 {
		t.Errorf("got %d refusals, %d of them about tools of elsewhere; want 2000 and 50 at the least", seen, elsewhere)
	}
}

// TestOurOwnWaysOutAreOpen is the same for what this server refuses by itself.
func TestOurOwnWaysOutAreOpen(t *testing.T) {
	t.Parallel()
	free := toolstest.New(t)
	benches := map[string]*toolstest.Bench{
		"arguments": free,
		"permission": free.With(t, func(c *tools.Config) {
			c.Permits = func(_ context.Context, e tools.Effect) bool { return e == tools.Reads }
		}),
		"key": free.With(t, func(c *tools.Config) {
			c.HasKey = func(context.Context) bool { return false }
		}),
		"confirmation": free.With(t, func(c *tools.Config) {
			c.Confirm, c.ConfirmStrict = tools.ConfirmAll, true
		}),
	}
	calls, names := tried(t), map[string]bool{}
	for _, info := range tools.Describe() {
		names[info.Name] = true
	}
	codes := map[any]bool{}
	for what, b := range benches {
		all := sessions(t, b)
		for _, info := range tools.Describe() {
			given := []string{`{}`, `{"no_such_thing":1}`, `[]`}
			if what != "arguments" {
				raw, err := jsonwrite.Marshal(append(calls[info.Name], map[string]any{})[0])
				if err != nil {
					t.Fatal(err)
				}
				given = []string{string(raw)}
			}
			if what == "confirmation" && info.Effect == tools.Reads {
				continue
			}
			for _, raw := range given {
				for i := range all {
					s := &all[i]
					res, known := s.call(t, b, info, raw)
					if !known || res["error"] == nil {
						continue
					}
					codes[res["error_code"]] = true
					step, _ := res["next_step"].(string)
					if step == "" {
						t.Errorf("%s at %s, %s: got %v; want a next step", info.Name, s, what, res)
					}
					for _, tool := range s.lost(all, step, names) {
						t.Errorf("%s at %s, %s: got %q; want it to say where %s is", info.Name, s, what, step, tool)
					}
				}
			}
		}
	}
	for _, code := range []string{"invalid_parameter", "insufficient_scope", "api_key_required", "confirmation_required"} {
		if !codes[code] {
			t.Errorf("got no refusal with %s, want some", code)
		}
	}
}
