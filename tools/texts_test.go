package tools_test

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/prompts"
	"heygen-mcp/tools/records"
)

// words of tools are two at least, joined by underscores.
func toolWords(text string) []string {
	return regexp.MustCompile(`\b(?:get|list|create|update|delete|clone|send|stop|search|complete|upload|download|generate|wait|bulk|rotate|design)_[a-z_]+`).FindAllString(text, -1)
}

// TestTextsNameWhatThereIs holds that guides, prompts and advice name tools, kinds of jobs and guides that exist.
func TestTextsNameWhatThereIs(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	texts := map[string]string{}
	for _, info := range tools.Describe() {
		known[info.Name] = true
		texts[info.Name] = info.Description + string(info.InputSchema)
	}
	maps.Copy(texts, prompts.Texts())
	for name := range texts {
		known[name] = true
	}
	maps.Copy(texts, records.Names())
	var kinds []string
	for _, k := range tools.JobKinds() {
		kinds = append(kinds, k.Name)
		texts["job "+k.Name] = k.ListTool
		for _, ask := range k.NeedsUser {
			texts["job "+k.Name] += " " + ask
		}
	}
	for where, text := range texts {
		for _, word := range toolWords(text) {
			if !known[word] && !slices.Contains([]string{"upload_url", "upload_headers", "download_failed", "create_video_from_"}, word) {
				t.Errorf("%s speaks of %s, which is not there", where, word)
			}
		}
		for _, uri := range regexp.MustCompile(`heygen://guides/[a-z]+`).FindAllString(text, -1) {
			if !known[uri] {
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
