package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	// How long the making of an avatar takes. v3's own documents have a photo take up to 90 s and a
	// prompt up to three minutes; for a twin they give no number.
	photoSeconds, promptSeconds, twinSeconds = 60.0, 120.0, 300.0

	// avatarPrice is what a twin and a photo avatar cost; v3 publishes no price of one made from
	// words.
	avatarPrice = 1 * int64(engine.MicroUSD)

	// Footage of a twin must be so long, in seconds.
	leastFootage, mostFootage = 15, 600

	// privatePlace is where an account's own avatars begin in lists, behind all public ones.
	privatePlace = int64(1) << 40
)

// avatarJobs are trainings. v3 has one word for what waits and what runs, and shows it of the look.
func avatarJobs() engine.JobKind {
	return engine.JobKind{
		Name: "avatar", Missing: "avatar_not_found", Event: "photo_avatar_generation", // a twin has another
		Pending: "processing", Running: "processing", Completed: "completed", Failed: "failed",
	}
}

// avatarRequest is the body of POST /v3/avatars, of any of its types.
type avatarRequest struct {
	Type        string      `json:"type"`
	Name        string      `json:"name"`
	GroupID     *string     `json:"avatar_group_id"`
	File        *fileInput  `json:"file"`
	Prompt      *string     `json:"prompt"`
	AvatarID    *string     `json:"avatar_id"`
	Images      []fileInput `json:"reference_images"`
	AspectRatio *string     `json:"aspect_ratio"`
}

// createAvatar answers POST /v3/avatars. Everything is checked before anything is made.
func (s *Sandbox) createAvatar(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in avatarRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if strings.TrimSpace(in.Name) == "" {
		return nil, engine.Invalid("name", "'name' must not be empty.")
	}
	if apiErr := s.checkAvatarFiles(r, v, &in); apiErr != nil {
		return nil, apiErr
	}
	g, apiErr := s.targetGroup(v, &in)
	if apiErr != nil {
		return nil, apiErr
	}
	one := in.look()
	one.training = &engine.Job{Kind: avatarJobs(), Title: in.Name, Price: one.price}
	if one.kind == digitalTwin {
		one.training.Kind.Event = "instant_avatar"
	}
	if apiErr := s.Begin(v, one.training, one.seconds); apiErr != nil {
		return nil, apiErr
	}
	one.id = one.training.ID
	s.keepLook(v.Account, g, one.look)
	return map[string]any{"avatar_item": s.showLook(r, one.look), "avatar_group": s.showGroup(r, one.group)}, nil
}

// newLook is a look with what its making takes.
type newLook struct {
	*look
	price   int64
	seconds float64
}

// look is what is asked for.
func (in *avatarRequest) look() newLook {
	one := &look{name: in.Name, kind: photoAvatar, engines: []string{engineIV, engineIII}, tags: []string{}}
	one.orientation, one.width, one.height = "portrait", 1080, 1920
	switch in.Type {
	case "digital_twin":
		one.kind, one.engines = digitalTwin, []string{engineV, engineIV, engineIII}
		one.orientation, one.width, one.height = "landscape", 1920, 1080
		return newLook{one, avatarPrice, twinSeconds}
	case "photo":
		return newLook{one, avatarPrice, photoSeconds}
	}
	switch value(in.AspectRatio) {
	case "16:9", "5:4":
		one.orientation, one.width, one.height = "landscape", 1920, 1080
	case "1:1":
		one.orientation, one.width, one.height = "square", 1080, 1080
	}
	return newLook{one, 0, promptSeconds}
}

// checkAvatarFiles looks at what the avatar is to be made of.
func (s *Sandbox) checkAvatarFiles(r *http.Request, v *engine.Request, in *avatarRequest) *engine.Error {
	switch in.Type {
	case "photo":
		_, apiErr := s.open(r, v, in.File, "file", "image/")
		return apiErr
	case "digital_twin":
		footage, apiErr := s.open(r, v, in.File, "file", "video/")
		if apiErr == nil && (footage.Seconds < leastFootage || footage.Seconds > mostFootage) {
			return engine.Invalid("file", "'file' must last %d to %d seconds; it lasts %.0f.", leastFootage, mostFootage, footage.Seconds)
		}
		return apiErr
	}
	if strings.TrimSpace(value(in.Prompt)) == "" {
		return engine.Invalid("prompt", "'prompt' must not be empty.")
	}
	for i := range in.Images {
		if _, apiErr := s.open(r, v, &in.Images[i], fmt.Sprintf("reference_images[%d]", i), "image/"); apiErr != nil {
			return apiErr
		}
	}
	return nil
}

// targetGroup is where a new look goes: nil is a group of its own. The look that a prompt refers to
// brings its group.
func (s *Sandbox) targetGroup(v *engine.Request, in *avatarRequest) (*group, *engine.Error) {
	var target *group
	if id := value(in.GroupID); id != "" {
		var apiErr *engine.Error
		if target, apiErr = s.ownGroup(v, id); apiErr != nil {
			return nil, apiErr.WithParam("avatar_group_id")
		}
	}
	if value(in.AvatarID) == "" {
		return target, nil
	}
	like := s.findLook(v, *in.AvatarID)
	switch {
	case like == nil:
		return nil, engine.NotFound("avatar_not_found", "Avatar look").WithParam("avatar_id")
	case !like.group.private:
		return nil, notYours("avatar_id")
	case target != nil && like.group != target:
		return nil, engine.Invalid("avatar_id", "'avatar_id' must be of the group that 'avatar_group_id' names.")
	case !like.trained(s.Now()):
		return nil, engine.Invalid("avatar_id", "The avatar has no usable image.")
	}
	return like.group, nil
}

// ownGroup finds a group that the caller may change.
func (s *Sandbox) ownGroup(v *engine.Request, id string) (*group, *engine.Error) {
	if g, ok := holdingsOf(v.Account).private.groupByID[id]; ok {
		return g, nil
	}
	if s.public.groupByID[id] != nil {
		return nil, notYours("")
	}
	return nil, engine.NotFound("avatar_not_found", "Avatar group")
}

// notYours refuses to change what everybody may use.
func notYours(param string) *engine.Error {
	return engine.Refuse(http.StatusForbidden, "resource_access_denied", param, "You do not have access to this resource.")
}

// keepLook puts a look into its group, which nil makes. A twin in a group without consent makes the
// group need it.
func (s *Sandbox) keepLook(a *engine.Account, g *group, one *look) {
	c, j := holdingsOf(a).private, one.training
	one.place = privatePlace + int64(len(ownConsents())) + j.Serial
	if g == nil {
		g = &group{
			id: s.NewID("avatar group", a.Name, j.Serial), name: one.name, created: j.Created.Unix(), private: true, place: one.place,
		}
		c.groups = append(c.groups, g)
		c.groupByID[g.id] = g
	}
	if one.kind == digitalTwin {
		g.consent = cmp.Or(g.consent, consentPending)
	} else if g.hasTwin() {
		one.engines = []string{engineV, engineIV, engineIII} // it can borrow the twin's motion
	}
	one.group, one.voiceID = g, g.voiceID
	g.looks = append(g.looks, one)
	c.looks = append(c.looks, one)
	c.lookByID[one.id] = one
}

// dropLook takes a look away, and its group with the last one. A training that still runs ends, and
// costs nothing.
func (s *Sandbox) dropLook(a *engine.Account, one *look) {
	same := func(other *look) bool { return other == one }
	c, g := holdingsOf(a).private, one.group
	g.looks = slices.DeleteFunc(g.looks, same)
	c.looks = slices.DeleteFunc(c.looks, same)
	delete(c.lookByID, one.id)
	if one.training != nil {
		s.DropJob(one.training)
	}
	if len(g.looks) == 0 {
		c.groups = slices.DeleteFunc(c.groups, func(other *group) bool { return other == g })
		delete(c.groupByID, g.id)
	}
}

// trained says whether a look can be seen.
func (l *look) trained(now time.Time) bool { return l.training == nil || l.training.Succeeded(now) }

// status is how far a look is; "" is that of what everybody may use.
func (l *look) status(now time.Time) string {
	switch {
	case !l.group.private:
		return ""
	case !l.trained(now):
		return l.training.Status(now)
	case l.kind == digitalTwin && l.group.consentStatus(now) == consentPending:
		return "pending_consent"
	}
	return avatarJobs().Completed
}

// status of a group is that of the look which is nearest to what somebody must do, or can.
func (g *group) status(now time.Time) string {
	for _, status := range []string{"pending_consent", avatarJobs().Completed, avatarJobs().Running} {
		if slices.ContainsFunc(g.looks, func(l *look) bool { return l.status(now) == status }) {
			return status
		}
	}
	return g.looks[0].status(now)
}

// ready refuses a look that no video can be made of, or not yet. Whatever takes a look asks this
// before it makes anything.
func (s *Sandbox) ready(one *look, param string) *engine.Error {
	switch one.status(s.Now()) {
	case "pending_consent":
		return engine.Refuse(http.StatusForbidden, "avatar_consent_required", param, "This avatar cannot be used before "+
			"its consent is accepted.")
	case avatarJobs().Running:
		return engine.Refuse(http.StatusConflict, "resource_not_ready", param, "This avatar is still being made.")
	case avatarJobs().Failed:
		return engine.Invalid(param, "This avatar could not be made and cannot be used.")
	}
	return nil
}
