package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

// groupID is the input of a tool about one avatar group.
type groupID struct {
	GroupID string `json:"group_id" in:"path" required:"true" doc:"An avatar's id, from list_avatar_groups."`
}

type updateGroupInput struct {
	groupID
	Voice *string `json:"default_voice_id" len:"0-255" doc:"Voice of scripts that name none, from list_voices."`
}

// Check holds that there is something to change.
func (u *updateGroupInput) Check(string) *faults.Fault {
	return changesSomething(u.Voice != nil, "default_voice_id")
}

// NotTaken explains the name, which this tool took before HeyGen's document said what a group has.
func (updateGroupInput) NotTaken(name, path string) *faults.Fault {
	if name != "name" {
		return nil
	}
	return faults.Invalid(faults.Join(path, name),
		"HeyGen renames no avatar; default_voice_id is all that can be changed of one.",
		"Leave name out. A look of the avatar can be renamed: update_avatar_look with its look_id.")
}

type updateLookInput struct {
	lookID
	Name *string `json:"name" len:"0-255" doc:"New name."`
}

// Check holds that there is something to change.
func (u *updateLookInput) Check(string) *faults.Fault { return changesSomething(u.Name != nil, "name") }

// group is v3's avatar group: a person with looks.
type group struct {
	ID        string `json:"group_id"`
	Name      string `json:"name"`
	Gender    string `json:"gender"`
	Looks     int    `json:"looks_count"`
	Voice     string `json:"default_voice_id"`
	Image     string `json:"preview_image_url"`
	Video     string `json:"preview_video_url"`
	Status    string `json:"status"`
	State     string `json:"state"`
	Consent   string `json:"consent_status"`
	Fault     any    `json:"error"`
	CreatedAt string `json:"created_at"`
}

func avatarChangeTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[groupID, group]{
			Name:  "get_avatar_group",
			Title: "Get an avatar",
			Asked: "signed agreed training trained approved status of character",
			Description: "One avatar: name, default voice, how many looks, and of an own one the training status and " +
				"consent_status.",
			Op: heygen.Op{Method: "GET", Path: "/v3/avatars/{group_id}"},
		}.Bind(),
		engine.Tool[updateGroupInput, group]{
			Name:  "update_avatar_group",
			Title: "Set an avatar's default voice",
			Asked: "standard default another voice for avatar always speak preset assign usual",
			Description: "Sets the default voice of an own avatar. Its name cannot be changed; " +
				"update_avatar_look renames a look of it.",
			Effect:     engine.Changes,
			Op:         heygen.Op{Method: "PATCH", Path: "/v3/avatars/{group_id}"},
			VerifyWith: "get_avatar_group",
		}.Bind(),
		engine.Tool[groupID, removed]{
			Name:        "delete_avatar_group",
			Title:       "Delete an avatar",
			Asked:       "left company leaves former employee forget likeness gdpr privacy remove whole character",
			Description: "Deletes an own avatar with all its looks for good.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/avatars/{group_id}"},
			VerifyWith:  "get_avatar_group",
		}.Bind(),
		engine.Tool[updateLookInput, look]{
			Name:        "update_avatar_look",
			Title:       "Rename an avatar look",
			Asked:       "call name label relabel",
			Description: "Renames an own look; studio avatars keep their names.",
			Effect:      engine.Changes,
			Op:          heygen.Op{Method: "PATCH", Path: "/v3/avatars/looks/{look_id}"},
			VerifyWith:  "get_avatar_look",
		}.Bind(),
		engine.Tool[lookID, removed]{
			Name:        "delete_avatar_look",
			Title:       "Delete an avatar look",
			Asked:       "ugly outfit bad look",
			Description: "Deletes an own look for good. With its last look the avatar is gone too; studio avatars stay.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/avatars/looks/{look_id}"},
			VerifyWith:  "get_avatar_look",
		}.Bind(),
	}
}
