package sandbox

import (
	"fmt"
	"net/http"
	"slices"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	cinematicPrice   = 7 * int64(engine.MicroUSD) // of a video, however long
	cinematicSeconds = 10                         // unless another length is asked for
	directedSeconds  = 8                          // where the model is to choose, it always chooses this

	maxReferenceImages, maxReferenceVideos = 9, 3
	maxCinematicLooks                      = 3
)

// planCinematic makes the job of a video that a prompt directs. Nobody can tell what is said in it.
func (s *Sandbox) planCinematic(r *http.Request, v *engine.Request, raw []byte) (*engine.Job, *engine.Error) {
	var in struct {
		outputRequest
		AvatarID     []string    `json:"avatar_id"`
		References   []fileInput `json:"references"`
		Duration     *int        `json:"duration"`
		AutoDuration bool        `json:"auto_duration"`
	}
	if apiErr := engine.Decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	switch allowed := []string{"16:9", "9:16", "1:1"}; {
	case !v.OnPlan("pro"):
		return nil, engine.Refuse(http.StatusForbidden, "forbidden", "", "Cinematic avatars need the pro plan or above; yours is %s.", v.Account.Plan)
	case in.AspectRatio != nil && !slices.Contains(allowed, *in.AspectRatio):
		return nil, engine.Invalid("aspect_ratio", "'aspect_ratio' must be one of: %s.", contract.Quoted(allowed))
	case len(in.AvatarID) < 1 || len(in.AvatarID) > maxCinematicLooks:
		return nil, engine.Invalid("avatar_id", "'avatar_id' must have 1 to %d looks.", maxCinematicLooks)
	case in.AutoDuration && in.Duration != nil:
		return nil, engine.Invalid("duration", "'duration' cannot be set with auto_duration.")
	}
	for i, id := range in.AvatarID {
		if _, apiErr := s.usableLook(v, fmt.Sprintf("avatar_id[%d]", i), id); apiErr != nil {
			return nil, apiErr
		}
	}
	images, videos := len(in.AvatarID), 0
	for i := range in.References {
		_, kind, apiErr := s.openPart(r, v, &in.References[i], fmt.Sprintf("references[%d]", i), "image", "video", "audio")
		if apiErr != nil {
			return nil, apiErr
		}
		switch kind {
		case "image":
			images++
		case "video":
			videos++
		}
	}
	if images > maxReferenceImages || videos > maxReferenceVideos {
		return nil, engine.Invalid("references", "At most %d images, looks among them, and %d videos can be references.",
			maxReferenceImages, maxReferenceVideos)
	}
	length := cinematicSeconds
	switch {
	case in.AutoDuration:
		length = directedSeconds
	case in.Duration != nil:
		length = *in.Duration
	}
	return planOutput(&in.outputRequest, &engine.Job{
		Price: cinematicPrice, Media: &media.File{Seconds: float64(length)}, Data: &video{format: "mp4"},
	}), nil
}
