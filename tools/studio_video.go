package tools

import (
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/engine"
)

type createStudioVideoInput struct {
	studioVideo
	inFolder
	engine.Paid
	engine.Keyed
}

// studioVideo is a video of several scenes, alone or in a batch.
type studioVideo struct {
	Scenes []studioScene `json:"scenes" required:"true" len:"1-50" opaque:"true" doc:"In order, each {type: avatar_video, input: {type: avatar, avatar_id, SPEECH, engine, expressiveness, motion_prompt, background: {type: color, color}}}, {type: image, source, duration | SPEECH} or {type: video, source, playback: {mute, volume, mode: loop, freeze or fit_to_scene}, optional SPEECH}. SPEECH: script, voice_id, voice_settings | audio_url | audio_asset_id. source: {url} or {asset_id}."`
	videoOutput
}

// studioScene fills the whole frame.
type studioScene struct {
	inputs.Union `by:"type"`
	Avatar       *avatarScene `variant:"avatar_video"`
	Image        *imageScene  `variant:"image"`
	Video        *videoScene  `variant:"video"`
}

// avatarScene lasts as long as its avatar speaks.
type avatarScene struct {
	Input *sceneAvatar `json:"input" required:"true" doc:"The avatar and what it says."`
}

// sceneAvatar is the avatar of a scene.
type sceneAvatar struct {
	Type     string `json:"type" required:"true" enum:"avatar" doc:"avatar."`
	AvatarID string `json:"avatar_id" required:"true" len:"1-" doc:"A look's id."`
	spoken
	Engine     *avatarEngine `json:"engine" doc:"Default avatar_iv."`
	Background *sceneColor   `json:"background" doc:"A color."`
	acting
}

// sceneColor is the one background that scenes take.
type sceneColor struct {
	Type  string `json:"type" required:"true" enum:"color" doc:"color."`
	Color color  `json:"color" required:"true" pattern:"^#[0-9a-fA-F]{6}$" doc:"As #RRGGBB."`
}

// imageScene holds an image for a time, or for as long as it is spoken over.
type imageScene struct {
	Source   *InlineMedia `json:"source" required:"true" doc:"The image."`
	Duration *float64     `json:"duration" exclusiveMin:"0" max:"300" doc:"Seconds of silence, up to 300."`
	narrated
}

// videoScene plays a video, which may be spoken over.
type videoScene struct {
	Source   *InlineMedia `json:"source" required:"true" doc:"The video."`
	Playback *playback    `json:"playback" doc:"How it plays."`
	narrated
}

// playback is how the video of a scene plays.
type playback struct {
	Mute   *bool    `json:"mute" doc:"Silences the video."`
	Volume *float64 `json:"volume" min:"0" max:"1" doc:"0 to 1."`
	Mode   *string  `json:"mode" enum:"loop,freeze,fit_to_scene" doc:"What a video does that is shorter than its scene."`
}

// Check holds what the engine cannot do, and the sources of speech.
func (s *sceneAvatar) Check(path string) *faults.Fault {
	if r := s.spoken.Check(path); r != nil {
		return r
	}
	return s.checkOn(s.Engine, path)
}

// Check holds that an image is either silent for a time or spoken over.
func (s *imageScene) Check(path string) *faults.Fault {
	if (s.Duration != nil) == (s.sources() > 0) {
		return faults.Invalid(faults.Join(path, "duration"), "An image scene takes either duration or speech: script, audio_url or audio_asset_id.", "Send duration for a silent scene; otherwise leave it out and send one source of speech.")
	}
	if s.Duration != nil {
		return s.silent(path)
	}
	return s.narrated.Check(path)
}

// Check holds that there is one voice over a video at the most.
func (s *videoScene) Check(path string) *faults.Fault {
	if s.sources() == 0 {
		return s.silent(path)
	}
	return s.narrated.Check(path)
}
