package tools

import (
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

// Vocabulary is in which words answers are told.
func Vocabulary() *engine.Vocabulary {
	ch := &choice.Choice{}
	j := jobs.New(jobs.Config{Kinds: jobKinds(), Choice: ch})
	ch.Offer(declared(ch, j), Toolsets())
	return vocabulary(ch, j)
}

// JobKinds are the kinds of jobs.
func JobKinds() []jobs.Kind { return jobKinds() }

// Curl is tested by itself.
func Curl(file string, slot map[string]any) string {
	return curl(file, engine.View[uploadSlot](slot))
}

// The inputs that tests bind.
type (
	CreateAvatarVideo = createAvatarVideoInput
	CreateVideos      = createVideosInput
	CreateStudioVideo = createStudioVideoInput
	None              = none
)
