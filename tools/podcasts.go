package tools

import (
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

type createPodcastInput struct {
	Topic        *string `json:"topic" len:"0-4000" doc:"What they talk about, from which angle. This, source_files or both."`
	Sources      []Media `json:"source_files" len:"0-5" opaque:"true" doc:"Up to 5 PDFs, images or videos to draw on, each {url} or {asset_id}."`
	HostAvatar   string  `json:"host_avatar_id" required:"true" len:"1-" doc:"A look id."`
	GuestAvatar  string  `json:"guest_avatar_id" required:"true" len:"1-" doc:"A look id."`
	HostVoice    string  `json:"host_voice_id" required:"true" len:"1-" doc:"From list_voices."`
	GuestVoice   string  `json:"guest_voice_id" required:"true" len:"1-" doc:"From list_voices."`
	Layout       *string `json:"layout" enum:"landscape,portrait" default:"landscape" doc:"16:9 or 9:16."`
	Duration     *string `json:"duration" enum:"auto,1min,2min,3min,5min" default:"auto" doc:"Spoken length; auto: HeyGen chooses."`
	Instructions *string `json:"instructions" len:"0-2000" doc:"Describes the studio."`
	callback
	engine.Paid
	engine.Keyed
}

// Check asks for something to talk about.
func (p *createPodcastInput) Check(path string) *faults.Fault {
	if len(p.Sources) == 0 && (p.Topic == nil || strings.TrimSpace(*p.Topic) == "") {
		return faults.Invalid(faults.Join(path, "topic"), "A podcast needs a topic, source_files or both.",
			"Say in topic what the two talk about, or give files to draw on.")
	}
	return nil
}

// podcastStarted is the answer to create_podcast.
type podcastStarted struct {
	ID     string `json:"podcast_id"`
	Status string `json:"status"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *podcastStarted) JobIDs() []string { return []string{o.ID} }

// podcastID is the input of a tool about one podcast.
type podcastID struct {
	ID string `json:"podcast_id" in:"path" required:"true" len:"1-255" obvious:"true" doc:"A podcast's id."`
}

// podcast is v3's podcast.
type podcast struct {
	ID        string  `json:"podcast_id"`
	Status    string  `json:"status"`
	State     string  `json:"state"`
	Title     string  `json:"title"`
	VideoURL  string  `json:"video_url"`
	Thumbnail string  `json:"thumbnail_url"`
	Duration  float64 `json:"duration"`
	Failure   string  `json:"failure_message"`
	CreatedAt string  `json:"created_at"`
}

// deletedPodcast is the answer to delete_podcast, for which v3 promises an empty object.
type deletedPodcast struct {
	ID string `json:"podcast_id"`
}

type listPodcastsInput struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"20" obvious:"true" doc:"Items a page."`
	pageToken
}

func podcastTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createPodcastInput, podcastStarted]{
			Name:  "create_podcast",
			Title: "Create a podcast",
			Asked: "chat two people talking discussing news audio show hosts episode interview dialogue conversation " +
				"radio debate article",
			Description: "Writes and films a conversation of two avatars, host and guest, about a topic or " +
				"files. Costs credits once done. Answers at once with the podcast_id.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/podcasts", Key: true},
			Job:      "podcast",
			Estimate: unpriced[createPodcastInput]("podcasts"),
		}.Bind(),
		engine.Tool[podcastID, podcast]{
			Name:  "get_podcast",
			Title: "Get a podcast",
			Description: "A podcast's status, its title once the script is written and, once completed, " +
				"its links, which expire.",
			Op: heygen.Op{Method: "GET", Path: "/v3/podcasts/{podcast_id}"},
		}.Bind(),
		engine.Tool[listPodcastsInput, page]{
			Name:        "list_podcasts",
			Title:       "List podcasts",
			Description: "The account's podcasts, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/podcasts"},
			ListFields: []string{
				"podcast_id", "title", "status", "duration", "created_at", "failure_message",
			},
		}.Bind(),
		engine.Tool[podcastID, deletedPodcast]{
			Name:        "delete_podcast",
			Title:       "Delete a podcast",
			Description: "Takes a podcast out of the account. It stops none that is being made.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/podcasts/{podcast_id}"},
			VerifyWith:  "get_podcast",
			Augment: func(in *podcastID, r *engine.Result[deletedPodcast]) {
				r.Out.ID = in.ID
			},
		}.Bind(),
	}
}

// podcastJob is a podcast on its way.
func podcastJob() jobs.Kind {
	return jobs.Kind{
		Name:  "podcast",
		Get:   heygen.Op{Method: "GET", Path: "/v3/podcasts/{podcast_id}"},
		Ref:   func(id string) any { return &podcastID{ID: id} },
		Files: []string{"video_url"},
		States: vocabulary.States{
			vocabulary.Running: {"processing"},
			vocabulary.Done:    {"completed"},
			vocabulary.Failed:  {"failed"},
		},
		ListTool: "list_podcasts",
	}
}
