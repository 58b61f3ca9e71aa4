package tools_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/prompts"
	"heygen-mcp/tools/refusals"
)

// TestTextsNameWhatThereIs holds that texts name guides and kinds of jobs that exist. That they
// name tools that exist is checked at start.
func TestTextsNameWhatThereIs(t *testing.T) {
	t.Parallel()
	texts := prompts.Texts()
	guides := slices.Collect(maps.Keys(texts))
	maps.Copy(texts, refusals.NextSteps())
	for _, info := range tools.Describe() {
		texts[info.Name] = info.Description + string(info.InputSchema)
	}
	var kinds []string
	for _, k := range tools.JobKinds() {
		kinds = append(kinds, k.Name)
		for status, ask := range k.NeedsUser {
			texts["job "+k.Name+" "+status] = ask
		}
	}
	for where, text := range texts {
		for _, uri := range regexp.MustCompile(`heygen://guides/[a-z]+`).FindAllString(text, -1) {
			if !slices.Contains(guides, uri) {
				t.Errorf("%s speaks of %s, which is not there", where, uri)
			}
		}
		for _, kind := range regexp.MustCompile(`with kind ([a-z_]+)`).FindAllStringSubmatch(text, -1) {
			if !slices.Contains(kinds, kind[1]) {
				t.Errorf("%s waits for a %s, which is no kind of job", where, kind[1])
			}
		}
	}
}

// TestErrorGuide holds that the guide to errors has every code that HeyGen documents or that has an
// advice of its own, by itself or by how it ends.
func TestErrorGuide(t *testing.T) {
	t.Parallel()
	codes := []string{
		refusals.CodeKeyRequired, refusals.CodeConfirmationRequired, refusals.CodeDeclined,
		refusals.CodeCallbackNotAllowed, refusals.CodeSpeechFailed, "internal_error",
	}
	for key := range refusals.NextSteps() {
		code, _, _ := strings.Cut(key, " ")
		codes = append(codes, code)
	}
	c := readWritten(t)
	for path, item := range c.root.at("paths") {
		for method := range item.(map[string]any) {
			for _, d := range c.documentedErrors(tools.Operation{Method: method, Path: path}) {
				codes = append(codes, d.code)
			}
		}
	}
	slices.Sort(codes)
	guide := prompts.Texts()["heygen://guides/errors"]
	said := regexp.MustCompile("…?[a-z_]+").FindAllString(guide, -1)
	for _, code := range slices.Compact(codes) {
		if !slices.ContainsFunc(said, func(word string) bool {
			end, open := strings.CutPrefix(word, "…")
			return word == code || open && strings.HasSuffix(code, end)
		}) {
			t.Errorf("the guide says nothing of %s", code)
		}
	}
}
