package tools

import (
	"context"
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
)

type listGroupsInput struct {
	worded
	Gender    *string `json:"gender" in:"-" means:"female,male" obvious:"true" doc:"male or female."`
	Ownership *string `json:"ownership" in:"query" enum:"public,private" doc:"public: HeyGen's own; private: the caller's. Omitted: both."`
	page50
}

type listLooksInput struct {
	worded
	Gender      *string  `json:"gender" in:"-" means:"female,male" obvious:"true" doc:"male or female."`
	Orientation *string  `json:"orientation" in:"-" enum:"portrait,landscape,square" obvious:"true" doc:"Preferred."`
	Engine      *string  `json:"engine" in:"-" enum:"avatar_iii,avatar_iv,avatar_v" doc:"That it supports."`
	Tags        []string `json:"tags" in:"-" doc:"All of them."`
	GroupID     *string  `json:"group_id" in:"query" doc:"Only looks of this avatar group."`
	AvatarType  *string  `json:"avatar_type" in:"query" enum:"studio_avatar,digital_twin,photo_avatar" doc:"Kind of avatar; it decides which engines and options work."`
	Ownership   *string  `json:"ownership" in:"query" enum:"public,private" doc:"public: HeyGen's own; private: the caller's. Omitted: both."`
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

func avatarTools(f *finder.Finder) []engine.BoundTool {
	return slices.Concat(avatarListTools(f), avatarCreationTools(), avatarChangeTools())
}

func listGroupsOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/avatars"} }
func listLooksOp() heygen.Op  { return heygen.Op{Method: "GET", Path: "/v3/avatars/looks"} }

func avatarListTools(f *finder.Finder) []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[listGroupsInput, found]{
			Name:  "list_avatar_groups",
			Title: "List avatars",
			Asked: "person people presenter man woman cast characters actors faces personas hosts gallery roster mine",
			Description: "Avatars (people); each has one or more looks. A video takes a look, from list_avatar_looks " +
				"with this group_id.",
			Aliases: []string{"list_avatars"},
			Op:      listGroupsOp(),
			Also:    []heygen.Op{listVoicesOp()},
			Reads:   []string{"name"},
			Run: func(ctx context.Context, c *engine.Call, in *listGroupsInput) (*engine.Result[found], error) {
				if in.isSearch() {
					return findGroups(ctx, c, f, in)
				}
				return listByHeyGen(ctx, c, f, listGroupsOp(), in, in.Previews)
			},
			ListFields: []string{"name", "gender", "looks_count", "default_voice_id", "status", "consent_status"},
		}.Bind(),
		engine.Tool[listLooksInput, found]{
			Name:  "list_avatar_looks",
			Title: "List avatar looks",
			Asked: "man woman suit dress clothes presenter faces characters actors personas outfits poses nurse doctor " +
				"teacher businessman gallery browse appearance wearing standing sitting looks like someone",
			Description: "Looks (outfits, poses) of avatars. A look_id is the avatar_id of a video.",
			Aliases:     []string{"get_avatars_in_avatar_group"},
			Op:          listLooksOp(),
			Also:        []heygen.Op{listGroupsOp(), listVoicesOp(), lookOp()},
			Reads:       []string{"name", "looks_count", "preview_image_url"},
			Run: func(ctx context.Context, c *engine.Call, in *listLooksInput) (*engine.Result[found], error) {
				if in.isSearch() {
					return findLooks(ctx, c, f, in)
				}
				return listByHeyGen(ctx, c, f, listLooksOp(), in, in.Previews)
			},
			ListFields: []string{"name", "group_id", "avatar_type", "gender", "default_voice_id",
				"supported_api_engines", "preferred_orientation", "status"},
		}.Bind(),
		castTool(f),
		engine.Tool[lookID, look]{
			Name:        "get_avatar_look",
			Title:       "Get an avatar look",
			Asked:       "appearance engines supports preview one",
			Description: "All about one look: engines it supports, orientation, previews, default voice, training status.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/avatars/looks/{look_id}"},
		}.Bind(),
	}
}
