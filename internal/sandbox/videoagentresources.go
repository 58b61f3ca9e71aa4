package sandbox

import (
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// styleSeconds is how long the preview of a style is.
const styleSeconds = 6.0

const sourceGenerated = "generated"

// agentResource is a thing that messages speak of.
type agentResource struct {
	id, kind, source string
	created          time.Time

	link   string      // of a file that lies elsewhere
	file   *media.File // that the user gave
	video  *engine.Job // that was made
	script string      // of a draft
}

func (s *Sandbox) addResource(a *agentSession, one *agentResource) *agentResource {
	one.id = s.agentID("resource", a)
	if one.file != nil && one.file.Raw != nil {
		s.PutFile(one.id, one.file)
	}
	a.resources = append(a.resources, one)
	return one
}

// draft adds the storyboard of what was said so far.
func (s *Sandbox) draft(a *agentSession, at time.Time) *agentResource {
	return s.addResource(a, &agentResource{kind: "draft", source: sourceGenerated, created: at, script: strings.Join(a.said, " ")})
}

// getAgentResource answers GET /v3/video-agents/{session_id}/resources/{resource_id}.
func (s *Sandbox) getAgentResource(r *http.Request, v *engine.Request) (any, *engine.Error) {
	a, apiErr := s.ownAgent(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	for _, one := range a.resources {
		if one.id == chi.URLParam(r, "resource_id") {
			return s.showResource(r, one), nil
		}
	}
	return nil, engine.NotFound("not_found", "Resource")
}

func (s *Sandbox) showResource(r *http.Request, one *agentResource) any {
	out := map[string]any{
		"resource_id": one.id, "resource_type": one.kind, "source_type": one.source, "created_at": one.created.Unix(),
		"url": engine.OrNull(one.link), "preview_url": nil, "thumbnail_url": nil, "metadata": nil,
	}
	switch {
	case one.video != nil:
		out["metadata"] = map[string]any{"video_id": one.video.ID}
		if s.Job(one.video.ID) == one.video { // it was not deleted
			out["url"] = s.Link(r, "videos/"+one.video.ID+".mp4")
			out["thumbnail_url"] = s.PictureLink(r, one.video.ID, 640, 360)
		}
	case one.script != "":
		out["preview_url"] = s.PictureLink(r, one.id, 640, 360)
		out["thumbnail_url"] = s.PictureLink(r, one.id, 320, 180)
		out["metadata"] = map[string]any{"script": one.script, "duration": media.SpeechSeconds(one.script, 1)}
	case one.link == "":
		out["url"] = s.Link(r, "agents/"+one.id+media.Types()[one.file.Type][0])
	}
	return out
}

// agentStyle is a look that videos can have. They never change.
type agentStyle struct {
	id, name, tag, aspect string
}

// agentStyles are two of each of v3's tags.
func (s *Sandbox) agentStyles() []agentStyle {
	lines := []string{
		"Noir city:cinematic:16:9", "Golden hour:cinematic:16:9", "Green phosphor:retro-tech:16:9", "Tape deck:retro-tech:9:16",
		"Sunflower strokes:iconic-artist:16:9", "Cut paper dance:iconic-artist:1:1", "Comic panels:pop-culture:16:9", "Arcade:pop-culture:9:16",
		"Clay table:handmade:16:9", "Stitched felt:handmade:1:1", "Broadsheet:print:16:9", "Risograph:print:9:16",
	}
	styles := make([]agentStyle, len(lines))
	for i, line := range lines {
		name, rest, _ := strings.Cut(line, ":")
		tag, aspect, _ := strings.Cut(rest, ":")
		styles[i] = agentStyle{s.NewID("style", name), name, tag, aspect}
	}
	return styles
}

// listAgentStyles answers GET /v3/video-agents/styles.
func (s *Sandbox) listAgentStyles(r *http.Request, _ *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	var styles []agentStyle
	for _, one := range s.agentStyles() {
		if matches(r.URL.Query().Get("tag"), one.tag) {
			styles = append(styles, one)
		}
	}
	return engine.ByIndex(s.Engine, l, styles, func(one agentStyle) any {
		s.PutFile(one.id, &media.File{Seconds: styleSeconds})
		return map[string]any{
			"style_id": one.id, "name": one.name, "tags": []string{one.tag}, "aspect_ratio": one.aspect,
			"thumbnail_url": s.PictureLink(r, one.id, 640, 360), "preview_video_url": s.Link(r, "styles/"+one.id+".mp4"),
		}
	}), nil
}
