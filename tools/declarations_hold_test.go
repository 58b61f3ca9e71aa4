package tools

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
	"heygen-mcp/tools/jobs"
)

// offered is the catalog with more tools.
func offered(more ...engine.BoundTool) (*choice.Choice, *jobs.Jobs) {
	ch := &choice.Choice{}
	j := jobs.New(jobs.Config{Kinds: jobKinds(), Choice: ch})
	ch.Offer(append(declared(ch, j, finder.New(nil)), more...), Toolsets())
	return ch, j
}

// mustSay fails a test whose error is not about what it should be about.
func mustSay(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("got %v, want an error that names %s", err, part)
		}
	}
}

// bound is a tool that only has texts.
func bound(name, description, verifyWith string) engine.BoundTool {
	t := engine.Tool[noArguments, noArguments]{Name: name, Title: name, Description: description, VerifyWith: verifyWith,
		PassOn: func(context.Context, *engine.Call, *noArguments) engine.Outcome { return engine.Outcome{} }}
	return t.Bind()
}

func TestTheCatalogHoldsTogether(t *testing.T) {
	t.Parallel()
	if err := checkDeclarations(offered(bound("get_gizmo", "A gizmo of list_videos, by its upload_url; see create_video_from_….", "get_video, whose status tells"))); err != nil {
		t.Error(err)
	}
}

// TestTheCoreSetIsThere holds that a toolset that names a tool that is not there is found.
func TestTheCoreSetIsThere(t *testing.T) {
	t.Parallel()
	ch, _ := offered()
	mustSay(t, checkSet(ch, choice.Core, []string{"get_video", "get_gizmo"}), choice.Core, "get_gizmo")
}

// TestWhatVerifiesIsThere holds that a write that is verified with a tool that is not there is found.
func TestWhatVerifiesIsThere(t *testing.T) {
	t.Parallel()
	mustSay(t, checkDeclarations(offered(bound("make_gizmo", "Makes a gizmo.", "get_gizmo, whose status tells,"))), "make_gizmo", "get_gizmo")
}

// TestTextsNameToolsThatAreThere holds that a text that names a tool that is not there is found, be it
// a description, a prompt, a next step or what is asked about a job.
func TestTextsNameToolsThatAreThere(t *testing.T) {
	t.Parallel()
	mustSay(t, checkDeclarations(offered(bound("gizmo", "Choose one from list_gizmos.", ""))), "the tool gizmo", "list_gizmos")
	ch, j := offered()
	all := textsNamingTools(ch, j)
	for _, where := range []string{"the text make_video", "the text heygen://guides/errors", "the next step of voice_not_found", "the record video", "the suggestions of look_id", "the job kind video_agent"} {
		if all[where] == "" {
			t.Errorf("%s is not checked", where)
			continue
		}
		mustSay(t, checkTexts(ch, map[string]string{where: all[where] + " Then call get_gizmo."}), where, "get_gizmo")
	}
}

func TestJobsThatAreBegunAreKinds(t *testing.T) {
	t.Parallel()
	odd := bound("make_gizmo", "Makes a gizmo.", "")
	odd.Job = "gizmo"
	mustSay(t, checkDeclarations(offered(odd)), "make_gizmo", "gizmo")
}

// TestAnswersAreInTheVocabulary holds that a tool whose output has not the id of what it answers with, or
// not its state, is found.
func TestAnswersAreInTheVocabulary(t *testing.T) {
	t.Parallel()
	get := heygen.Op{Method: "GET", Path: "/v3/videos/{video_id}"}
	type named struct {
		ID string `json:"id"`
	}
	type stateless struct {
		VideoID string `json:"video_id"`
		Status  string `json:"status"`
	}
	mustSay(t, checkDeclarations(offered(engine.Tool[videoID, named]{
		Name: "see_video", Title: "See", Description: "Sees a video.", Op: get,
	}.Bind())), "see_video", "video_id")
	mustSay(t, checkDeclarations(offered(engine.Tool[videoID, stateless]{
		Name: "see_video", Title: "See", Description: "Sees a video.", Op: get,
	}.Bind())), "see_video", "state")
}

// TestLiteralsNameToolsThatAreThere holds the same of the texts that stand within functions, such as the
// next steps of refusals, which the check of declarations does not see.
func TestLiteralsNameToolsThatAreThere(t *testing.T) {
	t.Parallel()
	ch, _ := offered()
	literals := map[string]string{}
	for _, pattern := range []string{"*.go", "*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "toolstest") ||
				slices.Contains([]string{"args/othernames.go", "othernames.go", "media_chatgpt.go", "template_untyped.go"}, name) { // names of other APIs, which are not told to anybody
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					text, _ := strconv.Unquote(lit.Value)
					literals["a text of "+name] += "\n" + text
				}
				return true
			})
		}
	}
	if len(literals) < 50 {
		t.Errorf("only %d files have texts", len(literals))
	}
	if err := checkTexts(ch, literals); err != nil {
		t.Error(err)
	}
}
