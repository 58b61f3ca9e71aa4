package tools

import "strings"

// Media is a file that v3 takes by URL or by the id of an uploaded asset.
type Media struct {
	Type    string  `json:"type" need:"yes" enum:"url,asset_id" doc:"url or asset_id."`
	URL     *string `json:"url,omitempty" doc:"Public https URL of the file."`
	AssetID *string `json:"asset_id,omitempty" doc:"Id of an uploaded asset."`
}

// mediaOf reads the bare string that a media input may also be.
func mediaOf(s string) map[string]any {
	if strings.Contains(s, "://") {
		return map[string]any{"type": "url", "url": s}
	}
	return map[string]any{"type": "asset_id", "asset_id": s}
}

// check holds the rules between a media input's fields.
func (m *Media) check(path string) *Refusal {
	switch {
	case m.Type == "url" && (m.URL == nil || m.AssetID != nil):
		return invalid(path, path+" of type url takes url and nothing else.", "Send {\"type\":\"url\",\"url\":\"https://…\"}.")
	case m.Type == "url" && !strings.HasPrefix(*m.URL, "https://") && !strings.HasPrefix(*m.URL, "http://"):
		return invalid(path+".url", path+".url must be an http or https URL.", "Send a public https URL.")
	case m.Type == "asset_id" && (m.AssetID == nil || *m.AssetID == "" || m.URL != nil):
		return invalid(path, path+" of type asset_id takes asset_id and nothing else.", "Send {\"type\":\"asset_id\",\"asset_id\":\"…\"}.")
	}
	return nil
}
