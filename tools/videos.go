package tools

import (
	"context"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prices"
)

type listVideosInput struct {
	FolderID *string `json:"folder_id" in:"query" empty:"true" doc:"Only videos of this folder."`
	Title    *string `json:"title" in:"query" len:"1-" doc:"Only titles that contain this."`
	Links    *bool   `json:"links" in:"-" obvious:"true" doc:"Adds each video_url."`
	Limit    *int    `json:"limit" in:"query" min:"1" max:"100" default:"10" obvious:"true" doc:"Items a page."`
	pageToken
}

// videoID is the input of a tool about one video.
type videoID struct {
	VideoID string `json:"video_id" in:"path" required:"true" len:"1-255" obvious:"true" doc:"A video's id."`
}

// video is v3's video.
type video struct {
	ID             string  `json:"video_id"`
	Title          string  `json:"title"`
	Status         string  `json:"status"`
	State          string  `json:"state"`
	VideoURL       string  `json:"video_url"`
	Captioned      string  `json:"captioned_video_url"`
	Subtitles      string  `json:"subtitle_url"`
	Thumbnail      string  `json:"thumbnail_url"`
	GIF            string  `json:"gif_url"`
	Page           string  `json:"video_page_url"`
	Duration       float64 `json:"duration"`
	FailureCode    string  `json:"failure_code"`
	FailureMessage string  `json:"failure_message"`
	CreatedAt      string  `json:"created_at"`
	CompletedAt    string  `json:"completed_at"`
	FolderID       string  `json:"folder_id"`
	OutputLanguage string  `json:"output_language"`
}

// deleted is the answer to a deletion, besides the id of what is gone.
type deleted struct {
	Deleted bool `json:"deleted"`
}

// spokenLimits are those of a video in which one person speaks.
const spokenLimits = "No exact length: it follows the script, some 2.5 words a second (heygen://guides/scripts), or " +
	"the own audio. No music: have create_video_agent add it, or give an own audio that has it."

// listVideosOp lists the account's videos.
func listVideosOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/videos"} }

func videoTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createAvatarVideoInput, started]{
			Name:  "create_video_from_avatar",
			Title: "Create a video from an avatar",
			Asked: "presenter says announces talking head spokesperson announcement greeting message presents reads out " +
				"press release news update explainer ceo newscaster a sentence welcome clip pitch hello on camera burn " +
				"captions burned in",
			Limits: spokenLimits,
			Description: "Renders a video in which an avatar look speaks a script or lip-syncs an audio. Costs credits once " +
				"done. Answers at once with the video_id; wait_for_jobs tells when it is ready.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/videos", Variant: "avatar", Key: true},
			Aliases:  []string{"create_video", "create_avatar_video", "generate_avatar_video"},
			Job:      "video",
			Estimate: estimateBy((*createAvatarVideoInput).bill),
		}.Bind(),
		engine.Tool[createImageVideoInput, started]{
			Name:   "create_video_from_image",
			Title:  "Create a video from an image",
			Asked:  "talking photo portrait speaks animate picture mouth of a person dog pet statue painting talk",
			Limits: spokenLimits,
			Description: "Renders a video in which the person in an image speaks a script or lip-syncs an audio; no avatar is " +
				"made. Costs credits once done.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/videos", Variant: "image", Key: true},
			Job:      "video",
			Estimate: estimateBy((*createImageVideoInput).bill),
		}.Bind(),
		engine.Tool[createCinematicVideoInput, started]{
			Name:  "create_video_from_cinematic_avatar",
			Title: "Create a cinematic video of avatars",
			Asked: "walking moving acting action movie scene film-like cinematic running b-roll dynamic camera",
			Description: "Generates a short film of 4 to 15 s from a prompt, with one to three avatar looks in it. " + prices.Text(prices.Cinematic) +
				" USD each, whatever the length; needs the Pro plan.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/videos", Variant: "cinematic_avatar", Key: true},
			Job:      "video",
			Estimate: estimateBy((*createCinematicVideoInput).bill),
		}.Bind(),
		engine.Tool[createStudioVideoInput, started]{
			Name:  "create_video_from_studio",
			Title: "Create a video of several scenes",
			Asked: "several scenes slides intro outro chart chapters slideshow presentation deck powerpoint two speakers " +
				"people dialogue conversation sections parts multiple avatars course lesson module change background",
			Limits: "No music: have create_video_agent add it, or give a scene an own audio that has it. No exact length: " +
				"a scene lasts as long as its script, audio or clip; duration is for silent images.",
			Description: "Renders one mp4 of up to 50 scenes: avatars that speak, still images, video clips. A scene that " +
				"cannot be made stops all. Costs credits once done.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/videos", Variant: "studio", Key: true},
			Job:      "video",
			Estimate: estimateBy((*createStudioVideoInput).bill),
		}.Bind(),
		engine.Tool[videoID, video]{
			Name:  "get_video",
			Title: "Get a video",
			Asked: "download link watch url finished thumbnail file one result where is mp4",
			Description: "A video's status and, once completed, links to the file, captions and thumbnail. The links expire; " +
				"ask again for fresh ones.",
			Aliases: []string{"get_avatar_video_status", "get_video_status", "check_video_status"},
			Op:      heygen.Op{Method: "GET", Path: "/v3/videos/{video_id}"},
		}.Bind(),
		engine.Tool[listVideosInput, page]{
			Name:        "list_videos",
			Title:       "List videos",
			Asked:       "lost recent rendered made library archive everything gallery films so far overview newest",
			Description: "The account's videos, newest first.",
			Op:          listVideosOp(),
			ListFields:  []string{"title", "status", "duration", "created_at", "failure_code", "failure_message", "folder_id"},
			Run: func(ctx context.Context, c *engine.Call, in *listVideosInput) (*engine.Result[page], error) {
				r, err := engine.Fetch[page](ctx, c, listVideosOp(), in)
				if err == nil && isTrue(in.Links) {
					r.Kept = []string{"video_url"}
				}
				return r, err
			},
		}.Bind(),
		engine.Tool[videoID, deleted]{
			Name:        "delete_video",
			Title:       "Delete a video",
			Asked:       "old oldest clean up throw out outdated",
			Description: "Deletes a video and its files for good.",
			Effect:      engine.Deletes,
			VerifyWith:  "get_video",
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/videos/{video_id}"},
		}.Bind(),
	}
}

// videoJob is a rendering video.
func videoJob() jobs.Kind {
	return jobs.Kind{
		Name:     "video",
		Get:      heygen.Op{Method: "GET", Path: "/v3/videos/{video_id}"},
		Ref:      func(id string) any { return &videoID{VideoID: id} },
		Statuses: heygen.Op{Method: "GET", Path: "/v3/videos/statuses"},
		IDs:      func(ids []string) any { return &videoStatusesInput{VideoIDs: ids} },
		Files:    []string{"video_url"},
		Tells:    []string{"captioned_video_url"}, // there is one only where captions were asked for
		States:   plainStates(),
		Seconds:  "duration",
		Charged:  chargedVideo,
		Also:     []heygen.Op{{Method: "GET", Path: "/v3/video-agents/{session_id}/videos"}},
		ListTool: "list_videos",
	}
}
