package tools

import (
	"context"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

// agentPage is where a person sees a session, in HeyGen's own app.
const agentPage = "https://app.heygen.com/video-agent/"

type createVideoAgentInput struct {
	Prompt          string  `json:"prompt" required:"true" len:"1-10000" doc:"The video in words: topic, audience, length."`
	Mode            *string `json:"mode" enum:"generate,chat" default:"generate" doc:"chat: may ask first, and takes revisions."`
	Orientation     *string `json:"orientation" enum:"landscape,portrait" doc:"Omitted: chosen from the content."`
	StyleID         *string `json:"style_id" doc:"From list_video_agent_styles."`
	BrandGlossaryID *string `json:"brand_glossary_id" len:"1-" doc:"Pronunciations."`
	Incognito       *bool   `json:"incognito_mode" doc:"Without memories."`
	agentChoices
	callback
	engine.Paid
}

// agentChoices are what every message to an agent may bring along.
type agentChoices struct {
	AvatarID   *string       `json:"avatar_id" doc:"A look's id. Omitted: the agent's choice."`
	VoiceID    *string       `json:"voice_id" doc:"Omitted: the agent's choice."`
	BrandKitID *string       `json:"brand_kit_id" doc:"Colors, fonts and logos."`
	Files      []InlineMedia `json:"files" len:"0-20" opaque:"true" doc:"{url} or {asset_id}: pictures, video, audio, pdf."`
}

// startedAgent is the answer to create_video_agent.
type startedAgent struct {
	SessionID string `json:"session_id"`
	Status    string `json:"status"`
	VideoID   string `json:"video_id"`
	URL       string `json:"session_url"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedAgent) JobIDs() []string { return []string{o.SessionID} }

// sessionID is the input of a tool about one session.
type sessionID struct {
	SessionID string `json:"session_id" in:"path" required:"true" len:"1-" doc:"From create_video_agent."`
}

// agentSession is v3's session.
type agentSession struct {
	SessionID string `json:"session_id"`
	Status    string `json:"status"`
	State     string `json:"state"`
	Progress  int    `json:"progress"`
	Title     string `json:"title"`
	VideoID   string `json:"video_id"`
	Messages  []any  `json:"messages"`
	CreatedAt string `json:"created_at"`
}

type listSessionsInput struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"20" obvious:"true" doc:"Items a page."`
	pageToken
}

type listStylesInput struct {
	worded
	Tag   *string `json:"tag" in:"query" doc:"cinematic, retro-tech, iconic-artist, pop-culture, handmade, print …"`
	Limit *int    `json:"limit" in:"query" min:"1" max:"100" default:"20" obvious:"true" doc:"Items a page."`
	pageToken
}

type sendMessageInput struct {
	sessionID
	Message string `json:"message" required:"true" len:"1-10000" doc:"An answer, or what to change."`
	agentChoices
	engine.Paid
}

// sentMessage is the answer to send_video_agent_message.
type sentMessage struct {
	SessionID string `json:"session_id"`
	RunID     string `json:"run_id"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *sentMessage) JobIDs() []string { return []string{o.SessionID} }

// stoppedAgent is the answer to stop_video_agent_session.
type stoppedAgent struct {
	SessionID string `json:"session_id"`
}

type resourceIDInput struct {
	sessionID
	ResourceID string `json:"resource_id" in:"path" required:"true" len:"1-" doc:"From a message's resource_ids."`
}

// agentResource is a thing that a session's messages speak of.
type agentResource struct {
	ResourceID string         `json:"resource_id"`
	Type       string         `json:"resource_type"`
	Source     string         `json:"source_type"`
	URL        string         `json:"url"`
	Preview    string         `json:"preview_url"`
	Thumbnail  string         `json:"thumbnail_url"`
	Metadata   map[string]any `json:"metadata"`
	CreatedAt  string         `json:"created_at"`
}

func listStylesOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/video-agents/styles"} }

func agentTools(f *finder.Finder) []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createVideoAgentInput, startedAgent]{
			Name:  "create_video_agent",
			Title: "Create a video with an agent",
			Asked: "everything by itself idea automatically for me whole ai produces topic brief film do let it decide " +
				"research story from a document pdf prompt only explain self-made storyline yourself think it up",
			Limits: "No exact length: name it in the prompt, and the agent comes near it. Music, cuts and pictures are asked " +
				"for in the prompt too.",
			Description: "Has an agent write, cast and render a whole video from a prompt, in about half an hour. Costs " +
				"credits per second of it. wait_for_jobs tells when it is done or asks something.",
			Effect:     engine.Creates,
			Op:         heygen.Op{Method: "POST", Path: "/v3/video-agents"},
			Aliases:    []string{"generate_video_agent"},
			VerifyWith: "list_video_agent_sessions",
			Job:        "video_agent",
			Estimate:   estimateBy((*createVideoAgentInput).bill),
			Augment: func(_ *createVideoAgentInput, r *engine.Result[startedAgent]) {
				r.LeaveOut("created_at") // it is now
				if id := r.Out.SessionID; id != "" {
					r.Out.URL = agentPage + id
				}
			},
		}.Bind(),
		engine.Tool[sessionID, agentSession]{
			Name:        "get_video_agent_session",
			Title:       "Get a video agent's session",
			Asked:       "asked question said says conversation agent what it is doing plan storyboard waiting reply",
			Description: "How far an agent is, its video_id once it renders, and the last 40 messages, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-agents/{session_id}"},
			Augment:     func(_ *sessionID, r *engine.Result[agentSession]) { r.NextStep = agentStep(r.Out.Status) },
		}.Bind(),
		engine.Tool[sendMessageInput, sentMessage]{
			Name:  "send_video_agent_message",
			Title: "Send a message to a video agent",
			Asked: "revise revision feedback scene answer question tell agent shorter longer change ending reply " +
				"follow-up make it",
			Description: "Answers an agent's question or asks for a revision, in a session of mode chat. The agent then " +
				"works on.",
			Effect:     engine.Creates,
			Op:         heygen.Op{Method: "POST", Path: "/v3/video-agents/{session_id}"},
			Again:      true,
			VerifyWith: "get_video_agent_session",
			Job:        "video_agent",
			Estimate:   estimateBy((*sendMessageInput).bill),
		}.Bind(),
		engine.Tool[sessionID, stoppedAgent]{
			Name:        "stop_video_agent_session",
			Title:       "Stop a video agent",
			Asked:       "halt goes wrong agent abort",
			Description: "Stops an agent at its next checkpoint. What it has made so far stays.",
			Effect:      engine.Changes,
			Op:          heygen.Op{Method: "POST", Path: "/v3/video-agents/{session_id}/stop", Once: true, Object: true},
		}.Bind(),
		engine.Tool[resourceIDInput, agentResource]{
			Name:        "get_video_agent_resource",
			Title:       "Get a resource of an agent's message",
			Description: "A picture, draft, video, avatar or voice that a message names, with its link.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-agents/{session_id}/resources/{resource_id}"},
		}.Bind(),
		engine.Tool[sessionID, page]{
			Name:        "list_video_agent_session_videos",
			Title:       "List a session's videos",
			Asked:       "versions drafts agent made",
			Description: "The videos that an agent made in a session, newest first, with their links.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-agents/{session_id}/videos"},
		}.Bind(),
		engine.Tool[listSessionsInput, page]{
			Name:        "list_video_agent_sessions",
			Title:       "List video agents' sessions",
			Asked:       "earlier chats conversations agent previous",
			Description: "The account's sessions, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/video-agents"},
			ListFields:  []string{"session_id", "title", "created_at"},
		}.Bind(),
		engine.Tool[listStylesInput, found]{
			Name:        "list_video_agent_styles",
			Title:       "List video agents' styles",
			Asked:       "looks of the agent's film aesthetic retro cartoon themes visual",
			Description: "Looks that an agent can give a whole video.",
			Op:          listStylesOp(),
			Run: func(ctx context.Context, c *engine.Call, in *listStylesInput) (*engine.Result[found], error) {
				if in.words() != "" {
					return findStyles(ctx, c, f, in)
				}
				return listByHeyGen(ctx, c, f, listStylesOp(), in, in.Previews)
			},
			ListFields: []string{"style_id", "name", "tags", "aspect_ratio"},
		}.Bind(),
	}
}

// newestWords are the newest words of the agent, with what they show.
func newestWords(session map[string]any) (words string, shows any) {
	messages, _ := session["messages"].([]any)
	for _, m := range messages { // v3 puts the newest first
		one, _ := m.(map[string]any)
		if one["role"] == "model" {
			words, _ = one["content"].(string)
			return words, one["resource_ids"]
		}
	}
	return "", nil
}

// agentStep is what to do next about a session that does not go on by itself, "" for any other.
func agentStep(status string) string {
	switch status {
	case "waiting_for_input", "reviewing":
		return "The agent waits for an answer to its newest message: send_video_agent_message."
	case "completed":
		return "get_video with the video_id has the link."
	}
	return ""
}

// summarizeAgent leaves of a session what a wait tells: not the whole conversation.
func summarizeAgent(session map[string]any) {
	words, shows := newestWords(session)
	delete(session, "messages")
	switch session["status"] {
	case "waiting_for_input", "reviewing":
		session["question"] = words
		if shows != nil {
			session["resource_ids"] = shows
		}
	case "failed":
		session["failure_message"] = words
	}
}

// addAgentVideo adds the video, with its link, to a session that is done.
func addAgentVideo(ctx context.Context, e *engine.Engine, session map[string]any) {
	known := engine.View[agentSession](session)
	if known.VideoID == "" || known.Status != "completed" {
		return
	}
	if made, err := e.Do(ctx, videoJob().Get, videoJob().Ref(known.VideoID)); err == nil {
		session["video"] = made
		return
	}
	session["next_step"] = agentStep(known.Status)
}

// videoAgentJob is an agent at work on a video.
func videoAgentJob() jobs.Kind {
	answer := "Answer the question, or have the user answer it: send_video_agent_message. get_video_agent_resource " +
		"shows what resource_ids name."
	return jobs.Kind{
		Name:  "video_agent",
		Get:   heygen.Op{Method: "GET", Path: "/v3/video-agents/{session_id}"},
		Ref:   func(id string) any { return &sessionID{SessionID: id} },
		Files: []string{"video_url"},
		Main:  func(full map[string]any) map[string]any { return memberOf(full, "video") },
		Tells: []string{"video_id"},
		States: vocabulary.States{
			vocabulary.Running:    {"thinking", "generating"},
			vocabulary.NeedsInput: {"waiting_for_input", "reviewing"},
			vocabulary.Done:       {"completed"},
			vocabulary.Failed:     {"failed"},
		},
		NeedsUser: map[string]string{"waiting_for_input": answer, "reviewing": answer},
		Summarize: summarizeAgent,
		Enrich:    addAgentVideo,
		Charged:   chargedAgent,
		StopTool:  "stop_video_agent_session",
		ListTool:  "list_video_agent_sessions",
	}
}
