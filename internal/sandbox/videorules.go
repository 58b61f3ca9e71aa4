package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// maxScript is v3's bound of a script, in characters.
const maxScript = 5000

// speech is what is heard, by the rules for it: how long it is and its words, where they are known.
// It is nil where nothing is said and nothing needs to be. one is who speaks, nil for a voice
// alone, and at is where in the body it stands.
func (s *Sandbox) speech(
	r *http.Request, v *engine.Request, at string, in *lineRequest, one *look, needed bool,
) (*media.File, *engine.Error) {
	if n := in.spoken(); n > 1 || n == 0 && needed {
		return nil, engine.Invalid(contract.Member(at, "script"), "Exactly one of 'script', 'audio_url' or "+
			"'audio_asset_id' must be provided.")
	}
	var found *media.File
	var apiErr *engine.Error
	switch {
	case in.AudioURL != nil:
		at = contract.Member(at, "audio_url")
		found, apiErr = s.openURL(r, *in.AudioURL, at, []string{"audio/"})
		if kind := kindOfName(*in.AudioURL); apiErr == nil && kind != "" && kind != "audio" {
			apiErr = engine.Invalid(at, "'%s' must lead to audio, not %s.", at, kind)
		}
	case in.AudioAssetID != nil:
		at = contract.Member(at, "audio_asset_id")
		found, apiErr = s.findAsset(v, *in.AudioAssetID, at, "audio/")
	case in.Script == nil:
		return nil, nil
	case strings.TrimSpace(*in.Script) == "":
		return nil, engine.Invalid(contract.Member(at, "script"), "'%s' must contain something to say.", contract.Member(at, "script"))
	case utf8.RuneCountInString(*in.Script) > maxScript:
		return nil, engine.Invalid(contract.Member(at, "script"), "'%s' must have at most %d characters.", contract.Member(at, "script"), maxScript)
	default:
		return &media.File{Seconds: media.SpeechSeconds(*in.Script, in.speed()), Text: *in.Script}, s.checkVoice(v, at, in, one)
	}
	switch {
	case apiErr != nil:
		return nil, apiErr
	case found.Type == "":
		return &media.File{Seconds: audioSeconds}, nil
	case found.Seconds > maxAudioSeconds:
		return nil, engine.Invalid(at, "The audio is longer than %d seconds.", maxAudioSeconds)
	}
	return &media.File{Seconds: found.Seconds, Text: found.Text}, nil
}

// checkVoice looks at who speaks a script. With a recording the voice and its settings are ignored.
func (s *Sandbox) checkVoice(v *engine.Request, at string, in *lineRequest, one *look) *engine.Error {
	id := ""
	if one != nil {
		id = one.voiceID
	}
	if in.VoiceID != nil {
		id = *in.VoiceID
	} else if id == "" {
		return engine.Invalid(contract.Member(at, "voice_id"), "'%s' is required: there is no default voice.", contract.Member(at, "voice_id"))
	}
	speaker := s.findVoice(v, id)
	if speaker == nil {
		return engine.NotFound("voice_not_found", "Voice").WithParam(contract.Member(at, "voice_id"))
	}
	if in.VoiceSettings == nil || in.VoiceSettings.EngineSettings == nil {
		return nil
	}
	settings, at := in.VoiceSettings.EngineSettings, contract.Member(at, "voice_settings.engine_settings")
	if settings.EngineType != speaker.engine {
		return engine.Invalid(contract.Member(at, "engine_type"), "The voice is not compatible with engine '%s'.", settings.EngineType)
	}
	if value(settings.Model) == "eleven_v3" && settings.Stability != nil &&
		!slices.Contains([]float64{0, 0.5, 1}, *settings.Stability) {
		return engine.Invalid(contract.Member(at, "stability"), "'stability' must be 0, 0.5 or 1 with eleven_v3.")
	}
	return nil
}

// usableLook finds a look that the caller may make videos of.
func (s *Sandbox) usableLook(v *engine.Request, at, id string) (*look, *engine.Error) {
	one := s.findLook(v, id)
	if one == nil {
		return nil, engine.NotFound("avatar_not_found", "Avatar look").WithParam(at)
	}
	return one, s.ready(one, at)
}

// checkAct holds the rules for what only some engines and some kinds of avatar can do.
func (s *Sandbox) checkAct(v *engine.Request, at string, in *actRequest, one *look) *engine.Error {
	if !slices.Contains(one.engines, in.engine()) {
		return engine.Invalid(contract.Member(at, "engine.type"), "This avatar does not support engine '%s'. Supported: %s.",
			in.engine(), contract.Quoted(one.engines))
	}
	if in.Engine != nil && in.Engine.ReferenceLookID != nil {
		at := contract.Member(at, "engine.reference_look_id")
		reference, apiErr := s.usableLook(v, at, *in.Engine.ReferenceLookID)
		switch {
		case apiErr != nil:
			return apiErr
		case reference.kind != digitalTwin || reference.group != one.group:
			return engine.Invalid(at, "'%s' must be a digital_twin look of the same avatar group.", at)
		}
	}
	photo, model := one.kind == photoAvatar, in.engine()
	if in.Expressiveness != nil && (!photo || model != engineIV) {
		return engine.Invalid(contract.Member(at, "expressiveness"), "'expressiveness' is for photo avatars on "+
			"avatar_iv only.")
	}
	if in.MotionPrompt == nil {
		return nil
	}
	switch at := contract.Member(at, "motion_prompt"); {
	case model == engineIII:
		return engine.Invalid(at, "'motion_prompt' is not supported with avatar_iii.")
	case !photo && model != engineV:
		return engine.Invalid(at, "'motion_prompt' needs engine avatar_v for a video avatar.")
	case photo && model == engineV && !one.group.hasTwin():
		return engine.Invalid(at, "'motion_prompt' needs an animation reference in the avatar's group.")
	}
	return nil
}

// checkBackground holds the rules for what is seen behind, in a file that may have nothing there.
func (s *Sandbox) checkBackground(r *http.Request, v *engine.Request, in *videoRequest, one *look) *engine.Error {
	video := one.kind != photoAvatar
	if in.format() == "webm" {
		if in.Background != nil {
			return engine.Invalid("background", "'background' cannot be set with output_format webm.")
		}
		if video && !one.matting {
			return engine.Invalid("output_format", "This video avatar does not support webm output.")
		}
	}
	if value(in.RemoveBackground) && video && !one.matting {
		return engine.Invalid("remove_background", "This video avatar does not support background removal.")
	}
	b := in.Background
	switch {
	case b == nil:
	case b.Type == "color" && b.Value == nil:
		return engine.Invalid("background.value", "'background.value' is required when type is 'color'.")
	case b.Type == "color" && !validColor(*b.Value):
		return engine.Invalid("background.value", "'background.value' must be a hex color such as '#ff0000'.")
	case b.Type == "image" && (b.URL == nil) == (b.AssetID == nil):
		return engine.Invalid("background", "Exactly one of 'background.url' or 'background.asset_id' must be provided.")
	case b.Type == "image":
		_, _, apiErr := s.openPart(r, v, b.file(), "background", "image")
		return apiErr
	}
	return nil
}

func validColor(color string) bool {
	digits, ok := strings.CutPrefix(color, "#")
	return ok && (len(digits) == 3 || len(digits) == 6) &&
		strings.IndexFunc(digits, func(c rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", c) }) < 0
}

// checkOutput holds what depends on who asks: plan, folder, glossary.
func (s *Sandbox) checkOutput(r *http.Request, v *engine.Request, in *outputRequest) *engine.Error {
	if in.Watermark != nil {
		if !v.OnPlan(engine.EnterprisePlan) {
			return engine.Refuse(http.StatusForbidden, "forbidden", "watermark", "Watermarks are for Enterprise accounts.")
		}
		if _, _, apiErr := s.openPart(r, v, &in.Watermark.Image, "watermark.image", "image"); apiErr != nil {
			return apiErr
		}
	}
	return s.checkPlaces(v, in.FolderID, in.BrandGlossaryID)
}
