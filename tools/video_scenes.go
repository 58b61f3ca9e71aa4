package tools

import (
	"heygen-mcp/tools/engine"
)

// videoScenes is a video as its editor has it.
type videoScenes struct {
	VideoID string         `json:"video_id"`
	Video   map[string]any `json:"video"`
	Scenes  []any          `json:"scenes"`
}

func videoSceneTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[videoID, videoScenes]{
			Name:  "get_video_scenes",
			Title: "Get a video's scenes",
			Asked: "cuts chapters timecodes segments of a finished video",
			Description: "What a video is made of: each scene's script and voice, avatar, image or clip, and background. " +
				"Rarely needed and tightly rate-limited; translated videos have none.",
			Op: videoScenesOp(),
		}.Bind(),
	}
}
