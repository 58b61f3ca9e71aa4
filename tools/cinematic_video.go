package tools

import (
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

type createCinematicVideoInput struct {
	cinematicVideo
	inFolder
	engine.Paid
	engine.Keyed
}

// cinematicVideo is a video that a prompt directs, alone or in a batch.
type cinematicVideo struct {
	Prompt        string        `json:"prompt" required:"true" len:"1-10000" doc:"What happens and what is said."`
	AvatarIDs     []string      `json:"avatar_id" required:"true" len:"1-3" doc:"1 to 3 look ids, from list_avatar_looks."`
	References    []InlineMedia `json:"references" opaque:"true" doc:"Images (9 with the looks), videos (3) and audio to go by, each {url} or {asset_id}."`
	AspectRatio   *string       `json:"aspect_ratio" enum:"16:9,9:16,1:1" default:"16:9" doc:"Of the video."`
	Resolution    *string       `json:"resolution" enum:"720p,1080p" default:"720p" doc:"Of the video."`
	Duration      *int          `json:"duration" min:"4" max:"15" default:"10" doc:"Seconds, 4 to 15."`
	AutoDuration  *bool         `json:"auto_duration" doc:"HeyGen chooses the length; excludes duration."`
	EnhancePrompt *bool         `json:"enhance_prompt" doc:"HeyGen elaborates the prompt."`
	Title         *string       `json:"title" doc:"Title in HeyGen's dashboard."`
}

// Check holds the rule of the two ways to set a length.
func (v *cinematicVideo) Check(path string) *faults.Fault {
	if v.auto() && v.Duration != nil {
		return faults.Invalid(faults.Join(path, "duration"), "With auto_duration HeyGen chooses the length.", "Leave duration or auto_duration out.")
	}
	return nil
}

// auto reports whether HeyGen chooses the length.
func (v *cinematicVideo) auto() bool { return v.AutoDuration != nil && *v.AutoDuration }
