package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
)

type searchSoundsInput struct {
	Query    string   `json:"query" in:"query" required:"true" len:"1-5000" doc:"The sound in words, e.g. upbeat lofi hip-hop."`
	Type     *string  `json:"type" in:"query" enum:"music,sound_effects" default:"music" doc:"Which catalog."`
	MinScore *float64 `json:"min_score" in:"query" min:"0" max:"1" default:"0.7" doc:"0 to 1; lower finds more."`
	Limit    *int     `json:"limit" in:"query" min:"1" max:"50" default:"10" obvious:"true" doc:"Items a page."`
	pageToken
}

func soundTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[searchSoundsInput, page]{
			Name:  "search_audio_sounds",
			Title: "Search music and sound effects",
			Asked: "upbeat background song effects piano guitar drums jazz calm relaxing cheerful soundtrack jingle applause " +
				"whoosh underneath underscore ambient melody tune noise clap thunder beat",
			Limits: "No tool adds a track to a video of scenes: have create_video_agent make the video with music, or mix the " +
				"file into an own audio first.",
			Description: "Tracks of HeyGen's catalog that fit a description, best first, with links to their files.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/audio/sounds"},
			// The link too: there is no get tool to ask for it.
			ListFields: []string{"id", "name", "description", "duration", "score", "audio_url"},
		}.Bind(),
	}
}
