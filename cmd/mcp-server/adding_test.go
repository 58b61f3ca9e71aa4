package main

import (
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// addingVariable has TestContributingAddsATool run. It takes as long as the tests of the tools, the
// sandbox and this package do.
const addingVariable = "HEYGEN_MCP_TEST_ADDING"

// TestContributingAddsATool follows CONTRIBUTING.md in a copy of the tree: it makes the edits of
// the four steps by hand for an operation that does not exist, runs the commands that the page
// names, and looks at what they have written.
func TestContributingAddsATool(t *testing.T) {
	t.Parallel()
	byHand, commands := stepsOf(t, "Adding a tool")
	if want := []string{"Contract", "Tool", "Sandbox", "Conversation"}; !slices.Equal(byHand, want) {
		t.Errorf("CONTRIBUTING.md has the steps %v by hand, want %v", byHand, want)
	}
	if len(commands) != 2 || commands[0] != "go generate ./..." || !strings.HasPrefix(commands[1], "go test ") {
		t.Fatalf("CONTRIBUTING.md has the commands %q, want go generate ./... and the tests", commands)
	}
	if os.Getenv(addingVariable) == "" {
		t.Skip("it takes minutes, and runs where " + addingVariable + " is set")
	}
	tree := copyTree(t)
	edited := map[string]bool{}
	for step, files := range addingEdits(t) {
		if !slices.Contains(byHand, step) {
			t.Errorf("testdata/adding.txtar has edits of a step %s, which CONTRIBUTING.md does not have", step)
		}
		for _, f := range files {
			f.apply(t, tree)
			edited[f.path] = true
		}
	}
	for _, command := range commands {
		cmd := exec.CommandContext(t.Context(), "bash", "-c", command)
		cmd.Dir, cmd.Env = tree.Name(), append(os.Environ(), addingVariable+"=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	for _, file := range []string{"tools/testdata/tools/get_widget.json", "README.md", "docs/tools.md", "internal/sandbox/contract/requests.json"} {
		raw, err := tree.ReadFile(file)
		if err != nil || !strings.Contains(string(raw), "widget") {
			t.Errorf("%s is not about the new tool (%v), want it generated", file, err)
		}
		if edited[file] {
			t.Errorf("%s was edited by hand, want it generated", file)
		}
	}
}

// stepsOf are the numbered steps of a part of CONTRIBUTING.md: the names of those that are made by
// hand, and the commands of the others.
func stepsOf(t *testing.T, part string) (byHand, commands []string) {
	t.Helper()
	raw, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(raw), "\n## "+part+"\n")
	if !found {
		t.Fatalf("CONTRIBUTING.md has no part %q", part)
	}
	text, _, _ := strings.Cut(after, "\n## ")
	for _, step := range regexp.MustCompile(`(?m)^\d+\. (?:\*\*(\w+)\.\*\*|Run .(go [^\x60]+).)`).FindAllStringSubmatch(text, -1) {
		if step[1] != "" {
			byHand = append(byHand, step[1])
		} else {
			commands = append(commands, step[2])
		}
	}
	return byHand, commands
}

// edit is a new file, or lines in front of one of a file that is there.
type edit struct{ path, before, text string }

// addingEdits reads the edits by their steps.
func addingEdits(t *testing.T) map[string][]edit {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/adding.txtar")
	if err != nil {
		t.Fatal(err)
	}
	steps := map[string][]edit{}
	for _, f := range archive.Files {
		step, where, _ := strings.Cut(f.Name, ": ")
		path, before, _ := strings.Cut(where, " before ")
		steps[step] = append(steps[step], edit{path, before, string(f.Data)})
	}
	return steps
}

// apply makes an edit.
func (e edit) apply(t *testing.T, tree *os.Root) {
	t.Helper()
	text := e.text
	if e.before != "" {
		raw, err := tree.ReadFile(e.path)
		if err != nil {
			t.Fatal(err)
		}
		at := strings.Index(string(raw), e.before)
		if at < 0 {
			t.Fatalf("%s has no %q, where testdata/adding.txtar is to put lines", e.path, e.before)
		}
		at = strings.LastIndex(string(raw[:at]), "\n") + 1
		text = string(raw[:at]) + e.text + string(raw[at:])
	}
	if err := tree.WriteFile(e.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// copyTree copies the repository, as it is on the disk.
func copyTree(t *testing.T) *os.Root {
	t.Helper()
	from, to := openRoot(t, "../.."), openRoot(t, t.TempDir())
	err := fs.WalkDir(from.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".git" && d.IsDir():
			return fs.SkipDir
		case name == "." || name == ".git":
			return nil
		case d.IsDir():
			return to.Mkdir(name, 0o700)
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		raw, err := from.ReadFile(name)
		if err != nil {
			return err
		}
		return to.WriteFile(name, raw, info.Mode().Perm())
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// openRoot opens a directory for the time of the test.
func openRoot(t *testing.T, dir string) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root
}
