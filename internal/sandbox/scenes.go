package sandbox

import (
	"maps"
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

// scene is one part of a video as its editor shows it, without the ids.
type scene struct {
	background, element, script map[string]any
}

// getScenes answers GET /v3/videos/{video_id}/scenes. What a prompt directs has no scenes.
func (s *Sandbox) getScenes(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, videoJobs(), chi.URLParam(r, "video_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	made := engine.DataOf[video](j)
	ratio, resolution := "16:9", "1080p"
	if made.asked.AspectRatio != nil {
		ratio = *made.asked.AspectRatio
	}
	if made.asked.Resolution != nil {
		resolution = *made.asked.Resolution
	}
	scenes := []any{}
	for i, one := range made.scenes {
		shown := map[string]any{"id": s.NewID(j.ID, "scene", i), "background": nil, "elements": []any{}, "script": []any{}}
		if one.background != nil {
			shown["background"] = s.withID(one.background, j.ID, "background", i)
		}
		if one.element != nil {
			shown["elements"] = []any{s.withID(one.element, j.ID, "element", i)}
		}
		if one.script != nil {
			shown["script"] = []any{s.withID(one.script, j.ID, "script", i)}
		}
		scenes = append(scenes, shown)
	}
	return map[string]any{
		"video_id": j.ID,
		"video": map[string]any{
			"title": engine.OrNull(j.Title), "aspect_ratio": ratio, "resolution": resolution,
			"brand_glossary_id": engine.OrNull(value(made.asked.BrandGlossaryID)),
			"caption":           map[string]any{"enabled": made.captions},
		},
		"scenes": scenes,
	}, nil
}

// withID adds the id of a part of a scene; a color needs none.
func (s *Sandbox) withID(part map[string]any, of ...any) map[string]any {
	part = maps.Clone(part)
	if part["type"] != "color" {
		part["id"] = s.NewID(of...)
	}
	return part
}

func avatarElement(id string, in *actRequest) map[string]any {
	return map[string]any{
		"type": "avatar", "avatar_id": id, "engine": in.engine(),
		"expressiveness": in.Expressiveness, "motion_prompt": in.MotionPrompt,
	}
}

func fileElement(kind string, in *fileInput) map[string]any {
	return map[string]any{"type": kind, "url": engine.OrNull(in.URL)}
}

// show is a background as its editor has it.
func (b *backgroundRequest) show() map[string]any {
	if b.Type == "color" {
		return map[string]any{"type": "color", "color": value(b.Value)}
	}
	return map[string]any{"type": "image", "url": b.URL}
}

// show is what is said as the editor has it, by the voice that is asked for or the usual one; nil
// for nothing.
func (in *lineRequest) show(usual string) map[string]any {
	switch {
	case in.Script != nil:
		out := map[string]any{"type": "text", "text": *in.Script, "voice_id": engine.OrNull(usual), "voice_settings": nil}
		if in.VoiceID != nil {
			out["voice_id"] = *in.VoiceID
		}
		if in.VoiceSettings != nil {
			out["voice_settings"] = in.VoiceSettings.sent
		}
		return out
	case in.spoken() > 0:
		return map[string]any{"type": "audio", "audio_url": in.AudioURL}
	}
	return nil
}
