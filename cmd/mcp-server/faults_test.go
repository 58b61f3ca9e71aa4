package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools"
)

// creation is a call that makes something: a line of a script, to be played after those before it.
type creation struct {
	script script
	line   int
	info   tools.Info
	args   string
}

// creations are the first call of every creating tool in the scripts of the tools.
func creations(t *testing.T) []creation {
	t.Helper()
	infos := map[string]tools.Info{}
	for _, info := range tools.Describe() {
		if info.Effect == tools.Creates && len(info.Operations) > 0 {
			infos[info.Name] = info
		}
	}
	var found []creation
	for _, s := range readScripts(t, callsDir) {
		for i, line := range s.steps {
			verb, rest, _ := strings.Cut(line, " ")
			tool, args, _ := strings.Cut(rest, " ")
			if info, ok := infos[tool]; ok && verb == "call" {
				found = append(found, creation{s, i, info, args})
				delete(infos, tool)
			}
		}
	}
	for name := range infos {
		t.Errorf("no script calls %s", name)
	}
	return found
}

// TestEveryFaultOnEveryCreate holds that no fault makes or charges anything twice. Where v3 takes a
// key the create comes through, or its refusal says how to repeat it, and the repeat is the same
// create; where v3 takes none it is sent once after an unclear end, and the result says so.
func TestEveryFaultOnEveryCreate(t *testing.T) {
	t.Parallel()
	for _, c := range creations(t) {
		t.Run(c.info.Name, func(t *testing.T) {
			t.Parallel()
			for _, fault := range []string{"rate_limit", "html_502", "slow", "lost", "cut", "new_field", "unknown_status"} {
				c.meets(t, fault)
			}
		})
	}
}

// meets plays the script up to the creation, lets the fault happen to it, and counts.
func (c *creation) meets(t *testing.T, fault string) {
	t.Helper()
	a := newActor(t, c.script)
	a.play(c.line)
	op := c.info.Operations[0]
	a.control(t, "faults", fmt.Sprintf(`{"method":%q,"path":%q,"fault":%q,"times":1,"hold_seconds":0.02}`, op.Method, op.Path, fault))
	before := len(a.made(op))
	args := a.fill(c.args)
	first := a.stack.tool(t, a.account, c.info.Name, args)
	sent := a.made(op)[before:]
	done := slices.DeleteFunc(slices.Clone(sent), func(one call) bool { return !one.Done })
	unclear := fault == "lost" || fault == "cut" || fault == "html_502"
	if len(done) > 1 {
		t.Errorf("%s: it was done %d times", fault, len(done))
	}
	if strings.Contains(string(c.info.InputSchema), "idempotency_key") || strings.Contains(string(c.info.InputSchema), "request_id") {
		if first["error"] != nil {
			t.Errorf("%s: got %v, want error nil", fault, first)
			return
		}
		again := a.stack.tool(t, a.account, c.info.Name, args)
		if fault != "new_field" && fault != "unknown_status" && !sameIDs(first, again) {
			t.Errorf("%s: the repeat is another: %v, then %v", fault, first, again)
		}
		if n := len(slices.DeleteFunc(a.made(op)[before:], func(one call) bool { return !one.Done })); n != 1 {
			t.Errorf("%s: with its repeat it was done %d times", fault, n)
		}
		return
	}
	if unclear && (len(sent) != 1 || first["error"] != true || first["retryable"] != false || !strings.Contains(fmt.Sprint(first["next_step"]), "whether it happened")) {
		t.Errorf("%s without a key: sent %d times, then %v", fault, len(sent), first)
	}
	if !unclear && first["error"] != nil {
		t.Errorf("%s: %v", fault, first)
	}
}

// made are the requests of an operation by this actor so far.
func (a *actor) made(op tools.Operation) []call {
	a.t.Helper()
	var found []call
	for _, one := range a.seen(a.t) {
		if one.Account == a.account && one.Method == op.Method && fits(one.Path, op.Path) {
			found = append(found, one)
		}
	}
	return found
}

// fits compares a path with a template.
func fits(path, template string) bool {
	have, want := strings.Split(path, "/"), strings.Split(template, "/")
	return slices.EqualFunc(have, want, func(h, w string) bool { return h == w || strings.HasPrefix(w, "{") })
}

// sameIDs compares what names the thing made: every member that is or ends in id or ids.
func sameIDs(a, b map[string]any) bool {
	ids := map[string]any{}
	for name, v := range a {
		if name == "id" || strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_ids") {
			ids[name] = v
		}
	}
	for name, v := range ids {
		if !reflect.DeepEqual(v, b[name]) {
			return false
		}
	}
	return true
}
