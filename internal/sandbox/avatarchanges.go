package sandbox

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

// updateGroup answers PATCH /v3/avatars/{group_id}. Its default voice is all that can be
// changed of a group, and is that of its looks.
func (s *Sandbox) updateGroup(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		VoiceID *string `json:"default_voice_id"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	g, apiErr := s.ownGroup(v, chi.URLParam(r, "group_id"))
	switch {
	case apiErr != nil:
		return nil, apiErr
	case in.VoiceID == nil:
		return nil, nothingToUpdate()
	}
	if s.findVoice(v, *in.VoiceID) == nil {
		if clone, apiErr := s.OwnJob(v, voiceCloneJobs(), *in.VoiceID); apiErr == nil && !clone.Done(s.Now()) {
			return nil, engine.Refuse(http.StatusConflict, "resource_not_ready", "", "The voice is still being created. Try "+
				"again in a moment.")
		}
		return nil, engine.Invalid("", "Invalid default_voice_id '%s': voice not found.", *in.VoiceID)
	}
	g.voiceID = *in.VoiceID
	for _, one := range g.looks {
		one.voiceID = g.voiceID
	}
	return s.showGroup(r, g), nil
}

// deleteGroup answers DELETE /v3/avatars/{group_id}, and takes the looks along.
func (s *Sandbox) deleteGroup(r *http.Request, v *engine.Request) (any, *engine.Error) {
	g, apiErr := s.ownGroup(v, chi.URLParam(r, "group_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.Settle(v.Account, s.Now())
	for len(g.looks) > 0 {
		s.dropLook(v.Account, g.looks[0])
	}
	return map[string]any{"id": g.id}, nil
}

// updateLook answers PATCH /v3/avatars/looks/{look_id}.
func (s *Sandbox) updateLook(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Name *string `json:"name"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	one, apiErr := s.ownLook(v, chi.URLParam(r, "look_id"), "renamed")
	switch {
	case apiErr != nil:
		return nil, apiErr
	case in.Name == nil:
		return nil, nothingToUpdate()
	}
	one.name = *in.Name
	return s.showLook(r, one), nil
}

// deleteLook answers DELETE /v3/avatars/looks/{look_id}.
func (s *Sandbox) deleteLook(r *http.Request, v *engine.Request) (any, *engine.Error) {
	one, apiErr := s.ownLook(v, chi.URLParam(r, "look_id"), "deleted")
	if apiErr != nil {
		return nil, apiErr
	}
	s.Settle(v.Account, s.Now())
	s.dropLook(v.Account, one)
	return map[string]any{"id": one.id}, nil
}

// ownLook finds a look that the caller may change. Studio avatars are nobody's to change.
func (s *Sandbox) ownLook(v *engine.Request, id, done string) (*look, *engine.Error) {
	one := s.findLook(v, id)
	switch {
	case one == nil:
		return nil, engine.NotFound("not_found", "Avatar look")
	case one.kind == studioAvatar:
		return nil, engine.Invalid("look_id", "Studio avatars cannot be %s.", done)
	case !one.group.private && done == "deleted":
		return nil, engine.Refuse(http.StatusForbidden, "forbidden", "", "Cannot update public avatar.")
	case !one.group.private:
		return nil, notYours("")
	}
	return one, nil
}
