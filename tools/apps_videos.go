package tools

import (
	"context"
	"slices"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
)

type showVideoInput struct {
	VideoID string `json:"video_id" required:"true" len:"1-255" obvious:"true" doc:"A video's id."`
}

// showVideoTool shows a video where get_video tells of it.
func showVideoTool(ch *choice.Choice) engine.BoundTool {
	return engine.Tool[showVideoInput, video]{
		Name:        "show_video",
		Title:       "Show a video",
		Asked:       "player display play watch embed",
		Description: "Shows the user a video in a player, where the client has one. Answers as get_video does.",
		PassOn: func(ctx context.Context, c *engine.Call, in *showVideoInput) engine.Outcome {
			return passOn(ctx, c, ch, "get_video", map[string]any{"video_id": in.VideoID})
		},
	}.Bind()
}

type agentGenerateInput struct {
	Prompt    string  `json:"prompt" required:"true" len:"1-10000" doc:"The video, or what to change of it."`
	Context   *string `json:"conversation_context" len:"0-5000" doc:"What the conversation has said of it."`
	SessionID *string `json:"session_id" doc:"To go on with; omitted: a new one."`
}

// task is the prompt with what was said of it.
func (in *agentGenerateInput) task() string {
	if said := valueOf(in.Context); said != "" {
		return strings.TrimSpace(in.Prompt) + "\n\nFrom the conversation: " + said
	}
	return in.Prompt
}

// agentGenerateTool begins a session of the video agent, or goes on with one.
func agentGenerateTool(ch *choice.Choice) engine.BoundTool {
	return engine.Tool[agentGenerateInput, startedAgent]{
		Name:  "video_agent_generate",
		Title: "Have an agent make a video, and show how far it is",
		Description: "Does what create_video_agent does in mode chat, or send_video_agent_message with a session_id. " +
			"Costs credits.",
		Effect: engine.Creates,
		PassOn: func(ctx context.Context, c *engine.Call, in *agentGenerateInput) engine.Outcome {
			if in.SessionID != nil {
				return passOn(ctx, c, ch, "send_video_agent_message", map[string]any{"session_id": *in.SessionID, "message": in.task()})
			}
			return passOn(ctx, c, ch, "create_video_agent", map[string]any{"prompt": in.task(), "mode": "chat"})
		},
	}.Bind()
}

// shownCaptions is what get_captions answers.
type shownCaptions struct {
	VideoID string     `json:"video_id"`
	Status  string     `json:"status"`
	State   string     `json:"state"`
	Cues    []shownCue `json:"cues"`
}

// shownCue is a text of a video, from and to a second.
type shownCue struct {
	Start float64 `json:"start"`
	End   float64 `json:"end"`
	Text  string  `json:"text"`
}

// maxShownCues bounds what a page is given, within the size of an answer.
const maxShownCues = 400

type captionsInput struct {
	Kind    *string `json:"kind" quiet:"true" doc:"What the id is of. Omitted: a video."`
	VideoID string  `json:"video_id" required:"true" len:"1-255" obvious:"true" doc:"Its id."`
}

// captionedKinds are the kinds that HeyGen has files of subtitles of, videos first.
func captionedKinds() []jobs.Kind { return []jobs.Kind{videoJob(), translationJob(), lipsyncJob()} }

// captioned is what has captions, with HeyGen's own word for its state.
type captioned struct {
	Film
	Status string `json:"status"`
}

// captionsTool reads the captions of a video for a page that plays it: players take them from files of their own origin
// alone.
func captionsTool() engine.BoundTool {
	kinds := captionedKinds()
	var names []string
	var ops []heygen.Op
	for _, k := range kinds {
		names, ops = append(names, k.Name), append(ops, k.Get)
	}
	return engine.Tool[captionsInput, shownCaptions]{
		Name:        "get_captions",
		Title:       "Get the captions of a video",
		Asked:       "subtitle file srt vtt transcript closed captions of a video text spoken",
		Description: "The captions with their times, for the player.",
		Also:        ops,
		Choices:     map[string][]string{"kind": names},
		Reads:       []string{"subtitle_url", "srt_caption_url", "vtt_caption_url", "caption_url", "status"},
		Run: func(ctx context.Context, c *engine.Call, in *captionsInput) (*engine.Result[shownCaptions], error) {
			k := kinds[max(0, slices.Index(names, valueOf(in.Kind)))]
			data, err := c.Engine().Do(ctx, k.Get, k.Ref(in.VideoID))
			if err != nil {
				return nil, err
			}
			made := engine.View[captioned](data)
			r := engine.Made(shownCaptions{VideoID: in.VideoID, Status: made.Status, State: made.State, Cues: []shownCue{}})
			link := made.Subtitles()
			if link == "" {
				return r, nil
			}
			cues, reason, err := readCues(ctx, c, link)
			if err != nil {
				return nil, err
			}
			if reason != "" {
				r.Note = "There are none to show: " + reason + "."
			}
			for _, one := range cues[:min(len(cues), maxShownCues)] {
				r.Out.Cues = append(r.Out.Cues, shownCue{one.Start.Seconds(), one.End.Seconds(), one.Text})
			}
			return r, nil
		},
	}.Bind()
}
