package sandbox

import (
	"math"
	"strings"
	"time"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

// advanceAgent moves a session on when its run or its video ends.
func (s *Sandbox) advanceAgent(j *engine.Job) {
	for _, a := range holdingsOf(j.Owner).agents {
		switch j {
		case a.run:
			s.endAgentRun(a, j)
		case a.video():
			s.endAgentVideo(a, j)
		default:
			continue
		}
		if a.state == agentCompleted || a.state == agentFailed {
			s.tellAgent(a, j.Ends)
		}
	}
}

// tellAgent tells of a session that is done or has failed.
func (s *Sandbox) tellAgent(a *agentSession, at time.Time) {
	e := &event{name: "video_agent.success", entity: a.id, created: at}
	e.data = map[string]any{"session_id": a.id, "video_id": a.videoID(), "callback_id": engine.OrNull(a.callbackID)}
	if a.state == agentFailed {
		e.name = "video_agent.fail"
		e.data["message"] = a.messages[len(a.messages)-1].content
	} else {
		e.data["url"] = s.Link(a.owner.From, "videos/"+a.video().ID+".mp4")
	}
	s.tellHooks(a.owner, e)
	if a.callback != "" {
		s.Deliveries.AddCallback(e.sent(), a.callback)
	}
}

// endAgentRun is where the agent has thought it over: it asks once in a chat, shows a draft before
// it makes a video anew, and goes on by itself otherwise.
func (s *Sandbox) endAgentRun(a *agentSession, j *engine.Job) {
	at := j.Ends
	a.title = agentTitle(a.said[0])
	switch {
	case a.stopping:
		a.halt(at)
	case j.Fails:
		a.fail(at, "The agent could not work out a video from this.")
	case a.chat && !a.asked:
		a.asked, a.state = true, agentWaiting
		a.tell(at, "text", "Who is this video for, and in what tone should it speak?")
	case a.revising:
		a.revising, a.state = false, agentReviewing
		a.tell(at, "resource", "Here is the storyboard of the new version. Shall I make it?", s.draft(a, at).id)
	default:
		a.tell(at, "resource", "Here is the storyboard. I am making the video now.", s.draft(a, at).id)
		s.beginAgentVideo(a, at)
	}
}

// beginAgentVideo starts the video, at the time at which it was decided.
func (s *Sandbox) beginAgentVideo(a *agentSession, at time.Time) {
	script := strings.Join(a.said, " ")
	length := media.SpeechSeconds(script, 1)
	j := &engine.Job{
		Kind: videoJobs(), Title: a.title, Price: agentCost(length),
		Media: &media.File{Seconds: length, Text: script}, Data: &video{format: "mp4"},
	}
	if apiErr := s.BeginFrom(&engine.Request{Account: a.owner, OAuth: a.oauth}, j, at, videoSeconds+length); apiErr != nil {
		a.fail(at, apiErr.Message)
		return
	}
	a.state = agentGenerating
	a.videos = append(a.videos, j)
}

func agentCost(seconds float64) int64 {
	return int64(math.Round(seconds * agentPrice * engine.MicroUSD))
}

// endAgentVideo is where a video is done or has failed.
func (s *Sandbox) endAgentVideo(a *agentSession, j *engine.Job) {
	switch {
	case a.stopping:
		a.halt(j.Ends)
	case j.Fails:
		a.fail(j.Ends, engine.FailureMessage)
	default:
		a.state = agentCompleted
		one := s.addResource(a, &agentResource{kind: "video", source: sourceGenerated, created: j.Ends, video: j})
		a.tell(j.Ends, "resource", "Your video is ready.", one.id)
	}
}

func (a *agentSession) fail(at time.Time, why string) {
	a.state = agentFailed
	a.tell(at, "error", why)
}

// halt is the checkpoint at which a session stops. A chat goes on when its user says how.
func (a *agentSession) halt(at time.Time) {
	a.stopping = false
	if !a.chat {
		a.fail(at, "It was stopped before the video was done.")
		return
	}
	a.state = agentWaiting
	a.tell(at, "text", "I have stopped. How shall I go on?")
}

// agentTitle is what a session is called once the agent has read the prompt.
func agentTitle(prompt string) string {
	words := strings.Fields(prompt)
	return strings.Join(words[:min(6, len(words))], " ")
}
