package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
)

// inFolder places a creation.
type inFolder struct {
	FolderID *string `json:"folder_id" empty:"true" doc:"Destination folder; empty is the root."`
}

type createFolderInput struct {
	Name     string  `json:"name" required:"true" len:"1-256" doc:"Name; siblings may share one."`
	ParentID *string `json:"parent_id" doc:"Folder to put it in; empty is the root."`
	Type     *string `json:"type" enum:"mixed,video,video_translate" default:"mixed" doc:"What it is for."`
	engine.Keyed
}

// folderID is the input of a tool about one folder.
type folderID struct {
	FolderID string `json:"folder_id" in:"path" required:"true" obvious:"true" doc:"A folder's id."`
}

// folder is v3's folder.
type folder struct {
	FolderID  string `json:"folder_id"`
	Name      string `json:"name"`
	Type      string `json:"type"`
	ParentID  string `json:"parent_id"`
	IsTrash   bool   `json:"is_trash"`
	Creator   string `json:"creator_username"`
	CreatedAt string `json:"created_at"`
	UpdatedAt string `json:"updated_at"`
}

func folderTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createFolderInput, folder]{
			Name:  "create_folder",
			Title: "Create a folder",
			Asked: "keep together in one place organize collect campaign project directory sort group",
			Description: "Makes a folder for videos and translations; its folder_id places what is created later. No tool " +
				"lists folders, so keep the id.",
			Effect: engine.Creates,
			Op:     heygen.Op{Method: "POST", Path: "/v3/folders", Key: true},
		}.Bind(),
		engine.Tool[folderID, folder]{
			Name:        "get_folder",
			Title:       "Get a folder",
			Description: "A folder's name, type and parent. list_videos with its folder_id shows what is in it.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/folders/{folder_id}"},
		}.Bind(),
	}
}
