package tools

import (
	"context"
	"encoding/json"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
)

// maxWords is how many words are answered at once, some 6,000 tokens: HeyGen gives all from the
// beginning, however often it is asked.
const maxWords = 300

// defaultListen is how long words are listened for where nobody says, in seconds.
const defaultListen = 20

type realtimeWordsInput struct {
	streamID
	From   *float64 `json:"from_seconds" in:"-" min:"0" default:"0" doc:"Only words that begin then or later."`
	Listen *int     `json:"timeout_seconds" in:"-" min:"1" max:"40" default:"20" doc:"How long to listen."`
}

// realtimeWords is what was spoken, and whether that is all.
type realtimeWords struct {
	Words     []any  `json:"words"`
	Finished  bool   `json:"finished"`
	EndReason string `json:"end_reason,omitempty"`
}

func realtimeWordsOp() heygen.Op {
	return heygen.Op{Method: "GET", Path: "/v3/avatar-realtime/{stream_id}/words", Stream: true}
}

// realtimeWordsTool listens for a while to a stream that may go on for long.
func realtimeWordsTool() engine.BoundTool {
	return engine.Tool[realtimeWordsInput, realtimeWords]{
		Name:  "get_avatar_realtime_words",
		Title: "Get a live avatar's transcript",
		Asked: "live avatar heard said hear transcript what visitors spoke conversation log",
		Description: "The words of a session, each with its start and end in seconds, from the " +
			"beginning. Listens until the session ends or the time is up.",
		Op:  realtimeWordsOp(),
		Run: listenToWords,
	}.Bind()
}

// listenToWords reads the stream until it ends or the time is up.
func listenToWords(
	ctx context.Context, c *engine.Call, in *realtimeWordsInput,
) (*engine.Result[realtimeWords], error) {
	seconds := defaultListen
	if in.Listen != nil {
		seconds = *in.Listen
	}
	events, err := c.Stream(ctx, realtimeWordsOp(), in, heygen.StreamBounds{
		Time: time.Duration(seconds) * time.Second,
		Last: func(e heygen.Event) bool { return e.Name == "end" },
	})
	if err != nil {
		return nil, err
	}
	return wordsOf(events, in.From), nil
}

// wordsOf collects the words that begin at a time or later.
func wordsOf(events *engine.Events, from *float64) *engine.Result[realtimeWords] {
	out := realtimeWords{Words: []any{}}
	more := false
	for i, data := range events.Data {
		if events.Names[i] == "end" {
			out.EndReason, _ = data["reason"].(string)
			continue
		}
		words, _ := data["words"].([]any)
		for _, w := range words {
			word, _ := w.(map[string]any)
			start, _ := word["start"].(json.Number)
			switch at, err := start.Float64(); {
			case from != nil && err == nil && at < *from:
			case len(out.Words) == maxWords:
				more = true
			default:
				out.Words = append(out.Words, w)
			}
		}
	}
	out.Finished = out.EndReason != "" && !more
	r := engine.Made(out)
	if !out.Finished {
		r.NextStep = "There may be more: call again with from_seconds at the end of the last word."
	}
	return r
}
