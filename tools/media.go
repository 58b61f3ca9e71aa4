package tools

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/links"
)

// Media is a file that v3 takes by URL or by the id of an uploaded asset. What was made before may be given by its id:
// it is sent as the URL that it has by then.
type Media struct {
	Type    string  `json:"type" required:"true" enum:"url,asset_id" doc:"url or asset_id."`
	URL     *string `json:"url" doc:"Public https URL of the file."`
	AssetID *string `json:"asset_id" doc:"Id of an uploaded asset."`
	VideoID *string `json:"video_id" in:"-" doc:"In place of url: of a video, translation or lip-sync made before."`
}

// InlineMedia is a file that v3 also takes inside the call. The bytes are bounded at what an agent
// can write without losing its place; a larger file is uploaded as an asset.
type InlineMedia struct {
	Type      string  `json:"type" required:"true" enum:"url,asset_id,base64" doc:"url, asset_id or base64."`
	URL       *string `json:"url" doc:"Public https URL of the file."`
	AssetID   *string `json:"asset_id" doc:"Id of an uploaded asset."`
	VideoID   *string `json:"video_id" in:"-" doc:"In place of url: of a video, translation or lip-sync made before."`
	MediaType *string `json:"media_type" doc:"MIME type of data."`
	Data      *string `json:"data" len:"1-10000" tooLong:"Upload the file with create_asset_upload and send its asset_id." doc:"The file in base64, at most 10,000 characters."`
}

// FromString reads the bare string that a media input may also be. Bytes stay a URL, which is refused in words
// of its own.
func (Media) FromString(s string) map[string]any {
	if links.Read(s).Kind == links.Data {
		return map[string]any{"type": "url", "url": s}
	}
	return mediaOf(s)
}

// FromString reads the bare string that a media input may also be.
func (InlineMedia) FromString(s string) map[string]any { return mediaOf(s) }

// Complete says what a media input is that does not say so itself.
func (Media) Complete(object map[string]any) { completeMedia(object) }

// Complete says what a media input is that holds its bytes and does not say so, and spells their type as
// HeyGen does.
func (InlineMedia) Complete(object map[string]any) {
	for _, name := range []string{"url", "data"} {
		text, _ := object[name].(string)
		if given := links.Read(spelling.Trim(text)); given.Kind == links.Data {
			delete(object, name)
			object["type"], object["media_type"], object["data"] = "base64", given.MediaType, given.Base64
		}
	}
	completeMedia(object)
	foldMediaType(object, "media_type", "")
}

// linkFromID puts what stands in the place of an id and is a link, a path or the like in the place of the URL,
// where it is taken or refused for what it is. It reports whether it did.
func linkFromID(object map[string]any, id, link string) bool {
	text, ok := object[id].(string)
	if !ok || object[link] != nil || links.Read(spelling.Trim(text)).Kind == links.ID {
		return false
	}
	delete(object, id)
	object[link] = text
	return true
}

// mediaOf reads the bare string that a media input may also be. What is no file that HeyGen could have is kept as a
// URL, which the check then refuses in its words.
func mediaOf(s string) map[string]any {
	switch given := links.Read(s); given.Kind {
	case links.ID:
		return map[string]any{"type": "asset_id", "asset_id": given.Value}
	case links.Data:
		return map[string]any{"type": "base64", "media_type": given.MediaType, "data": given.Base64}
	case links.Video:
		return map[string]any{"type": "url", "video_id": given.Value}
	default:
		return map[string]any{"type": "url", "url": given.Value}
	}
}

// Meant is what a media input means: the id of a result is the same whether it is given as such or bare.
func (Media) Meant(object map[string]any) map[string]any { return meantMedia(object) }

// Meant is what a media input means: the id of a result is the same whether it is given as such or bare.
func (InlineMedia) Meant(object map[string]any) map[string]any { return meantMedia(object) }

func meantMedia(object map[string]any) map[string]any {
	if id := object["video_id"]; id != nil {
		return map[string]any{"type": "asset_id", "asset_id": id}
	}
	return object
}

// completeMedia gives a media input its type where it has none, and its URL the form that leads to the file.
func completeMedia(object map[string]any) {
	if linkFromID(object, "asset_id", "url") {
		object["type"] = "url"
	}
	if kind, ok := object["type"].(string); object["video_id"] != nil && (!ok || strings.EqualFold(spelling.Trim(kind), "video")) {
		object["type"] = "url"
	}
	if word, _ := object["type"].(string); saysWhatItIs(word) {
		delete(object, "type")
	}
	if object["type"] == nil {
		for kind, member := range map[string]string{"base64": "data", "asset_id": "asset_id", "url": "url"} {
			if object[member] != nil {
				object["type"] = kind
			}
		}
	}
	link, ok := object["url"].(string)
	if !ok {
		return
	}
	switch given := links.Read(spelling.Trim(link)); given.Kind {
	case links.URL, links.Page:
		object["url"] = given.Value
	case links.Video:
		if object["type"] == "url" {
			delete(object, "url")
			object["video_id"] = given.Value
		}
	}
}

// saysWhatItIs reports whether the type of a media input is not how the file comes, and says what it is.
func saysWhatItIs(word string) bool {
	return slices.Contains([]string{"file", "video", "film", "audio", "sound", "image", "photo", "picture", "media", "remote", "external", "link", "web", "http", "https",
		"youtube", "vimeo", "drive", "google_drive", "dropbox", "mp4", "mp3", "wav", "png", "jpg", "jpeg"},
		strings.ToLower(spelling.Trim(word)))
}

// mediaFrom is the media input that a bare string stands for.
func mediaFrom(s string) *Media {
	object := mediaOf(spelling.Trim(s))
	text := func(name string) *string {
		if s, ok := object[name].(string); ok {
			return &s
		}
		return nil
	}
	return &Media{Type: *text("type"), URL: text("url"), AssetID: text("asset_id"), VideoID: text("video_id")}
}

// linkOf is the bare string that a media input of a URL or an asset says the same as, if it is right.
func linkOf(object map[string]any) (link string, ok bool) {
	canonical, fault := args.Check(inputs.SpecOf(reflect.TypeFor[Media]()), maps.Clone(object), "")
	if fault != nil || len(canonical) != 2 { // its type, and the one member of that type
		return "", false
	}
	link, ok = canonical[canonical["type"].(string)].(string)
	return link, ok
}

// Check holds the rules between a media input's fields.
func (m *Media) Check(path string) *faults.Fault {
	whole := InlineMedia{Type: m.Type, URL: m.URL, AssetID: m.AssetID, VideoID: m.VideoID}
	return whole.Check(path)
}

// Check holds the rules between the fields: each type takes its own and no other.
func (m *InlineMedia) Check(path string) *faults.Fault {
	inline := m.MediaType != nil || m.Data != nil
	link := m.URL != nil || m.VideoID != nil
	switch {
	case m.Type == "url" && (link == (m.URL != nil && m.VideoID != nil) || m.AssetID != nil || inline):
		return faults.Invalid(path, path+" of type url takes url and nothing else.", "Send "+mediaExamples()[m.Type]+".")
	case m.Type == "url" && m.URL != nil:
		return checkLink(*m.URL, path)
	case m.Type == "asset_id" && (m.AssetID == nil || *m.AssetID == "" || link || inline):
		return faults.Invalid(path, path+" of type asset_id takes asset_id and nothing else.", "Send "+mediaExamples()[m.Type]+".")
	case m.Type == "base64" && (m.MediaType == nil || m.Data == nil || link || m.AssetID != nil):
		return faults.Invalid(path, path+" of type base64 takes media_type and data and nothing else.", "Send "+mediaExamples()[m.Type]+".")
	}
	return nil
}

// mediaExamples are media inputs, by their types.
func mediaExamples() map[string]string {
	return map[string]string{
		"url":      `{"type":"url","url":"https://…"}`,
		"asset_id": `{"type":"asset_id","asset_id":"…"}`,
		"base64":   `{"type":"base64","media_type":"image/png","data":"…"}`,
	}
}
