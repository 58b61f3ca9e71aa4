package sandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// fillRequest is the body of POST /v3/templates/{template_id}.
type fillRequest struct {
	Variables map[string]json.RawMessage `json:"variables"`
	SceneIDs  []string                   `json:"scene_ids"`
	Caption   bool                       `json:"caption"`
	Subtitles *struct{}                  `json:"subtitles"`
	Dimension *struct {
		Width  int `json:"width"`
		Height int `json:"height"`
	} `json:"dimension"`
	FPS             *float64 `json:"fps"`
	Title           *string  `json:"title"`
	FolderID        *string  `json:"folder_id"`
	CallbackURL     *string  `json:"callback_url"`
	CallbackID      *string  `json:"callback_id"`
	BrandGlossaryID *string  `json:"brand_glossary_id"`
	BrandVoiceID    *string  `json:"brand_voice_id"` // the older name of the same
}

// variableInput is what a variable is given; its type says which members count.
type variableInput struct {
	Type        string    `json:"type"`
	Content     string    `json:"content"`
	Asset       fileInput `json:"asset"`
	CharacterID string    `json:"character_id"`
	VoiceID     string    `json:"voice_id"`
}

// filling is what the variables of a template were given.
type filling struct {
	gaps    *strings.Replacer // of a script, by what they are given
	look    *look
	voiceID string
}

// generateFromTemplate answers POST /v3/templates/{template_id} with the video as it is at its
// start.
func (s *Sandbox) generateFromTemplate(r *http.Request, v *engine.Request) (any, *engine.Error) {
	t, apiErr := s.findTemplate(r)
	if apiErr != nil {
		return nil, apiErr
	}
	var in fillRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if in.FPS != nil && !slices.Contains([]float64{25, 30, 60}, *in.FPS) {
		return nil, engine.Invalid("fps", "'fps' must be one of: 25, 30, 60.")
	}
	if in.Dimension != nil {
		if in.Dimension.Width%2 != 0 || in.Dimension.Height%2 != 0 {
			return nil, engine.Invalid("dimension", "'dimension' must be of even numbers.")
		}
		if apiErr := t.fits(in.Dimension.Width, in.Dimension.Height); apiErr != nil {
			return nil, apiErr
		}
	}
	if apiErr := s.checkPlaces(v, in.FolderID, in.BrandGlossaryID, in.BrandVoiceID); apiErr != nil {
		return nil, apiErr
	}
	scenes, apiErr := t.chosen(in.SceneIDs)
	if apiErr != nil {
		return nil, apiErr
	}
	given, apiErr := s.fill(r, v, t, in.Variables)
	if apiErr != nil {
		return nil, apiErr
	}
	j := s.planFilled(t, &in, scenes, given)
	if apiErr := s.Begin(v, j, videoSeconds+j.Media.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return s.showVideo(r, j), nil
}

// chosen are the scenes to render: those asked for, in that order and as often, or all.
func (t *draft) chosen(ids []string) ([]templateScene, *engine.Error) {
	if len(ids) == 0 {
		return t.scenes, nil
	}
	var out []templateScene
	for _, id := range ids {
		i := slices.IndexFunc(t.scenes, func(one templateScene) bool { return one.id == id })
		if i < 0 {
			return nil, engine.Invalid("scene_ids", "The template has no scene '%s'.", id)
		}
		out = append(out, t.scenes[i])
	}
	return out, nil
}

// fill checks what the variables are given.
func (s *Sandbox) fill(
	r *http.Request, v *engine.Request, t *draft, variables map[string]json.RawMessage,
) (*filling, *engine.Error) {
	out := &filling{}
	var gaps []string
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		at := contract.Member("variables", name)
		of := t.variable(name)
		if of == nil {
			return nil, engine.Invalid(at, "The template has no variable '%s'.", name)
		}
		var one variableInput
		if apiErr := engine.Decode(variables[name], &one); apiErr != nil {
			return nil, apiErr.WithParam(at)
		}
		// An image may stand where a video did, and the other way round.
		seen := []string{varImage, varVideo}
		swapped := slices.Contains(seen, one.Type) && slices.Contains(seen, of.kind)
		if one.Type != of.kind && !swapped {
			return nil, engine.Invalid(contract.Member(at, "type"), "'%s' must be '%s'.", contract.Member(at, "type"), of.kind)
		}
		text, apiErr := s.fillOne(r, v, out, name, &one)
		if apiErr != nil {
			return nil, apiErr
		}
		if one.Type == varText {
			gaps = append(gaps, "{{"+name+"}}", text)
		}
	}
	out.gaps = strings.NewReplacer(gaps...)
	return out, nil
}

// fillOne checks what one variable is given. It gives the text of one and notes who speaks.
func (s *Sandbox) fillOne(
	r *http.Request, v *engine.Request, out *filling, name string, in *variableInput,
) (text string, apiErr *engine.Error) {
	at := contract.Member("variables", name)
	switch in.Type {
	case varText:
		if in.Content == "" { // GET may show an empty text; none can be given
			return "", engine.Invalid(contract.Member(at, "content"), "'%s' must not be empty.", contract.Member(at, "content"))
		}
		text = in.Content
	case varCharacter:
		out.look, apiErr = s.usableLook(v, contract.Member(at, "character_id"), in.CharacterID)
	case varVoice:
		if out.voiceID = in.VoiceID; s.findVoice(v, out.voiceID) == nil {
			return "", engine.NotFound("voice_not_found", "Voice").WithParam(contract.Member(at, "voice_id"))
		}
	default:
		_, _, apiErr = s.openPart(r, v, &in.Asset, contract.Member(at, "asset"), in.Type)
	}
	return text, apiErr
}

// planFilled makes the job of a template's video. A text that was left out stays as it is written
// in the script, and is spoken like that.
func (s *Sandbox) planFilled(t *draft, in *fillRequest, scenes []templateScene, given *filling) *engine.Job {
	speaker := s.presenter()
	if given.look != nil {
		speaker = given.look
	}
	voiceID := speaker.voiceID
	if given.voiceID != "" {
		voiceID = given.voiceID
	}
	made := &video{format: "mp4"}
	length, words := 0.0, []string{}
	for _, one := range scenes {
		script := given.gaps.Replace(one.script)
		length += media.SpeechSeconds(script, 1)
		words = append(words, script)
		made.scenes = append(made.scenes, scene{
			element: avatarElement(speaker.id, &actRequest{}),
			script:  map[string]any{"type": "text", "text": script, "voice_id": engine.OrNull(voiceID), "voice_settings": nil},
		})
	}
	j := planOutput(&outputRequest{
		Title: in.Title, FolderID: in.FolderID, CallbackURL: in.CallbackURL, CallbackID: in.CallbackID,
		BrandGlossaryID: in.BrandGlossaryID, AspectRatio: &t.ratio,
	}, &engine.Job{
		Price: videoPrice(engineIV, speaker.kind, false, length),
		Media: &media.File{Seconds: length, Text: strings.Join(words, " ")}, Data: made,
	})
	if made.captions = in.Caption || in.Subtitles != nil; j.Title == "" {
		j.Title = t.name
	}
	return j
}
