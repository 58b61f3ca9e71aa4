package tools

import (
	"fmt"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/links"
)

// upload says how a file that HeyGen cannot fetch is given all the same.
const upload = "Upload it with create_asset_upload and send its asset_id, or send a public https URL of the file."

// checkLink refuses, before anything is paid, what stands in the place of a file's URL and leads HeyGen to no file.
func checkLink(s, path string) *faults.Fault {
	given := links.Read(s)
	switch given.Kind {
	case links.Path:
		return faults.Invalid(path, fmt.Sprintf("%s is %q, a file on the user's machine, which HeyGen cannot reach.", path, faults.Clip(s)), upload)
	case links.Text:
		return faults.Invalid(path, path+" is the text of subtitles; HeyGen takes a file here.", "Upload the text as a "+
			"file with create_asset_upload (application/x-subrip) and send its asset_id.")
	case links.Data:
		return faults.Invalid(path, path+" is a data URL, which this argument does not take.", upload)
	case links.Foreign:
		return faults.Invalid(path, fmt.Sprintf("%s begins with %s://; HeyGen fetches files over https alone.", path, faults.Clip(given.Host)), upload)
	case links.Page:
		if links.ReadByHeyGen(given) && isFilm(path) {
			return nil
		}
		return faults.Invalid(path, fmt.Sprintf("%s leads to a page of %s, which is no file.", path, given.Host),
			"Have the file downloaded and uploaded with create_asset_upload, or send the link that leads to the file itself.")
	case links.Several:
		return faults.Invalid(path, path+" names several files.", "Send one; each other one is a call of its own, or a "+
			"member of a batch.")
	case links.Video:
		return faults.Invalid(path, path+" is HeyGen's page of a video, which is no file.", fmt.Sprintf(`Send {"type":"video","video_id":%q}, or the video_url of get_video.`, given.Value))
	case links.ID:
		return faults.Invalid(path, fmt.Sprintf("%s is %q, which is no URL.", path, faults.Clip(s)), "Send an https URL, "+
			"or an asset_id as such.")
	}
	return nil
}

// isFilm reports whether an argument is a film that HeyGen works on: it is called video then, alone or in a batch.
func isFilm(path string) bool { return path[strings.LastIndex(path, ".")+1:] == "video" }

// webPage is an argument that is the address of a website, which people give without its scheme.
type webPage string

// ReadText gives it its scheme.
func (webPage) ReadText(s, _ string) (string, *faults.Fault) {
	if strings.Contains(s, "://") || !strings.Contains(s, ".") || strings.ContainsAny(s, " @") {
		return s, nil
	}
	host, path, _ := strings.Cut(strings.TrimPrefix(s, "//"), "/")
	return "https://" + strings.ToLower(host) + "/" + path, nil
}

// fileURL is an argument that is the URL of a file. It is read like the URL of a media input.
type fileURL string

// ReadText gives the form of a URL that leads to the file.
func (fileURL) ReadText(s, path string) (string, *faults.Fault) {
	if fault := checkLink(s, path); fault != nil {
		return s, fault
	}
	return links.Read(s).Value, nil
}
