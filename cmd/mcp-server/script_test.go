package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"heygen-mcp/tools"
)

// script is a conversation with the server, read from a txtar file. The text before the first file
// is a line a step:
//
//	# why this is here
//	call TOOL {…}       call a tool; it must succeed
//	refuse TOOL {…}     call a tool; it must be refused by the server before HeyGen hears of it
//	reject TOOL {…}     call a tool; it must be refused by HeyGen
//	code WORD           the refusal's error_code
//	param PATH          the refusal's param
//	says TEXT           the refusal's message, next_step or heygen_message contains it
//	want PATH VALUE     a member of the last result: JSON, or * for anything
//	lack PATH           the last result has no such member
//	count PATH N        the length of a list in the last result
//	save NAME PATH      keeps a member for $NAME in later steps
//	repeat NAME N VALUE       keeps a list of N values for $NAME; %d in VALUE is each one's number from 0
//	key                 the account comes with its API key from now on, also where others sign in
//	pages               the client shows pages from now on
//	advance SECONDS     moves the sandbox's clock, which stands still otherwise
//	sandbox WHAT {…}    posts to the sandbox's own interface
//	put $URL $HEADERS FILE    uploads a file of the archive, as a client does
//	keep FILE           makes the last download a file of the archive; $size and $sum are its
//	pack FILE MEMBER…   zips files of the archive into a further one; $size and $sum are its
//	fetch URL KIND      downloads a link and checks what it is: mp4, webm, wav, png, gif, srt, vtt, html
//	open URL            visits a page of the sandbox and submits its form, as a person does
//	holds TEXT          the last download contains it
//	listen NAME         starts a server that takes webhooks; $NAME is its URL
//	answers NAME N      from now on it answers with this status
//	received NAME EVENT the next delivery to it is of this event, and becomes the last result
//	nothing NAME        there is no further delivery to it
//	signed NAME $secret     the last received one is signed with this secret
//	forged NAME $secret     it is signed, but not with this one
//	unsigned NAME       it is not signed at all
//
// PATH is names and list places with dots; "." is the whole.
type script struct {
	name  string
	steps []string
	files map[string][]byte
}

// readScripts reads every script of a directory.
func readScripts(t *testing.T, dir string) []script {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts in %s: %v", dir, err)
	}
	var scripts []script
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(raw)
		s := script{name: strings.TrimSuffix(filepath.Base(name), ".txtar"), files: map[string][]byte{}}
		for _, f := range archive.Files {
			s.files[f.Name] = f.Data
		}
		for line := range strings.Lines(string(archive.Comment)) {
			s.steps = append(s.steps, strings.TrimSpace(line))
		}
		scripts = append(scripts, s)
	}
	return scripts
}

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
		return errors.Join(a.declared(tool, a.seen(a.t)[before:]), vocabularyFault(res))
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

// declared holds that HeyGen was asked only for operations that the tool is said to call. A tool
// that calls others is said to call none, and any may look up what its arguments name. Whose a key
// is the server asks by itself, once.
func (a *actor) declared(tool string, asked []call) error {
	infos := described()
	i := slices.IndexFunc(infos, func(info tools.Info) bool { return info.Name == tool && len(info.Operations) > 0 })
	if i < 0 {
		return nil
	}
	may := append(tools.LookUps(), infos[i].Operations...)
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

const callsDir = "../../tools/testdata/calls"

// TestEveryTool holds, over HTTP and through every layer, one call of each tool that succeeds and
// one that is refused. The calls are those of tools/testdata/calls.
func TestEveryTool(t *testing.T) {
	t.Parallel()
	succeeds, refused := map[string]bool{}, map[string]bool{}
	for _, s := range readScripts(t, callsDir) {
		for _, line := range s.steps {
			verb, rest, _ := strings.Cut(line, " ")
			tool, _, _ := strings.Cut(rest, " ")
			succeeds[tool] = succeeds[tool] || verb == "call"
			refused[tool] = refused[tool] || verb == "refuse" || verb == "reject"
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			newActor(t, s).play(-1)
		})
	}
	for _, info := range tools.Describe() {
		if !succeeds[info.Name] || !refused[info.Name] {
			t.Errorf("%s needs a call that succeeds (%v) and one that is refused (%v) in %s", info.Name, succeeds[info.Name], refused[info.Name], callsDir)
		}
	}
}

// TestStories plays whole jobs as agents do them.
func TestStories(t *testing.T) {
	t.Parallel()
	for _, s := range readScripts(t, "testdata/stories") {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			if !strings.HasPrefix(s.steps[0], "# ") {
				t.Error("a story begins with the reason it exists")
			}
			newActor(t, s).play(-1)
		})
	}
}
