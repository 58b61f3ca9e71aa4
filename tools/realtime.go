package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

type createRealtimeInput struct {
	Type     string       `json:"type" required:"true" enum:"tts,text_stream,audio" doc:"tts: speaks text. text_stream: speaks text, then what send_avatar_realtime_text adds. audio: moves its lips to audio."`
	AvatarID string       `json:"avatar_id" required:"true" doc:"A look of a photo or motion avatar."`
	VoiceID  *string      `json:"voice_id" doc:"Not with audio."`
	Text     *string      `json:"text" spoken:"true" len:"1-" doc:"Not with audio."`
	Audio    *InlineMedia `json:"audio" opaque:"true" doc:"{url} or {asset_id}."`
	engine.Paid
}

// Check holds what each type takes.
func (r *createRealtimeInput) Check(path string) *faults.Fault {
	spoken := r.Type != "audio"
	for _, f := range []struct {
		name         string
		given, takes bool
	}{
		{"voice_id", r.VoiceID != nil, spoken},
		{"text", r.Text != nil, spoken},
		{"audio", r.Audio != nil, !spoken},
	} {
		at := faults.Join(path, f.name)
		if f.given && !f.takes {
			return faults.Invalid(at, at+" is not taken by the type "+r.Type+".",
				"Leave it out, or choose another type.")
		}
		if !f.given && f.takes {
			return faults.Invalid(at, at+" is required by the type "+r.Type+".",
				"Send it, or choose another type.")
		}
	}
	return nil
}

// realtimeStarted is the answer to create_avatar_realtime_session.
type realtimeStarted struct {
	ID string `json:"stream_id"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *realtimeStarted) JobIDs() []string { return []string{o.ID} }

// streamID is the input of a tool about one session.
type streamID struct {
	ID string `json:"stream_id" in:"path" required:"true" doc:"A session's id."`
}

// realtimeSession is v3's session.
type realtimeSession struct {
	ID        string `json:"stream_id"`
	Status    string `json:"status"`
	State     string `json:"state"`
	URL       string `json:"hls_url"`
	EndReason string `json:"end_reason"`
	Problem   string `json:"error_message"`
}

type sendRealtimeTextInput struct {
	streamID
	Delta string `json:"delta" required:"true" doc:"Spoken after what there is."`
	Final *bool  `json:"final" doc:"true: nothing more comes; delta may be empty."`
	engine.Paid
}

// Check holds that there is something to add, unless there is an end.
func (t *sendRealtimeTextInput) Check(path string) *faults.Fault {
	if at := faults.Join(path, "delta"); t.Delta == "" && (t.Final == nil || !*t.Final) {
		return faults.Invalid(at, at+" must not be empty unless final is true.",
			"Send text, or final true.")
	}
	return nil
}

// sentRealtimeText is the answer to send_avatar_realtime_text.
type sentRealtimeText struct {
	OK    bool `json:"ok"`
	Bytes int  `json:"buffered_bytes"`
}

// cancelledRealtime is the answer to cancel_avatar_realtime_session.
type cancelledRealtime struct {
	ID        string `json:"stream_id"`
	Cancelled bool   `json:"cancelled"`
}

func realtimeTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createRealtimeInput, realtimeStarted]{
			Name:  "create_avatar_realtime_session",
			Title: "Start a live avatar",
			Asked: "chatting chatbot conversation website live interactive kiosk customer support embed talk with visitors " +
				"streaming concierge video call",
			Description: "Streams an avatar that speaks at once, as a live HLS video. Costs credits by " +
				"the second. Answers with the stream_id; wait_for_jobs tells when hls_url is there, which " +
				"is only while it streams.",
			Effect: engine.Creates,
			Op:     heygen.Op{Method: "POST", Path: "/v3/avatar-realtime"},
			// v3 has no list of sessions.
			VerifyWith: "get_current_user, whose balance shows a charge,",
			Job:        "avatar_realtime",
			Estimate:   unpriced[createRealtimeInput]("live avatars, which are charged by the second"),
		}.Bind(),
		engine.Tool[streamID, realtimeSession]{
			Name:        "get_avatar_realtime_session",
			Title:       "Get a live avatar's session",
			Description: "A session's status, its hls_url while it streams, and how it ended.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/avatar-realtime/{stream_id}"},
		}.Bind(),
		engine.Tool[sendRealtimeTextInput, sentRealtimeText]{
			Name:  "send_avatar_realtime_text",
			Title: "Send text to a live avatar",
			Asked: "make the live avatar say speak now during session",
			Description: "Adds text to a session of type text_stream. It ends by itself when nothing " +
				"comes for a while.",
			Effect:     engine.Creates,
			Op:         heygen.Op{Method: "POST", Path: "/v3/avatar-realtime/{stream_id}/text"},
			Again:      true,
			VerifyWith: "get_avatar_realtime_words",
			Estimate:   unpriced[sendRealtimeTextInput]("live avatars, which are charged by the second"),
		}.Bind(),
		realtimeWordsTool(),
		engine.Tool[streamID, cancelledRealtime]{
			Name:        "cancel_avatar_realtime_session",
			Title:       "Stop a live avatar",
			Asked:       "hang up end live call close session",
			Description: "Ends a session. cancelled is false if it was over before.",
			// It ends what exists and takes nothing away that could be had later.
			Effect: engine.Changes,
			Op:     heygen.Op{Method: "POST", Path: "/v3/avatar-realtime/{stream_id}/cancel", Once: true},
		}.Bind(),
	}
}

// realtimeJob is a session on its way to be seen.
func realtimeJob() jobs.Kind {
	return jobs.Kind{
		Name: "avatar_realtime",
		Get:  heygen.Op{Method: "GET", Path: "/v3/avatar-realtime/{stream_id}"},
		Ref:  func(id string) any { return &streamID{ID: id} },
		// What is waited for is there once it streams, and gone when it has completed.
		Files: []string{"hls_url"},
		States: vocabulary.States{
			vocabulary.Pending: {"pending"},
			vocabulary.Done:    {"streaming", "completed"},
			vocabulary.Failed:  {"error"},
		},
		StopTool: "cancel_avatar_realtime_session",
	}
}
