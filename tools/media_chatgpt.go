package tools

// Translate reads what ChatGPT gives for a file.
func (Media) Translate(object map[string]any) { fromChatGPT(object) }

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
