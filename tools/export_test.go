package tools

import (
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

// Declared is every tool, for tests that hold a rule about all of them.
func Declared() []engine.BoundTool {
	ch := &choice.Choice{}
	return declared(ch, jobs.New(jobs.Config{Kinds: jobKinds(), Choice: ch}))
}

// JobKinds are the kinds of jobs.
func JobKinds() []jobs.Kind { return jobKinds() }

// Curl and SpokenSeconds are tested by themselves.
func Curl(file string, slot map[string]any) string       { return curl(file, slot) }
func SpokenSeconds(script string, speed float64) float64 { return spokenSeconds(script, speed) }

// EstimateOf is what a create's input says of its cost.
func EstimateOf(in any) map[string]any {
	res := map[string]any{}
	in.(interface{ estimate(map[string]any) }).estimate(res)
	return res
}

// The inputs that tests bind.
type (
	CreateAvatarVideo = createAvatarVideoInput
	CreateVideos      = createVideosInput
	CreateStudioVideo = createStudioVideoInput
	None              = none
)
