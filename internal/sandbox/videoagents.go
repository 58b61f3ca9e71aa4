package sandbox

import (
	"fmt"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	agentPrice   = 0.0333 // US dollars a second of video
	thinkSeconds = 30.0
	maxMessages  = 40 // that a session shows, the newest

	agentThinking   = "thinking"
	agentWaiting    = "waiting_for_input"
	agentReviewing  = "reviewing"
	agentGenerating = "generating"
	agentCompleted  = "completed"
	agentFailed     = "failed"
)

func (s *Sandbox) videoAgentRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/video-agents", s.createAgent),
		engine.On("GET", "/v3/video-agents", s.listAgents),
		engine.On("GET", "/v3/video-agents/styles", s.listAgentStyles),
		engine.On("GET", "/v3/video-agents/{session_id}", s.getAgent),
		engine.On("POST", "/v3/video-agents/{session_id}", s.sendAgentMessage),
		engine.On("GET", "/v3/video-agents/{session_id}/resources/{resource_id}", s.getAgentResource),
		engine.On("POST", "/v3/video-agents/{session_id}/stop", s.stopAgent),
		engine.On("GET", "/v3/video-agents/{session_id}/videos", s.listAgentVideos),
	}
}

// agentRunJobs are the agent's thoughts: what comes of them is a question, a draft, or a video,
// which is a job of its own.
func agentRunJobs() engine.JobKind {
	return engine.JobKind{
		Name: "video agent", Missing: "not_found", Limited: true,
		Pending: agentThinking, Running: agentThinking, Completed: agentCompleted, Failed: agentFailed,
	}
}

// agentSession is a conversation with the agent. It moves on when its run or its video ends, see
// advanceAgent.
type agentSession struct {
	id, title  string
	serial     int64
	owner      *engine.Account
	created    time.Time
	chat       bool
	oauth      bool // how the caller signed in that spoke last, and so who pays
	state      string
	said       []string // by the user, which is what the video says
	run        *engine.Job
	videos     []*engine.Job // the oldest first
	messages   []agentMessage
	resources  []*agentResource
	asked      bool // the one question was asked
	revising   bool // a video is there, and another is wanted
	stopping   bool // at the next checkpoint
	callbackID string
	callback   string
}

type agentMessage struct {
	role, kind, content string
	created             time.Time
	resources           []string
}

// video is the newest video, or nil.
func (a *agentSession) video() *engine.Job {
	if len(a.videos) == 0 {
		return nil
	}
	return a.videos[len(a.videos)-1]
}

// status is the state, unless the video was taken away while it was made.
func (a *agentSession) status() string {
	if a.state == agentGenerating && a.video().Cancelled {
		return agentFailed
	}
	return a.state
}

// progress is how far a session is, in percent: a fifth is thinking, two are the draft, the rest is
// rendering.
func (a *agentSession) progress(now time.Time) int {
	switch a.status() {
	case agentThinking:
		return a.run.Progress(now) / 5
	case agentWaiting:
		return 20
	case agentReviewing:
		return 40
	case agentGenerating:
		return 40 + a.video().Progress(now)*3/5
	case agentCompleted:
		return 100
	}
	return 0
}

func (a *agentSession) tell(at time.Time, kind, content string, resources ...string) {
	a.messages = append(a.messages, agentMessage{"model", kind, content, at, resources})
}

// ownAgent finds a session that is the caller's.
func (s *Sandbox) ownAgent(r *http.Request, v *engine.Request) (*agentSession, *engine.Error) {
	s.Settle(v.Account, s.Now())
	for _, a := range holdingsOf(v.Account).agents {
		if a.id == chi.URLParam(r, "session_id") {
			return a, nil
		}
	}
	return nil, engine.NotFound("not_found", "Session")
}

// listAgents answers GET /v3/video-agents.
func (s *Sandbox) listAgents(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	s.Settle(v.Account, s.Now())
	return engine.Paged(s.Engine, l, newestFirst(holdingsOf(v.Account).agents),
		func(_ int, a *agentSession) int64 { return a.serial },
		func(position, after int64) bool { return position < after },
		func(a *agentSession) any {
			return map[string]any{"session_id": a.id, "title": engine.OrNull(a.title), "created_at": a.created.Unix()}
		}), nil
}

// getAgent answers GET /v3/video-agents/{session_id}.
func (s *Sandbox) getAgent(r *http.Request, v *engine.Request) (any, *engine.Error) {
	a, apiErr := s.ownAgent(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	shown := newestFirst(a.messages)
	messages := []any{}
	for _, m := range shown[:min(maxMessages, len(shown))] {
		one := map[string]any{"role": m.role, "type": m.kind, "content": m.content, "created_at": m.created.Unix(), "resource_ids": nil}
		if len(m.resources) > 0 {
			one["resource_ids"] = m.resources
		}
		messages = append(messages, one)
	}
	return map[string]any{
		"session_id": a.id, "status": a.status(), "progress": a.progress(s.Now()), "video_id": a.videoID(),
		"created_at": a.created.Unix(), "messages": messages,
	}, nil
}

func (a *agentSession) videoID() any {
	if j := a.video(); j != nil {
		return j.ID
	}
	return nil
}

// listAgentVideos answers GET /v3/video-agents/{session_id}/videos.
func (s *Sandbox) listAgentVideos(r *http.Request, v *engine.Request) (any, *engine.Error) {
	a, apiErr := s.ownAgent(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	videos := []any{}
	for _, j := range newestFirst(a.videos) {
		if s.Job(j.ID) == j { // it was not deleted
			videos = append(videos, s.showVideo(r, j))
		}
	}
	return engine.Page{Data: videos}, nil
}

// stopAgent answers POST /v3/video-agents/{session_id}/stop. A session that waits, or is done,
// stays as it is.
func (s *Sandbox) stopAgent(r *http.Request, v *engine.Request) (any, *engine.Error) {
	a, apiErr := s.ownAgent(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	at := a.run
	switch a.status() {
	case agentThinking:
	case agentGenerating:
		at = a.video()
		at.Fails, at.Failure = true, "It was stopped."
	default:
		return map[string]any{"session_id": a.id}, nil
	}
	a.stopping = true
	// The checkpoint is where the pending time of any job ends.
	checkpoint := s.Now().Add(s.After(engine.PendingSeconds))
	if at.Ends.After(checkpoint) {
		at.Ends = checkpoint
	}
	return map[string]any{"session_id": a.id}, nil
}

// agentID names what a session makes.
func (s *Sandbox) agentID(what string, a *agentSession) string {
	return s.NewID(what, fmt.Sprint(a.serial), s.NextSerial())
}
