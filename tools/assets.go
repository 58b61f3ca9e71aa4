package tools

import (
	"context"
	"encoding/base64"
	"strings"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

// uploadAsset is the input of upload_asset. The bytes are bounded as everywhere at what an agent can
// write, and a URL is not taken: this server fetches no file on anybody's behalf but
// the header that tells how long it is.
type uploadAsset struct {
	Filename string `json:"filename" in:"-" required:"true" len:"1-" doc:"Its ending tells the type: png, jpg, mp4, webm, mp3, wav, pdf or srt."`
	Data     string `json:"data" in:"-" required:"true" len:"1-10000" tooLong:"Upload it with create_asset_upload instead." doc:"The file in base64, at most 10,000 characters."`
	engine.Keyed
}

// assetForm is what v3 takes instead: a form with one file.
type assetForm struct {
	File heygen.File `json:"file" in:"form"`
}

// assetType is the media type of a file's name, "" for one that v3 does not take in a form.
func assetType(name string) string {
	if kind := mediaTypeOfName(name); kind != typeZip {
		return kind
	}
	return ""
}

// bytes decodes the file. Models write base64 with line breaks, without its padding, in the alphabet
// of URLs and behind the head of a data URL; all of it means one file.
func (u *uploadAsset) bytes() ([]byte, error) {
	text := u.Data
	if _, after, ok := strings.Cut(text, ";base64,"); ok {
		text = after
	}
	text = strings.NewReplacer("-", "+", "_", "/", "\n", "", "\r", "", " ", "", "=", "").Replace(text)
	return base64.RawStdEncoding.DecodeString(text)
}

// Check holds that the file can be told and read.
func (u *uploadAsset) Check(path string) *faults.Fault {
	if assetType(u.Filename) == "" {
		return faults.Invalid(faults.Join(path, "filename"), "filename must end in .png, .jpg, .mp4, .webm, .mp3, .wav, .pdf or .srt.", "Name the file so, or use create_asset_upload for another type, such as a zip.")
	}
	if raw, err := u.bytes(); err != nil || len(raw) == 0 {
		return faults.Invalid(faults.Join(path, "data"), "data is not base64.", "Send the bytes of the file in base64; for "+
			"a file on disk use create_asset_upload.")
	}
	return nil
}

// uploadedAsset is the answer to upload_asset.
type uploadedAsset struct {
	AssetID string `json:"asset_id"`
	URL     string `json:"url"`
	Type    string `json:"mime_type"`
	Size    int    `json:"size_bytes"`
}

type listAssetsInput struct {
	Username *string `json:"username" in:"query" len:"1-" doc:"Whose, of the workspace. Omitted: the caller's own."`
	FolderID *string `json:"folder_id" in:"query" empty:"true" doc:"Only this folder; empty is the root."`
	Limit    *int    `json:"limit" in:"query" min:"1" max:"100" default:"20" obvious:"true" doc:"Items a page."`
	pageToken
}

type searchAssetsInput struct {
	Query string  `json:"query" in:"query" required:"true" len:"1-1000" doc:"What it shows, in words."`
	Type  string  `json:"type" in:"query" required:"true" enum:"image,icon" doc:"Kind of picture."`
	Scope *string `json:"scope" in:"query" enum:"public,personal" default:"public" doc:"personal: own uploads."`
	page50
}

// assetID is the input of a tool about one asset.
type assetID struct {
	ID string `json:"asset_id" in:"path" required:"true" len:"1-255" obvious:"true" doc:"An asset's id."`
}

// asset is v3's asset.
type asset struct {
	ID         string `json:"asset_id"`
	Name       string `json:"name"`
	Type       string `json:"type"`
	URL        string `json:"url"`
	Owner      string `json:"owner"`
	SpaceID    string `json:"space_id"`
	FolderID   string `json:"folder_id"`
	UploadedAt string `json:"uploaded_at"`
}

func assetTools() []engine.BoundTool {
	upload := heygen.Op{Method: "POST", Path: "/v3/assets", Key: true}
	all := heygen.Op{Method: "GET", Path: "/v3/assets"}
	me := heygen.Op{Method: "GET", Path: "/v3/users/me"}
	return append([]engine.BoundTool{
		engine.Tool[uploadAsset, uploadedAsset]{
			Name:  "upload_asset",
			Title: "Upload a small file",
			Asked: "small picture logo pdf inline image icon",
			Description: "Uploads a file of a few kilobytes that is given in the call, e.g. subtitles or an icon. For a file " +
				"on disk: create_asset_upload.",
			Effect: engine.Creates,
			Op:     upload,
			Run: func(ctx context.Context, c *engine.Call, in *uploadAsset) (*engine.Result[uploadedAsset], error) {
				raw, err := in.bytes()
				if err != nil {
					return nil, err
				}
				return engine.Fetch[uploadedAsset](ctx, c, upload, &assetForm{heygen.File{Name: in.Filename, Type: assetType(in.Filename), Data: raw}})
			},
		}.Bind(),
		engine.Tool[listAssetsInput, page]{
			Name:        "list_assets",
			Title:       "List assets",
			Asked:       "everything uploaded files material library my uploads",
			Description: "Uploaded files, newest first.",
			Op:          all,
			Also:        []heygen.Op{me},
			Reads:       []string{"username"},
			ListFields:  []string{"name", "type", "folder_id", "uploaded_at"},
			Run: func(ctx context.Context, c *engine.Call, in *listAssetsInput) (*engine.Result[page], error) {
				if in.Username == nil {
					found, err := engine.Fetch[user](ctx, c, me, nil)
					if err != nil {
						return nil, err
					}
					name := found.Out.Username
					if name == "" {
						return nil, faults.Invalid("username", "HeyGen does not say what the caller's own username is.", "Send username: whose files of the workspace are to be listed.")
					}
					in.Username = &name
				}
				return engine.Fetch[page](ctx, c, all, in)
			},
		}.Bind(),
		engine.Tool[searchAssetsInput, page]{
			Name:        "search_assets",
			Title:       "Search pictures and icons",
			Asked:       "stock picture rocket icon photo illustration clipart graphic symbol find image",
			Description: "Finds pictures or icons by what they show: in HeyGen's library, or among own uploads.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/assets/search"},
			ListFields:  []string{"id", "url", "orientation", "width", "height"},
		}.Bind(),
		engine.Tool[assetID, asset]{
			Name:        "get_asset",
			Title:       "Get an asset",
			Description: "What an uploaded file is, and its URL.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/assets/{asset_id}"},
		}.Bind(),
		engine.Tool[assetID, removed]{
			Name:        "delete_asset",
			Title:       "Delete an asset",
			Asked:       "uploaded file remove picture",
			Description: "Deletes an uploaded file for good.",
			Effect:      engine.Deletes,
			VerifyWith:  "get_asset",
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/assets/{asset_id}"},
		}.Bind(),
	}, assetUploadTools()...)
}
