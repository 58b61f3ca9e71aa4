package tools

import (
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

// Vocabulary is in which words answers are told.
func Vocabulary() *vocabulary.Vocabulary {
	ch := &choice.Choice{}
	j := jobs.New(jobs.Config{Kinds: jobKinds(), Choice: ch})
	ch.Offer(declared(ch, j, finder.New(nil)), Toolsets())
	return wordsOfAnswers(ch, j)
}

// JobKinds are the kinds of jobs.
func JobKinds() []jobs.Kind { return jobKinds() }

// Curl is tested by itself.
func Curl(file string, slot map[string]any) string {
	return curl(file, engine.View[uploadSlot](slot))
}

// FileKind is a kind of file that HeyGen takes: its media type, others that mean the same, and endings.
type FileKind struct {
	Name            string
	Others, Endings []string
}

// FileKinds are all of them.
func FileKinds() []FileKind {
	var all []FileKind
	for _, k := range fileKinds() {
		all = append(all, FileKind{k.name, k.others, k.endings})
	}
	return all
}

// The inputs that tests bind.
type (
	CreateAvatarVideo = createAvatarVideoInput
	CreateVideos      = createVideosInput
	CreateStudioVideo = createStudioVideoInput
	None              = noArguments
)
