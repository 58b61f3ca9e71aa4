// Package links tells what somebody gives where a file is due: a URL, the id of something, a path on their own machine,
// the bytes themselves, or a page on which a file is shown. Links by which known hosts share files are told in the form
// that leads to the file. It looks at the text alone, and knows nothing of tools, HeyGen's API or the network.
package links

import (
	"encoding/base64"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Kind says what somebody gave where a file is due, such as a URL or a path.
type Kind int

// The kinds. Only a URL, Data and an ID can be used as they are.
const (
	ID      Kind = iota // a word that names something
	URL                 // a link to a file, as far as that shows
	Data                // the bytes of a file
	Path                // a file on the machine of whoever wrote it
	Text                // the content of subtitles
	Page                // a page that shows a file and is none
	Video               // HeyGen's page of a video
	Foreign             // a URL that cannot be fetched over HTTP
	Several             // more than one URL
)

// Given is what was given where a file is due.
type Given struct {
	Kind Kind
	// Value is the URL in the form that leads to the file, the id, or the path.
	Value string
	// Host is whose page it is, or the scheme of what is Foreign.
	Host string
	// MediaType and Base64 are the bytes of Data.
	MediaType, Base64 string
}

// Read tells what s is. Blanks around it do not count.
func Read(s string) Given {
	s = plainLink(fromMarkdown(strings.TrimSpace(s)))
	scheme, rest, hasScheme := strings.Cut(s, ":")
	scheme = strings.ToLower(scheme)
	switch kind := encoded(s); {
	case kind != "":
		return Given{Kind: Data, MediaType: kind, Base64: s}
	case hasScheme && scheme == "data":
		return readData(rest, s)
	case isSubtitles(s):
		return Given{Kind: Text, Value: s}
	case scheme == "file" && hasScheme, isPath(s):
		return Given{Kind: Path, Value: s}
	case isSeveral(s):
		return Given{Kind: Several, Value: s}
	case hasScheme && strings.HasPrefix(rest, "//"):
		if scheme != "http" && scheme != "https" {
			return Given{Kind: Foreign, Value: s, Host: scheme}
		}
		return readURL(s)
	case strings.HasPrefix(s, "//") || isBareHost(s):
		return readURL("https://" + strings.TrimPrefix(s, "//"))
	case strings.ContainsAny(s, `/\`) || isFileName(s):
		return Given{Kind: Path, Value: s}
	}
	return Given{Kind: ID, Value: s}
}

// fromMarkdown is the target of a link of Markdown's, [words](target), and what is none as it is.
func fromMarkdown(s string) string {
	words, target, ok := strings.Cut(s, "](")
	if !ok || !strings.HasPrefix(strings.TrimPrefix(words, "!"), "[") || !strings.HasSuffix(target, ")") {
		return s
	}
	target, _, _ = strings.Cut(strings.TrimSuffix(target, ")"), " ") // behind a blank there is a title
	if !strings.Contains(target, "://") {
		return s
	}
	return strings.Trim(target, "<>")
}

// readData reads what follows "data:".
func readData(rest, whole string) Given {
	head, data, ok := strings.Cut(rest, ",")
	if !ok {
		return Given{Kind: ID, Value: whole}
	}
	kind, params, _ := strings.Cut(head, ";")
	if kind == "" {
		kind = "text/plain"
	}
	if !strings.HasSuffix(strings.ToLower(";"+params), ";base64") {
		plain, err := url.PathUnescape(data)
		if err != nil {
			plain = data
		}
		data = base64.StdEncoding.EncodeToString([]byte(plain))
	}
	return Given{Kind: Data, MediaType: kind, Base64: data}
}

// encoded is the media type of a file that is given in base64 alone, by how such files begin; "" for what is none.
func encoded(s string) string {
	const least = 64 // of a file with anything in it; no id is so long and begins so
	if len(s) < least || strings.ContainsAny(s, ":.?&-_ ") {
		return ""
	}
	for head, kind := range map[string]string{
		"iVBORw0KGgo": "image/png", "/9j/": "image/jpeg", "JVBERi0": "application/pdf", "SUQz": "audio/mpeg", "//uQ": "audio/mpeg",
		"UklGR": "audio/wav", "GkXfo": "video/webm", "AAAAIGZ0eXA": "video/mp4", "AAAAHGZ0eXA": "video/mp4", "AAAAGGZ0eXA": "video/mp4",
	} {
		if strings.HasPrefix(s, head) {
			return kind
		}
	}
	return ""
}

// isSubtitles tells the text of an SRT or WebVTT file.
func isSubtitles(s string) bool { return strings.Contains(s, "-->") || strings.HasPrefix(s, "WEBVTT") }

// isPath tells a path that begins as such.
func isPath(s string) bool {
	drive := len(s) > 2 && s[1] == ':' && (s[2] == '\\' || s[2] == '/') && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z')
	if drive || strings.HasPrefix(s, `\\`) || strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//") {
		return true
	}
	for _, head := range []string{"./", "../", "~/", `.\`, `..\`, `~\`, "$HOME", "%USERPROFILE%"} {
		if strings.HasPrefix(s, head) {
			return true
		}
	}
	return false
}

// isBareHost tells a URL whose scheme was left out by its first part, which is a name under a public suffix.
func isBareHost(s string) bool {
	host, rest, slash := strings.Cut(s, "/")
	host, _, _ = strings.Cut(host, ":")
	if strings.ContainsAny(host, ` \@`) || !strings.Contains(host, ".") {
		return false
	}
	suffix, icann := publicsuffix.PublicSuffix(strings.ToLower(host))
	if !icann || suffix == strings.ToLower(host) {
		return false
	}
	return slash && rest != "" || strings.HasPrefix(strings.ToLower(host), "www.")
}

// isFileName tells the name of a file by its ending.
func isFileName(s string) bool {
	end := strings.ToLower(strings.TrimPrefix(path.Ext(s), "."))
	switch end {
	case "mp4", "mov", "m4v", "webm", "avi", "mkv", "mp3", "wav", "m4a", "aac", "ogg", "flac", "png", "jpg", "jpeg", "webp", "gif", "heic",
		"srt", "vtt", "pdf", "zip", "pptx", "docx":
		return true
	}
	return false
}
