package tools_test

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/prompts"
	"heygen-mcp/tools/refusals"
)

// TestTextsNameWhatThereIs holds that texts name guides and kinds of jobs that exist. That they name tools
// that exist is checked at start.
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
