package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

type agentRequest struct {
	Prompt          string  `json:"prompt"`
	Mode            *string `json:"mode"`
	StyleID         *string `json:"style_id"`
	BrandGlossaryID *string `json:"brand_glossary_id"`
	CallbackURL     *string `json:"callback_url"`
	CallbackID      *string `json:"callback_id"`
	agentChoices
}

// agentChoices are what every message may bring along.
type agentChoices struct {
	AvatarID   *string     `json:"avatar_id"`
	VoiceID    *string     `json:"voice_id"`
	BrandKitID *string     `json:"brand_kit_id"`
	Files      []fileInput `json:"files"`
}

// createAgent answers POST /v3/video-agents.
func (s *Sandbox) createAgent(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in agentRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if strings.TrimSpace(in.Prompt) == "" {
		return nil, engine.Invalid("prompt", "'prompt' must say what the video is about.")
	}
	if in.StyleID != nil && !slices.ContainsFunc(s.agentStyles(), func(one agentStyle) bool { return one.id == *in.StyleID }) {
		return nil, engine.NotFound("resource_not_found", "Style").WithParam("style_id")
	}
	if apiErr := holdingsOf(v.Account).speaksBy("brand_glossary_id", in.BrandGlossaryID); apiErr != nil {
		return nil, apiErr
	}
	files, apiErr := s.checkChoices(r, v, &in.agentChoices)
	if apiErr != nil {
		return nil, apiErr
	}
	a := &agentSession{
		serial: s.NextSerial(), owner: v.Account, created: s.Now(), chat: value(in.Mode) == "chat",
		callback: value(in.CallbackURL), callbackID: value(in.CallbackID),
	}
	a.id = s.NewID("session", v.Account.Name, a.serial)
	if apiErr := s.beginRun(v, a, in.Prompt, files); apiErr != nil {
		return nil, apiErr
	}
	holdingsOf(v.Account).agents = append(holdingsOf(v.Account).agents, a)
	return map[string]any{"session_id": a.id, "status": a.state, "video_id": nil, "created_at": a.created.Unix()}, nil
}

type agentMessageRequest struct {
	Message string `json:"message"`
	agentChoices
}

// sendAgentMessage answers POST /v3/video-agents/{session_id}.
func (s *Sandbox) sendAgentMessage(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in agentMessageRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	a, apiErr := s.ownAgent(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	status := a.status()
	switch {
	case !a.chat:
		return nil, engine.Invalid("session_id", "Messages can be sent only to sessions that were created in chat mode.")
	case status == agentThinking || status == agentGenerating:
		return nil, engine.Refuse(http.StatusConflict, "resource_not_ready", "", "The agent is at work. Wait for it, "+
			"or stop it.")
	case strings.TrimSpace(in.Message) == "":
		return nil, engine.Invalid("message", "'message' must not be empty.")
	}
	files, apiErr := s.checkChoices(r, v, &in.agentChoices)
	if apiErr != nil {
		return nil, apiErr
	}
	revising := status == agentCompleted
	if apiErr := s.beginRun(v, a, in.Message, files); apiErr != nil {
		return nil, apiErr
	}
	a.revising = revising
	return map[string]any{"session_id": a.id, "run_id": a.run.ID}, nil
}

// beginRun hands the agent something to think about. A video of what was said so far must be
// affordable.
func (s *Sandbox) beginRun(v *engine.Request, a *agentSession, text string, files []*agentResource) *engine.Error {
	s.Settle(v.Account, s.Now())
	length := media.SpeechSeconds(strings.Join(append(slices.Clone(a.said), text), " "), 1)
	if !v.Account.Affords(&engine.Job{OAuth: v.OAuth, Price: agentCost(length)}) {
		return engine.Refuse(http.StatusPaymentRequired, "insufficient_credit", "", "There are not enough credits left "+
			"for this video.")
	}
	run := &engine.Job{Kind: agentRunJobs()}
	if apiErr := s.Begin(v, run, thinkSeconds); apiErr != nil {
		return apiErr
	}
	a.run, a.oauth, a.state, a.stopping = run, v.OAuth, agentThinking, false
	a.said = append(a.said, text)
	said := agentMessage{role: "user", kind: "text", content: text, created: s.Now()}
	for _, one := range files {
		said.resources = append(said.resources, s.addResource(a, one).id)
	}
	a.messages = append(a.messages, said)
	return nil
}

// checkChoices refuses what a message names and cannot be used, and makes resources of its files.
func (s *Sandbox) checkChoices(r *http.Request, v *engine.Request, in *agentChoices) ([]*agentResource, *engine.Error) {
	if in.AvatarID != nil {
		if _, apiErr := s.usableLook(v, "avatar_id", *in.AvatarID); apiErr != nil {
			return nil, apiErr
		}
	}
	if in.VoiceID != nil && s.findVoice(v, *in.VoiceID) == nil {
		return nil, engine.NotFound("voice_not_found", "Voice").WithParam("voice_id")
	}
	if apiErr := s.checkKit(v, "brand_kit_id", in.BrandKitID); apiErr != nil {
		return nil, apiErr
	}
	var files []*agentResource
	for i := range in.Files {
		file, apiErr := s.open(r, v, &in.Files[i], fmt.Sprintf("files[%d]", i),
			"image/png", "image/jpeg", media.TypeMP4, media.TypeWebM, media.TypeMP3, media.TypeWAV, "application/pdf")
		if apiErr != nil {
			return nil, apiErr
		}
		kind := "file"
		if word, ok := media.Types()[file.Type]; ok {
			kind = word[1]
		}
		files = append(files, &agentResource{kind: kind, source: "user_uploaded", link: in.Files[i].URL, file: file, created: s.Now()})
	}
	return files, nil
}

// newestFirst is a list turned round.
func newestFirst[T any](items []T) []T {
	turned := slices.Clone(items)
	slices.Reverse(turned)
	return turned
}
