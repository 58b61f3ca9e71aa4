package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	clipSeconds   = 8.0       // a video is not fetched, so its length is a guess
	longestOutput = 30 * 60.0 // seconds
	maxScenes     = 50
)

// studioScene is a scene of any of the three types.
type studioScene struct {
	Type  string `json:"type"`
	Input struct {
		Type     string `json:"type"`
		AvatarID string `json:"avatar_id"`
		lineRequest
		actRequest
		Background *struct {
			Color string `json:"color"`
		} `json:"background"`
	} `json:"input"`
	Source   fileInput `json:"source"`
	Duration *float64  `json:"duration"`
	lineRequest
	Playback *struct {
		Mute   bool     `json:"mute"`
		Volume *float64 `json:"volume"`
	} `json:"playback"`
}

// planStudio makes the job of a video of several scenes. One that cannot be made stops them all.
func (s *Sandbox) planStudio(r *http.Request, v *engine.Request, raw []byte) (*engine.Job, *engine.Error) {
	var in struct {
		outputRequest
		Scenes []json.RawMessage `json:"scenes"`
	}
	if apiErr := engine.Decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	if len(in.Scenes) < 1 || len(in.Scenes) > maxScenes {
		return nil, engine.Invalid("scenes", "'scenes' must have 1 to %d scenes.", maxScenes)
	}
	made := &video{format: "mp4"}
	j := &engine.Job{Data: made}
	length, words := 0.0, []string{}
	for i, raw := range in.Scenes {
		var one studioScene
		if apiErr := engine.Decode(raw, &one); apiErr != nil {
			return nil, apiErr
		}
		said, price, shown, apiErr := s.planScene(r, v, fmt.Sprintf("scenes[%d]", i), &one, in.in4K())
		if apiErr != nil {
			return nil, apiErr
		}
		length += said.Seconds
		j.Price += price
		if said.Text != "" {
			words = append(words, said.Text)
		}
		made.scenes = append(made.scenes, shown)
	}
	if length > longestOutput {
		return nil, engine.Invalid("scenes", "The scenes last %.0f s together; a video lasts at most %.0f s.", length, longestOutput)
	}
	j.Media = &media.File{Seconds: length, Text: strings.Join(words, " ")}
	if apiErr := s.checkOutput(r, v, &in.outputRequest); apiErr != nil {
		return nil, apiErr
	}
	return planOutput(&in.outputRequest, j), nil
}

// planScene checks one scene and works out what it adds. Scenes without an avatar have no published
// price, and cost nothing here.
func (s *Sandbox) planScene(
	r *http.Request, v *engine.Request, at string, in *studioScene, in4K bool,
) (said *media.File, price int64, shown scene, apiErr *engine.Error) {
	switch in.Type {
	case "avatar_video":
		return s.planAvatarScene(r, v, contract.Member(at, "input"), in, in4K)
	case "image":
		if _, _, apiErr = s.openPart(r, v, &in.Source, contract.Member(at, "source"), "image"); apiErr != nil {
			return nil, 0, shown, apiErr
		}
		if silent := in.Duration != nil; silent == (in.spoken() > 0) {
			return nil, 0, shown, engine.Invalid(contract.Member(at, "duration"),
				"An image scene takes either 'duration' or one of 'script', 'audio_url' and 'audio_asset_id'.")
		}
		shown.element = fileElement("image", &in.Source)
		if in.Duration != nil {
			shown.script = map[string]any{"type": "silence", "duration": *in.Duration}
			return &media.File{Seconds: *in.Duration}, 0, shown, nil
		}
		said, apiErr = s.speech(r, v, at, &in.lineRequest, nil, true)
	default:
		clip, _, refused := s.openPart(r, v, &in.Source, contract.Member(at, "source"), "video")
		if refused != nil {
			return nil, 0, shown, refused
		}
		shown.element = fileElement("video", &in.Source)
		if in.Playback != nil {
			shown.element["volume"] = in.Playback.Volume
			if in.Playback.Mute {
				shown.element["volume"] = 0
			}
		}
		if said, apiErr = s.speech(r, v, at, &in.lineRequest, nil, false); said == nil && apiErr == nil {
			said = &media.File{Seconds: clipSeconds}
			if clip.Type != "" {
				said = &media.File{Seconds: clip.Seconds, Text: clip.Text}
			}
		}
	}
	shown.script = in.show("")
	return said, 0, shown, apiErr
}

func (s *Sandbox) planAvatarScene(
	r *http.Request, v *engine.Request, at string, in *studioScene, in4K bool,
) (said *media.File, price int64, shown scene, apiErr *engine.Error) {
	if in.Input.Type != "avatar" {
		return nil, 0, shown, engine.Invalid(contract.Member(at, "type"), "'%s' must be 'avatar'.", contract.Member(at, "type"))
	}
	one, apiErr := s.usableLook(v, contract.Member(at, "avatar_id"), in.Input.AvatarID)
	if apiErr != nil {
		return nil, 0, shown, apiErr
	}
	if said, apiErr = s.speech(r, v, at, &in.Input.lineRequest, one, true); apiErr != nil {
		return nil, 0, shown, apiErr
	}
	if apiErr = s.checkAct(v, at, &in.Input.actRequest, one); apiErr != nil {
		return nil, 0, shown, apiErr
	}
	if b := in.Input.Background; b != nil {
		if len(b.Color) != len("#rrggbb") || !validColor(b.Color) {
			return nil, 0, shown, engine.Invalid(contract.Member(at, "background.color"), "'%s' must be like '#1a2b3c'.", contract.Member(at, "background.color"))
		}
		shown.background = map[string]any{"type": "color", "color": b.Color}
	}
	shown.element = avatarElement(one.id, &in.Input.actRequest)
	shown.script = in.Input.show(one.voiceID)
	return said, videoPrice(in.Input.engine(), one.kind, in4K, said.Seconds), shown, nil
}
