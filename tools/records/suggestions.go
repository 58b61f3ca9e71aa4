package records

import "strings"

// source is where the values of an argument come from: words of ours, or the members of a list that a
// tool answers.
type source struct {
	words   []string
	tool    string
	queries []map[string]any // the lists, in the order in which they are suggested
	list    string           // the member that holds the list
	value   string           // of an item; "" for a list of plain words
	labels  []string
	many    bool // the argument is a list with commas
	finds   bool // the tool finds by words
}

// sourceOf finds it by the name of the argument, which means the same everywhere.
func sourceOf(argument string) (source, bool) {
	items := func(tool string, limit int, value string, labels ...string) (source, bool) {
		return source{tool: tool, queries: []map[string]any{{"limit": limit}}, list: "items", value: value, labels: labels}, true
	}
	found := func(tool string, limit int, value string, labels ...string) (source, bool) {
		from, ok := items(tool, limit, value, labels...)
		from.finds = true
		return from, ok
	}
	switch argument {
	case "video_id", "video":
		return items("list_videos", 100, "video_id", "title")
	case "look_id", "avatar":
		return found("list_avatar_looks", 50, "look_id", "name")
	case "group_id":
		return found("list_avatar_groups", 50, "group_id", "name")
	case "voice_id", "voice":
		// The caller's own first: they are few, and who has cloned a voice means to use it.
		return source{tool: "list_voices", finds: true, list: "items", value: "voice_id", labels: []string{"name", "language"},
			queries: []map[string]any{{"limit": 100, "type": "private"}, {"limit": 100, "type": "public"}}}, true
	case "template_id":
		return found("list_templates", 100, "template_id", "name")
	case "video_translation_id":
		return items("list_video_translations", 50, "video_translation_id", "title")
	case "lipsync_id":
		return items("list_lipsyncs", 50, "lipsync_id", "title")
	case "session_id":
		return items("list_video_agent_sessions", 100, "session_id", "title")
	case "asset_id", "audio", "document", "source":
		return items("list_assets", 100, "asset_id", "name")
	case "brand_kit_id":
		return items("list_brand_kits", 100, "brand_kit_id", "name")
	case "brand_glossary_id":
		return items("list_brand_glossaries", 50, "brand_glossary_id", "name")
	case "style":
		return found("list_video_agent_styles", 100, "style_id", "name")
	case "languages":
		return source{tool: "list_video_translation_languages", queries: []map[string]any{{}}, list: "languages", many: true}, true
	case "locale":
		return source{words: locales()}, true
	case "check":
		return source{words: []string{"yes", "no"}}, true
	}
	return source{}, false
}

// locales are BCP-47 tags of widely spoken accents. v3 has no list of those that it takes.
func locales() []string {
	return strings.Fields(`ar-AE ar-EG ar-SA bg-BG bn-BD bn-IN cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IE en-IN
		en-NZ en-US en-ZA es-AR es-CO es-ES es-MX es-US et-EE fa-IR fi-FI fil-PH fr-BE fr-CA fr-CH fr-FR he-IL hi-IN hr-HR
		hu-HU id-ID it-IT ja-JP ko-KR lt-LT lv-LV ms-MY nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI sr-RS
		sv-SE sw-KE ta-IN te-IN th-TH tr-TR uk-UA ur-PK vi-VN zh-CN zh-HK zh-TW`)
}
