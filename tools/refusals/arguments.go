package refusals

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/dial"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args"
)

// maxReceived is how much of what was sent is shown again, in characters: enough to know it by.
const maxReceived = 100

// correct is the step of a fault in arguments where HeyGen does not say of which. Where that is
// known, what the argument may be takes its place.
const correct = "Correct what heygen_message speaks of and call again."

// located tells of an error by the tool's own argument, whatever HeyGen calls it: what was sent
// there, and what it may be. It gives the step for it, "" where no argument can be meant.
func (r *Refusal) located(e *heygen.Error, a Attempt) {
	if e.Status != http.StatusBadRequest && e.Status != http.StatusUnprocessableEntity || a.Input == nil {
		return
	}
	at, ok := a.locate(e)
	if !ok {
		r.Param = "" // it is no name of this tool's
		return
	}
	r.Param = at.Path
	r.Message = fmt.Sprintf("HeyGen refused this call for %s, %s", at.Path, received(at.Given))
	if e.Quoted {
		r.Message += "; heygen_message has its reason."
	} else {
		r.Message += ", and gave no reason."
	}
	rule := "Correct " + at.Path + " and call again. It is: " + strings.TrimSuffix(at.Rule, ".") + "."
	if host := privateHost(at); host != "" {
		r.NextStep = fmt.Sprintf("HeyGen cannot reach %s, which is no address of the open internet: upload the file with "+
			"create_asset_upload and give its asset_id, or send a public https URL.", host)
		return
	}
	if step := a.argumentStep(e, at); step != "" {
		r.NextStep = step
		return
	}
	r.NextStep = strings.Replace(r.NextStep, correct, rule, 1)
}

// locate finds the argument that an error is about: the one that HeyGen names, or that its text does.
func (a Attempt) locate(e *heygen.Error) (args.Located, bool) {
	if e.Param != "" {
		return args.Locate(a.Input, e.Param, a.Given)
	}
	if e.Quoted {
		return args.LocateIn(a.Input, e.Message, a.Given)
	}
	return args.Located{}, false
}

// privateHost is the host of the URL of a file that was sent somewhere, if the internet does not reach it; "" for what
// is no such URL. Names that are longer than a host's, or hold what none does, are not told.
func privateHost(at args.Located) string {
	given := at.Given
	if object, ok := given.(map[string]any); ok {
		given = object["url"]
	} else if !strings.HasSuffix(at.Path, ".url") && !strings.HasSuffix(at.Path, "audio_url") {
		return ""
	}
	link, _ := given.(string)
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !dial.IsPrivate(u.Hostname()) || len(u.Hostname()) > maxReceived ||
		strings.ContainsFunc(u.Hostname(), func(c rune) bool { return c <= ' ' || c >= 0x7f || c == '%' }) {
		return ""
	}
	return u.Hostname()
}

// received says what was sent somewhere.
func received(given any) string {
	if given == nil {
		return "which was not sent"
	}
	raw, err := jsonwrite.Marshal(given)
	if err != nil {
		return "as it was sent"
	}
	shown := []rune(string(raw))
	if len(shown) > maxReceived {
		shown = append(shown[:maxReceived], '…')
	}
	return "which was sent as " + string(shown)
}

// argumentStep is the step of a fault in one argument of an operation, "" for none of its own.
func (a Attempt) argumentStep(e *heygen.Error, at args.Located) string {
	var names []string
	for part := range strings.SplitSeq(at.Path, ".") {
		names = append(names, lastArgument(part))
	}
	steps := ArgumentSteps()
	for from := range names {
		key := strings.Join(names[from:], ".")
		if at.Given == nil {
			if step := steps[e.Op.String()+" no "+key]; step != "" {
				return a.Tools.fill(step)
			}
		}
		if step := steps[e.Op.String()+" "+key]; step != "" && e.Code == heygen.CodeInvalidParameter {
			return a.Tools.fill(step)
		}
	}
	return ""
}

// ArgumentSteps are the steps of faults in arguments, by the operation and the end of the path of the
// argument. A "no" before it is of one that was not sent.
func ArgumentSteps() map[string]string {
	const (
		noVoice = "The look has no default voice, as a new twin has none. Choose voice_id from " +
			"list_voices, or make one of the same recording with clone_voice, or give the avatar " +
			"one for good: update_avatar_group with default_voice_id."
		engine = "Choose an engine out of supported_api_engines, as get_avatar_look shows it of " +
			"this look, or another look."
		omitted = "Without engine it is avatar_iv, which the look lacks. "
		moves   = "Leave motion_prompt out, or choose an engine that takes it, if " +
			"supported_api_engines of the look has it: avatar_v for an avatar of a video, " +
			"avatar_iv or avatar_v for one of a photo. get_avatar_look shows both."
		shows = "Leave expressiveness out: only photo avatars on avatar_iv have it, as " +
			"get_avatar_look shows by avatar_type and supported_api_engines."
		variables = "get_template shows by name which variables there are, and of which type " +
			"each is: send these."
	)
	steps := map[string]string{
		"POST /v3/voices/speech voice_id": "create_speech speaks with voices of the engine " +
			"starfish alone: list_voices with engine starfish shows them.",
		"POST /v3/voices/speech locale": "Leave locale out, or choose a voice that speaks it: " +
			"list_voices with engine starfish and language shows them.",
		"POST /v3/templates/{template_id} variables":      variables,
		"POST /v3/templates/{template_id} variables.type": variables,
		"POST /v3/templates/{template_id} scene_ids": "get_template shows the scene_ids that " +
			"there are: send some of these, or leave scene_ids out for all.",
	}
	const kinds = "HeyGen takes files of the types image/png, image/jpeg, video/mp4, video/webm, audio/mpeg, audio/wav, " +
		"application/pdf, application/x-subrip and application/zip. Convert the file first: a film to mp4, sound to mp3, a " +
		"picture to png, subtitles to SRT (for a proofread upload_proofread_srt takes WebVTT as text); then begin its " +
		"upload with the new filename, content_type and size_bytes."
	steps["POST /v3/assets/direct-uploads content_type"] = kinds
	steps["POST /v3/assets/direct-uploads/batches content_type"] = kinds
	for _, op := range []string{"POST /v3/videos ", "POST /v3/videos/batches "} {
		steps[op+"no voice_id"] = noVoice
		steps[op+"engine"], steps[op+"engine.type"] = engine, engine
		steps[op+"no engine"], steps[op+"no engine.type"] = omitted+engine, omitted+engine
		steps[op+"motion_prompt"], steps[op+"expressiveness"] = moves, shows
		steps[op+"engine_settings.engine_type"] = "Leave engine_settings out, or choose a voice " +
			"of that engine: list_voices with engine shows them."
	}
	return steps
}
