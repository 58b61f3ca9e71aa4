package tools

import (
	"maps"
	"reflect"
	"strings"

	"heygen-mcp/tools/args"
)

// Media is a file that v3 takes by URL or by the id of an uploaded asset.
type Media struct {
	Type    string  `json:"type" required:"true" enum:"url,asset_id" doc:"url or asset_id."`
	URL     *string `json:"url" doc:"Public https URL of the file."`
	AssetID *string `json:"asset_id" doc:"Id of an uploaded asset."`
}

// InlineMedia is a file that v3 also takes inside the call. The bytes are bounded at what an agent
// can write without losing its place; a larger file is uploaded as an asset.
type InlineMedia struct {
	Type      string  `json:"type" required:"true" enum:"url,asset_id,base64" doc:"url, asset_id or base64."`
	URL       *string `json:"url" doc:"Public https URL of the file."`
	AssetID   *string `json:"asset_id" doc:"Id of an uploaded asset."`
	MediaType *string `json:"media_type" doc:"MIME type of data."`
	Data      *string `json:"data" len:"1-10000" tooLong:"Upload the file with create_asset_upload and send its asset_id." doc:"The file in base64, at most 10,000 characters."`
}

// FromString reads the bare string that a media input may also be.
func (Media) FromString(s string) map[string]any { return mediaOf(s) }

// FromString reads the bare string that a media input may also be.
func (InlineMedia) FromString(s string) map[string]any { return mediaOf(s) }

// Complete says what a media input is that holds its bytes and does not say so, and spells their type as
// HeyGen does.
func (InlineMedia) Complete(object map[string]any) {
	if object["type"] == nil && object["data"] != nil {
		object["type"] = "base64"
	}
	foldMediaType(object, "media_type", "")
}

// mediaOf reads the bare string that a media input may also be: a URL, a data URL, or an asset id.
func mediaOf(s string) map[string]any {
	if kind, data, ok := strings.Cut(strings.TrimPrefix(s, "data:"), ";base64,"); ok && strings.HasPrefix(s, "data:") {
		return map[string]any{"type": "base64", "media_type": kind, "data": data}
	}
	if strings.Contains(s, "://") {
		return map[string]any{"type": "url", "url": s}
	}
	return map[string]any{"type": "asset_id", "asset_id": s}
}

// mediaFrom is the media input that a bare string stands for.
func mediaFrom(s string) *Media {
	object := mediaOf(args.Trim(s))
	m := &Media{Type: "asset_id"}
	if link, ok := object["url"].(string); ok {
		m.Type, m.URL = "url", &link
	} else if id, ok := object["asset_id"].(string); ok {
		m.AssetID = &id
	}
	return m
}

// linkOf is the bare string that a media input of a URL or an asset says the same as, if it is right.
func linkOf(object map[string]any) (link string, ok bool) {
	canonical, fault := args.SpecOf(reflect.TypeFor[Media]()).Check(maps.Clone(object), "")
	if fault != nil || len(canonical) != 2 { // its type, and the one member of that type
		return "", false
	}
	link, ok = canonical[canonical["type"].(string)].(string)
	return link, ok
}

// Check holds the rules between a media input's fields.
func (m *Media) Check(path string) *args.Fault {
	whole := InlineMedia{Type: m.Type, URL: m.URL, AssetID: m.AssetID}
	return whole.Check(path)
}

// Check holds the rules between the fields: each type takes its own and no other.
func (m *InlineMedia) Check(path string) *args.Fault {
	inline := m.MediaType != nil || m.Data != nil
	switch {
	case m.Type == "url" && (m.URL == nil || m.AssetID != nil || inline):
		return args.Invalid(path, path+" of type url takes url and nothing else.", `Send {"type":"url","url":"https://…"}.`)
	case m.Type == "url" && !strings.HasPrefix(*m.URL, "https://") && !strings.HasPrefix(*m.URL, "http://"):
		return args.Invalid(args.Join(path, "url"), args.Join(path, "url")+" must be an http or https URL.", "Send a public https URL.")
	case m.Type == "asset_id" && (m.AssetID == nil || *m.AssetID == "" || m.URL != nil || inline):
		return args.Invalid(path, path+" of type asset_id takes asset_id and nothing else.", `Send {"type":"asset_id","asset_id":"…"}.`)
	case m.Type == "base64" && (m.MediaType == nil || m.Data == nil || m.URL != nil || m.AssetID != nil):
		return args.Invalid(path, path+" of type base64 takes media_type and data and nothing else.", `Send {"type":"base64","media_type":"image/png","data":"…"}.`)
	}
	return nil
}
