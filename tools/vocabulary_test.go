package tools_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools"
	"heygen-mcp/tools/vocabulary"
)

// answer is what an operation of the contract answers with, and what the items of its list or its
// batch are; nil for what there is not.
func (c *written) answer(op schema) (object, rows schema) {
	for code, r := range op.at("responses") {
		if !strings.HasPrefix(code, "2") {
			continue
		}
		body := c.resolve(r.(map[string]any)).at("content").at("application/json").at("schema")
		data := c.resolve(c.resolve(body).at("properties").at("data"))
		if items := data.at("items"); items != nil {
			return nil, c.resolve(items)
		}
		if items := c.resolve(data.at("properties").at("items")).at("items"); items != nil {
			return data, c.resolve(items)
		}
		return data, nil
	}
	return nil, nil
}

// TestStatusesHaveStates holds that every status that the contract enumerates, in any answer about
// a kind of job, means a state by declaration and not because it is unknown.
func TestStatusesHaveStates(t *testing.T) {
	t.Parallel()
	c, v := readWritten(t), tools.Vocabulary()
	seen := 0
	check := func(name string, thing *vocabulary.Thing, s schema) {
		if thing == nil || thing.States == nil || s == nil {
			return
		}
		declared := slices.Concat(slices.Collect(maps.Values(thing.States))...)
		status := c.resolve(s.at("properties").at("status"))
		statuses := words(status.list("enum"))
		if only, ok := status["const"].(string); ok {
			statuses = []string{only}
		}
		for _, status := range statuses {
			seen++
			if !slices.ContainsFunc(declared, func(one string) bool { return strings.EqualFold(one, status) }) {
				t.Errorf("%s: the status %q of a %s has no state", name, status, thing.ID)
			}
			if got := thing.States.Of(strings.ToUpper(status)); got != thing.States.Of(status) {
				t.Errorf("%s: in capitals %s means %s, want %s", name, status, got, thing.States.Of(status))
			}
		}
	}
	for path, item := range c.root.at("paths") {
		for method, op := range item.(map[string]any) {
			name := heygen.Op{Method: strings.ToUpper(method), Path: path}
			object, rows := c.answer(op.(map[string]any))
			a := v.Of(name)
			check(name.String(), a.Of, object)
			check(name.String(), a.Rows, rows)
		}
	}
	if seen < 80 {
		t.Errorf("only %d statuses were looked at", seen)
	}
	for _, k := range tools.JobKinds() {
		for _, cancelled := range []string{"cancelled", "canceled", "CANCELLED"} {
			if got, want := k.States.Of(cancelled), k.States.Of("cancelled"); got != want {
				t.Errorf("%s: %s means %s, want %s", k.Name, cancelled, got, want)
			}
		}
		if got := k.States.Of("archiving"); got != vocabulary.Running {
			t.Errorf("%s: an unknown status means %s, want %s", k.Name, got, vocabulary.Running)
		}
	}
}

// TestIDsHaveOneName holds that by the contract every get, list and create, and every other answer
// about a kind of job, has the id under a name that the vocabulary knows, so that it is told by the
// name by which the get tool takes it.
func TestIDsHaveOneName(t *testing.T) {
	t.Parallel()
	c, v := readWritten(t), tools.Vocabulary()
	paths := c.root.at("paths")
	check := func(where, id string, thing *vocabulary.Thing, s schema) {
		if s == nil || s.at("properties") == nil {
			return
		}
		has := func(names ...string) bool {
			return slices.ContainsFunc(names, func(name string) bool { return s.at("properties")[name] != nil })
		}
		known := []string{id, id + "s"}
		if thing != nil {
			if thing.ID != id {
				t.Errorf("%s: the id is told as %s, want %s", where, thing.ID, id)
			}
			known = append(known, thing.OtherIDs...)
			if known = append(known, "id"); thing.Member != "" {
				known = append(known, thing.Member)
			}
		}
		if !has(known...) {
			t.Errorf("%s answers with none of %s", where, strings.Join(known, ", "))
		}
	}
	looked := 0
	for _, tool := range tools.Declared() {
		if len(tool.Operations) == 0 || tool.Name == "wait_for_jobs" {
			continue
		}
		op := tool.Operations[0]
		at := paths.at(op.Path).at(strings.ToLower(op.Method))
		object, rows := c.answer(at)
		a := v.Of(heygen.Op{Method: op.Method, Path: op.Path})
		if a.Of != nil && op.Method != "DELETE" {
			check(tool.Name, a.Of.ID, a.Of, object)
			looked++
		}
		if a.Rows != nil {
			check(tool.Name+" items", a.Rows.ID, a.Rows, rows)
			looked++
		}
		before, id, isGet := strings.Cut(op.Path, "/{")
		if !isGet || op.Method != "GET" || strings.Contains(id, "/") {
			continue
		}
		id = strings.TrimSuffix(id, "}")
		check(tool.Name, id, a.Of, object)
		list := heygen.Op{Method: "GET", Path: before}
		_, items := c.answer(paths.at(before).at("get"))
		check(list.String(), id, v.Of(list).Rows, items)
		looked++
	}
	if looked < 60 {
		t.Errorf("only %d answers were looked at", looked)
	}
}

// TestTimesAreKnown holds that every member of the contract's answers that is a time is told as
// one, by its name, and that none of those that are left alone as a user's own content is.
func TestTimesAreKnown(t *testing.T) {
	t.Parallel()
	c := readWritten(t)
	times, free := map[string]bool{}, map[string]bool{}
	seen := map[string]bool{}
	var look func(s schema)
	look = func(s schema) {
		if ref, ok := s["$ref"].(string); ok {
			if seen[ref] {
				return
			}
			seen[ref] = true
		}
		s = c.resolve(s)
		for _, by := range []string{"anyOf", "oneOf", "allOf"} {
			for _, one := range s.list(by) {
				look(one.(map[string]any))
			}
		}
		if s.at("items") != nil {
			look(s.at("items"))
		}
		for name, p := range s.at("properties") {
			is := c.resolve(p.(map[string]any))
			if is["format"] == "date-time" || strings.HasSuffix(name, "_at") {
				times[name] = true
			}
			if is["additionalProperties"] != nil && is["additionalProperties"] != false {
				free[name] = true
			}
			look(p.(map[string]any))
		}
	}
	for _, item := range c.root.at("paths") {
		for _, op := range item.(map[string]any) {
			object, rows := c.answer(op.(map[string]any))
			look(object)
			look(rows)
		}
	}
	wantTimes := []string{"completed_at", "created_at", "expires_at", "resets_at", "started_at", "updated_at", "uploaded_at"}
	if got := slices.Sorted(maps.Keys(times)); !slices.Equal(got, wantTimes) {
		t.Errorf("got the times %v, want %v: a new one must end in _at, or engine/times.go must know it", got, wantTimes)
	}
	// Of HeyGen's own making, or maps of objects: a time in them is told as everywhere. The others
	// engine/times.go leaves alone.
	ours := []string{"bindings", "counts_by_status", "error", "event_data", "inputs", "layers", "outputs"}
	alone := []string{"config", "config_schema", "meta", "metadata", "upload_headers", "variables"}
	if got, want := slices.Sorted(maps.Keys(free)), slices.Sorted(slices.Values(slices.Concat(ours, alone))); !slices.Equal(got, want) {
		t.Errorf("got the free maps %v, want %v: say of a new one whose its content is", got, want)
	}
}
