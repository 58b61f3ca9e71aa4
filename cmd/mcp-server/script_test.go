package main

import (
	"os"
	"path/filepath"
	"strings"
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
