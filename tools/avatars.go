package tools

import (
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
)

type listGroupsInput struct {
	Ownership *string `json:"ownership" in:"query" enum:"public,private" doc:"public: HeyGen's own; private: the caller's. Omitted: both."`
	page50
}

type listLooksInput struct {
	GroupID    *string `json:"group_id" in:"query" doc:"Only looks of this avatar group."`
	AvatarType *string `json:"avatar_type" in:"query" enum:"studio_avatar,digital_twin,photo_avatar" doc:"Kind of avatar; it decides which engines and options work."`
	Ownership  *string `json:"ownership" in:"query" enum:"public,private" doc:"public: HeyGen's own; private: the caller's. Omitted: both."`
	page50
}

// lookID is the input of a tool about one look.
type lookID struct {
	LookID string `json:"look_id" in:"path" required:"true" len:"1-255" obvious:"true" doc:"A look's id."`
}

// look is one outfit or pose of an avatar.
type look struct {
	ID          string   `json:"look_id"`
	GroupID     string   `json:"group_id"`
	Name        string   `json:"name"`
	AvatarType  string   `json:"avatar_type"`
	Gender      string   `json:"gender"`
	Tags        []string `json:"tags"`
	Voice       string   `json:"default_voice_id"`
	Engines     []string `json:"supported_api_engines"`
	Orientation string   `json:"preferred_orientation"`
	Image       string   `json:"preview_image_url"`
	Video       string   `json:"preview_video_url"`
	Width       int      `json:"image_width"`
	Height      int      `json:"image_height"`
	Status      string   `json:"status"`
	State       string   `json:"state"`
	Fault       any      `json:"error"`
}

func avatarTools() []engine.BoundTool {
	return slices.Concat(avatarListTools(), avatarCreationTools(), avatarChangeTools())
}

func avatarListTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[listGroupsInput, page]{
			Name:        "list_avatar_groups",
			Title:       "List avatars",
			Asked:       "person people presenter man woman cast",
			Description: "Avatars (people); each has one or more looks. A video takes a look, from list_avatar_looks with this group_id.",
			Aliases:     []string{"list_avatars"},
			Op:          heygen.Op{Method: "GET", Path: "/v3/avatars"},
			ListFields:  []string{"name", "gender", "looks_count", "status", "consent_status"},
		}.Bind(),
		engine.Tool[listLooksInput, page]{
			Name:        "list_avatar_looks",
			Title:       "List avatar looks",
			Asked:       "man woman suit dress clothes presenter",
			Description: "Looks (outfits, poses) of avatars. A look_id is the avatar_id of a video.",
			Aliases:     []string{"get_avatars_in_avatar_group"},
			Op:          heygen.Op{Method: "GET", Path: "/v3/avatars/looks"},
			ListFields: []string{"name", "group_id", "avatar_type", "gender", "default_voice_id",
				"supported_api_engines", "preferred_orientation", "status"},
		}.Bind(),
		engine.Tool[lookID, look]{
			Name:        "get_avatar_look",
			Title:       "Get an avatar look",
			Description: "All about one look: engines it supports, orientation, previews, default voice, training status.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/avatars/looks/{look_id}"},
		}.Bind(),
	}
}
