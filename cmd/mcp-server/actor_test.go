package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"heygen-mcp/tools"
)

// actor plays a script against a server.
type actor struct {
	*stack
	t       *testing.T
	script  script
	account string
	saved   map[string]any
	last    any
	tool    string // the tool of the last call
	body    []byte // the last download

	receivers map[string]*receiver
}

// scriptHosts are those that the scripts have HeyGen send to.
const scriptHosts = "hooks.example,nobody.example,127.0.0.1"

// newActor has a sandbox of its own, whose clock stands still.
func newActor(t *testing.T, s script) *actor {
	t.Helper()
	return newActorOn(t, s, newStack)
}

// newActorOn is newActor on a stack of another kind.
func newActorOn(t *testing.T, s script, kind func(*testing.T, ...string) *stack) *actor {
	t.Helper()
	a := &actor{
		stack: kind(t, "--toolsets", "all,previews,discover", "--callback-hosts", scriptHosts),
		t:     t, script: s, account: s.name, saved: map[string]any{}, receivers: map[string]*receiver{},
	}
	if a.bearers != nil { // before what is counted
		if _, err := a.bearers.of(t.Context(), a.mcpURL, a.account); err != nil {
			t.Fatal(err)
		}
	}
	a.control(t, "clock", `{"hold":true}`)
	return a
}

// play runs the steps up to, and not with, the line end; -1 is all.
func (a *actor) play(end int) {
	a.t.Helper()
	for i, line := range a.script.steps {
		if i == end {
			return
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, rest, _ := strings.Cut(line, " ")
		if err := a.step(verb, strings.TrimSpace(rest)); err != nil {
			a.t.Fatalf("%s.txtar:%d: %s\n%v", a.script.name, i+1, line, err)
		}
	}
}

// step does one step.
func (a *actor) step(verb, rest string) error {
	first, second, _ := strings.Cut(rest, " ")
	second = strings.TrimSpace(second)
	switch verb {
	case "call", "refuse", "reject":
		return a.callStep(verb, first, a.fill(second))
	case "code", "param":
		name := map[string]string{"code": "error_code", "param": "param"}[verb]
		return same(a.member(name), rest)
	case "says":
		if text := fmt.Sprint(a.member("message"), " ", a.member("next_step"), " ", a.member("heygen_message")); !strings.Contains(text, rest) {
			return fmt.Errorf("it says %q", text)
		}
	case "want":
		return a.want(first, a.fill(second))
	case "lack":
		if v := a.member(first); v != nil {
			return fmt.Errorf("it is %v", v)
		}
	case "count":
		list, _ := a.member(first).([]any)
		return same(strconv.Itoa(len(list)), second)
	case "save":
		v := a.member(second)
		if v == nil {
			return fmt.Errorf("there is no %s in %v", second, a.last)
		}
		a.saved[first] = v
	case "repeat":
		return a.repeat(first, second)
	case "key":
		keyed := *a.stack
		keyed.bearers = nil
		a.stack = &keyed
		for range 2 { // each of two replicas looks a key up once, before what is counted
			a.stack.tool(a.t, a.account, "get_current_user", "{}")
		}
	case "pages":
		shows := *a.stack
		shows.session = "apps-script" // of a client that shows pages
		a.stack = &shows
	case "advance":
		a.control(a.t, "clock", `{"advance_seconds":`+rest+`}`)
	case "sandbox":
		a.control(a.t, first, a.fill(second))
	case "keep":
		a.addFile(rest, a.body)
	case "pack":
		return a.pack(first, strings.Fields(second))
	case "put":
		return a.put(strings.Fields(rest))
	case "fetch":
		return a.fetch(a.fill(first), second)
	case "open":
		return a.open(a.fill(first))
	case "holds":
		if !bytes.Contains(a.body, []byte(rest)) {
			return fmt.Errorf("it is %.500q", a.body)
		}
	default:
		return a.receiverStep(verb, first, a.fill(second))
	}
	return nil
}

// callStep calls a tool and holds what comes back against how it should end.
func (a *actor) callStep(verb, tool, args string) error {
	before := len(a.seen(a.t))
	res := a.stack.tool(a.t, a.account, tool, args)
	a.last, a.tool = any(res), tool
	refused := res["error"] == true
	switch {
	case verb == "call" && refused:
		return fmt.Errorf("%v", res)
	case verb != "call" && !refused:
		return fmt.Errorf("it succeeded: %v", res)
	case verb == "call":
		return errors.Join(a.declared(tool, a.seen(a.t)[before:], res), vocabularyFault(res))
	}
	if res["next_step"] == "" || res["message"] == "" || res["error_code"] == "" {
		return fmt.Errorf("a refusal must say what is wrong and what to do: %v", res)
	}
	sent := 0
	for _, one := range a.seen(a.t)[before:] {
		// A server that has not got it yet reads the list of languages to read the arguments.
		if one.Method != http.MethodGet || one.Path != "/v3/video-translations/languages" {
			sent++
		}
	}
	if (verb == "refuse") != (sent == 0) {
		return fmt.Errorf("%d requests reached HeyGen: %v", sent, res)
	}
	return nil
}

// described is what is said of all tools, made once: every step of a script looks at it.
var described = sync.OnceValue(tools.Describe) //nolint:gochecknoglobals // made once, and never changed

// lookUps are what any tool may ask besides, made once too.
var lookUps = sync.OnceValue(tools.LookUps) //nolint:gochecknoglobals // made once, and never changed

// isUnknown reports whether an item of a result tells that there is nothing of its id.
func isUnknown(item any) bool {
	row, _ := item.(map[string]any)
	return row["error_code"] == "not_found"
}

// declared holds that HeyGen was asked only for operations that the tool is said to call. A tool
// that calls others is said to call none, and any may look up what its arguments name. Whose a key
// is the server asks by itself, once. Of ids in res that are unknown it asks what else they may be.
func (a *actor) declared(tool string, asked []call, res map[string]any) error {
	infos := described()
	i := slices.IndexFunc(infos, func(info tools.Info) bool { return info.Name == tool && len(info.Operations) > 0 })
	if i < 0 {
		return nil
	}
	may := slices.Concat(lookUps(), infos[i].Operations)
	if items, _ := res["items"].([]any); slices.ContainsFunc(items, isUnknown) {
		for _, info := range infos {
			may = append(may, slices.DeleteFunc(slices.Clone(info.Operations), func(op tools.Operation) bool { return op.Method != http.MethodGet })...)
		}
	}
	for _, one := range asked {
		if one.Account == a.account && one.Path != "/v3/users/me" && !slices.ContainsFunc(may, func(op tools.Operation) bool {
			return one.Method == op.Method && fits(one.Path, op.Path)
		}) {
			return fmt.Errorf("it asked HeyGen for %s %s, which the tool's operations do not name", one.Method, one.Path)
		}
	}
	return nil
}

// fill puts saved values in the place of their names.
func (a *actor) fill(s string) string {
	return regexp.MustCompile(`"?\$[a-z_]+"?`).ReplaceAllStringFunc(s, func(name string) string {
		v, ok := a.saved[strings.Trim(name, `"$`)]
		if !ok {
			return name
		}
		if text, isText := v.(string); isText {
			return strings.Replace(name, strings.Trim(name, `"`), text, 1)
		}
		raw, err := json.Marshal(v)
		if err != nil {
			a.t.Fatal(err)
		}
		return string(raw)
	})
}

// repeat keeps a list of many values that differ in a number at most.
func (a *actor) repeat(name, rest string) error {
	times, text, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(times)
	if err != nil {
		return err
	}
	list := make([]any, n)
	for i := range list {
		if err := json.Unmarshal([]byte(strings.ReplaceAll(a.fill(text), "%d", strconv.Itoa(i))), &list[i]); err != nil {
			return err
		}
	}
	a.saved[name] = list
	return nil
}

// member finds a member of the last result.
func (a *actor) member(path string) any {
	v := a.last
	if path == "." {
		return v
	}
	for name := range strings.SplitSeq(path, ".") {
		switch t := v.(type) {
		case map[string]any:
			v = t[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(t) {
				return nil
			}
			v = t[i]
		default:
			return nil
		}
	}
	return v
}

// want compares a member with JSON, or asks that it be there.
func (a *actor) want(path, value string) error {
	v := a.member(path)
	if value == "*" {
		if v == nil {
			return fmt.Errorf("there is none in %v", a.last)
		}
		return nil
	}
	var want any
	if err := json.Unmarshal([]byte(value), &want); err != nil {
		want = value // a bare word
	}
	got, _ := json.Marshal(v)
	expected, _ := json.Marshal(want)
	return same(string(got), string(expected))
}

func same(got any, want string) error {
	if fmt.Sprint(got) != want {
		return fmt.Errorf("it is %v", got)
	}
	return nil
}
