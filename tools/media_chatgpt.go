package tools

// Translate reads what ChatGPT gives for a file. The bytes of one, which are not taken here, become a URL of data,
// which is refused in words of its own.
func (Media) Translate(object map[string]any) {
	fromChatGPT(object)
	rename(object, "data", "base64")
	if data, ok := object["data"].(string); ok && object["url"] == nil && object["asset_id"] == nil {
		object["type"], object["url"] = "url", "data:;base64,"+data
		for _, name := range []string{"data", "media_type", "mediaType", "mime_type"} {
			delete(object, name)
		}
	}
}

// Translate reads what ChatGPT gives for a file.
func (InlineMedia) Translate(object map[string]any) { fromChatGPT(object) }

// fromChatGPT reads a file of a conversation as ChatGPT gives it: a link that is good for some minutes, and words about it. Its
// documentation names the members under openai/fileParams.
func fromChatGPT(object map[string]any) {
	link, ok := object["download_url"].(string)
	if !ok {
		return
	}
	if object["url"] == nil && object["asset_id"] == nil {
		object["url"] = link
	}
	for _, name := range []string{"download_url", "file_id", "file_name", "mime_type"} {
		delete(object, name)
	}
}
