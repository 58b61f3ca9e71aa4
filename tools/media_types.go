package tools

import (
	"path"
	"slices"
	"strings"

	"heygen-mcp/tools/args/spelling"
)

const (
	typeSRT = "application/x-subrip"
	typeZip = "application/zip"
)

// fileKind is a kind of file that HeyGen takes.
type fileKind struct {
	name    string   // its media type, as HeyGen spells it
	others  []string // media types that mean the same
	endings []string // of its files' names
}

// fileKinds are those that HeyGen takes as assets.
func fileKinds() []fileKind {
	return []fileKind{
		{"image/png", []string{"image/x-png"}, []string{"png"}},
		{"image/jpeg", []string{
			"image/jpg", "image/pjpeg", "image/x-jpeg", "image/x-jpg",
		}, []string{"jpg", "jpeg"}},
		{"video/mp4", []string{"video/x-mp4"}, []string{"mp4"}},
		{"video/webm", []string{"video/x-webm"}, []string{"webm"}},
		{"audio/mpeg", []string{
			"audio/mp3", "audio/x-mp3", "audio/mpeg3", "audio/x-mpeg3", "audio/x-mpeg-3", "audio/x-mpeg",
			"audio/mpg", "audio/x-mpg",
		}, []string{"mp3"}},
		{"audio/wav", []string{
			"audio/x-wav", "audio/wave", "audio/x-wave", "audio/vnd.wave", "audio/x-pn-wav",
		}, []string{"wav"}},
		{"application/pdf", []string{"application/x-pdf"}, []string{"pdf"}},
		{typeSRT, []string{
			"application/srt", "application/x-srt", "application/subrip", "text/srt", "text/x-srt",
			"text/subrip", "text/x-subrip",
		}, []string{"srt"}},
		{typeZip, []string{"application/x-zip", "application/x-zip-compressed", "multipart/x-zip"}, []string{"zip"}},
	}
}

// mediaType is a media type in HeyGen's spelling: lower case, without parameters, and the one word of
// several that mean the same. The ending of a name, such as mp3, stands for the type of such files. One
// that HeyGen does not take keeps its own word.
func mediaType(text string) string {
	kind, _, _ := strings.Cut(spelling.Trim(text), ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	for _, k := range fileKinds() {
		if slices.Contains(k.others, kind) || slices.Contains(k.endings, strings.TrimPrefix(kind, ".")) {
			return k.name
		}
	}
	return kind
}

// mediaTypeOfName is that of a file, by the ending of its name; "" for one that HeyGen does not take.
func mediaTypeOfName(name string) string {
	ending := strings.TrimPrefix(strings.ToLower(path.Ext(spelling.Trim(name))), ".")
	for _, k := range fileKinds() {
		if slices.Contains(k.endings, ending) {
			return k.name
		}
	}
	return ""
}

// foldMediaType puts a member of arguments that is a media type into HeyGen's spelling. Where it says
// nothing, the name of the file tells the type.
func foldMediaType(object map[string]any, member, filename string) {
	given, isText := object[member].(string)
	if object[member] != nil && !isText {
		return
	}
	kind := mediaType(given)
	if kind == "" || kind == "application/octet-stream" || kind == "binary/octet-stream" {
		if told := mediaTypeOfName(filename); told != "" {
			kind = told
		}
	}
	if kind != "" {
		object[member] = kind
	}
}
