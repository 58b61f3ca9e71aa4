package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// checkVideo applies the rules that look at several fields or at the
// catalogue, and finds the look that is to speak.
func (s *Sandbox) checkVideo(v *visit, in *videoRequest) (*look, *apiError) {
	if apiErr := checkSource(in); apiErr != nil {
		return nil, apiErr
	}
	one := s.findLook(v, in.AvatarID)
	if one == nil {
		return nil, notFound("avatar_not_found", "Avatar look").at("avatar_id")
	}
	for _, check := range []func() *apiError{
		func() *apiError { return s.checkVoice(v, in, one) },
		func() *apiError { return s.checkEngine(v, in, one) },
		func() *apiError { return checkMotion(in, one) },
		func() *apiError { return checkBackground(in, one) },
		func() *apiError { return s.checkFiles(v, in) },
		func() *apiError { return checkAccount(v, in, one) },
		func() *apiError { return v.account.holds("folder_id", in.FolderID) },
	} {
		if apiErr := check(); apiErr != nil {
			return nil, apiErr
		}
	}
	return one, nil
}

func checkSource(in *videoRequest) *apiError {
	sources := 0
	for _, source := range []*string{in.Script, in.AudioURL, in.AudioAssetID} {
		if source != nil {
			sources++
		}
	}
	switch {
	case sources != 1:
		return invalid("script", "Exactly one of 'script', 'audio_url' or 'audio_asset_id' must be provided.")
	case in.AudioURL != nil && !strings.HasPrefix(*in.AudioURL, "https://"):
		return invalid("audio_url", "'audio_url' must be a public HTTPS URL.")
	case in.Script != nil && strings.TrimSpace(*in.Script) == "":
		return invalid("script", "'script' must contain something to say.")
	}
	return nil
}

func (s *Sandbox) checkVoice(v *visit, in *videoRequest, one *look) *apiError {
	if in.Script == nil {
		return nil // voice and settings are ignored with a recording
	}
	id := one.voiceID
	if in.VoiceID != nil {
		id = *in.VoiceID
	} else if id == "" {
		return invalid("voice_id", "'voice_id' is required: this avatar has no default voice.")
	}
	speaker := s.findVoice(v, id)
	if speaker == nil {
		return notFound("voice_not_found", "Voice").at("voice_id")
	}
	if in.VoiceSettings == nil || in.VoiceSettings.EngineSettings == nil {
		return nil
	}
	settings := in.VoiceSettings.EngineSettings
	if settings.EngineType != speaker.engine {
		return invalid("voice_settings.engine_settings.engine_type",
			"The voice is not compatible with engine '%s'.", settings.EngineType)
	}
	if value(settings.Model) == "eleven_v3" && settings.Stability != nil &&
		!slices.Contains([]float64{0, 0.5, 1}, *settings.Stability) {
		return invalid("voice_settings.engine_settings.stability", "'stability' must be 0, 0.5 or 1 with eleven_v3.")
	}
	return nil
}

func (s *Sandbox) checkEngine(v *visit, in *videoRequest, one *look) *apiError {
	if !slices.Contains(one.engines, in.engine()) {
		return invalid("engine.type", "This avatar does not support engine '%s'. Supported: %s.",
			in.engine(), quoted(one.engines))
	}
	if in.Engine == nil || in.Engine.ReferenceLookID == nil {
		return nil
	}
	reference := s.findLook(v, *in.Engine.ReferenceLookID)
	switch {
	case reference == nil:
		return notFound("avatar_not_found", "Avatar look")
	case reference.kind != digitalTwin || reference.group != one.group:
		return invalid("engine.reference_look_id",
			"'engine.reference_look_id' must be a digital_twin look of the same avatar group.")
	}
	return nil
}

// checkMotion holds the rules for what only some kinds of avatar can do.
func checkMotion(in *videoRequest, one *look) *apiError {
	photo, engine := one.kind == photoAvatar, in.engine()
	if in.Expressiveness != nil && (!photo || engine != engineIV) {
		return invalid("expressiveness", "'expressiveness' is for photo avatars on avatar_iv only.")
	}
	if in.MotionPrompt == nil {
		return nil
	}
	switch {
	case engine == engineIII:
		return invalid("motion_prompt", "'motion_prompt' is not supported with avatar_iii.")
	case !photo && engine != engineV:
		return invalid("motion_prompt", "'motion_prompt' needs engine avatar_v for a video avatar.")
	case photo && engine == engineV && !one.group.hasTwin():
		return invalid("motion_prompt", "'motion_prompt' needs an animation reference in the avatar's group.")
	}
	return nil
}

func checkBackground(in *videoRequest, one *look) *apiError {
	video := one.kind != photoAvatar
	if in.format() == "webm" {
		if in.Background != nil {
			return invalid("background", "'background' cannot be set with output_format webm.")
		}
		if video && !one.matting {
			return invalid("output_format", "This video avatar does not support webm output.")
		}
	}
	if value(in.RemoveBackground) && video && !one.matting {
		return invalid("remove_background", "This video avatar does not support background removal.")
	}
	b := in.Background
	switch {
	case b == nil:
	case b.Type == "color" && b.Value == nil:
		return invalid("background.value", "'background.value' is required when type is 'color'.")
	case b.Type == "color" && !validColor(*b.Value):
		return invalid("background.value", "'background.value' must be a hex color such as '#ff0000'.")
	case b.Type == "image" && (b.URL == nil) == (b.AssetID == nil):
		return invalid("background", "Exactly one of 'background.url' or 'background.asset_id' must be provided.")
	case b.Type == "image" && b.URL != nil && !strings.HasPrefix(*b.URL, "https://"):
		return invalid("background.url", "'background.url' must be a public HTTPS URL.")
	}
	return nil
}

// checkFiles finds the uploads that a video is to be made of.
func (s *Sandbox) checkFiles(v *visit, in *videoRequest) *apiError {
	if in.AudioAssetID != nil {
		audio, apiErr := s.findAsset(v, *in.AudioAssetID, "audio_asset_id", "audio/")
		if apiErr != nil {
			return apiErr
		}
		if audio.seconds > maxAudioSeconds {
			return invalid("audio_asset_id", "The audio is longer than %d seconds.", maxAudioSeconds)
		}
	}
	if in.Background != nil && in.Background.AssetID != nil {
		_, apiErr := s.findAsset(v, *in.Background.AssetID, "background.asset_id", "image/")
		return apiErr
	}
	return nil
}

func validColor(color string) bool {
	digits, ok := strings.CutPrefix(color, "#")
	return ok && (len(digits) == 3 || len(digits) == 6) &&
		strings.IndexFunc(digits, func(c rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", c) }) < 0
}

// checkAccount holds what depends on who asks: consent and plan.
func checkAccount(v *visit, in *videoRequest, one *look) *apiError {
	switch {
	case one.group.private && one.kind == digitalTwin && one.group.consent != "accepted":
		return refuse(http.StatusForbidden, "avatar_consent_required", "avatar_id",
			"This avatar cannot be used before its consent is accepted.")
	case in.Watermark != nil && !v.onPlan(enterprisePlan):
		return refuse(http.StatusForbidden, "forbidden", "watermark", "Watermarks are for Enterprise accounts.")
	}
	return v.account.speaksBy("brand_glossary_id", in.BrandGlossaryID)
}
