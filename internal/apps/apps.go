// Package apps owns the pages that a client shows within a conversation (MCP Apps): what they are called, where they
// may load from, and their HTML, each a file that needs no other. It knows neither tools nor who shows a page; which
// tool's answers a page shows is said where tools are declared. It is a leaf: it imports nothing of ours, and
// everything may use it.
//
// Reading order: apps.go, build.go (how a page is put together), src/host.js (what a page and the client say to each
// other), src/page.js, then the page itself.
package apps

import (
	"embed"
	"slices"
)

//go:embed html
var built embed.FS

// MIMEType is the type of a page.
const MIMEType = "text/html;profile=mcp-app"

// Page is one page that a client can show.
type Page struct {
	// Name is what its file is called, URI where clients read it, Title and About what they are told of it.
	Name, URI, Title, About string

	parts   []string // the scripts that it is made of, in their order
	uploads bool     // it puts files of the user's where HeyGen says
}

// The pages' URIs.
const (
	Player   = "ui://heygen/player"
	Progress = "ui://heygen/progress"
	Picker   = "ui://heygen/picker"
	Avatar   = "ui://heygen/avatar"
)

// Pages are all pages.
func Pages() []Page {
	return []Page{
		{Name: "player", URI: Player, Title: "Player", About: "Plays a video, with captions and download.", parts: []string{"job.js", "player.js"}},
		{Name: "progress", URI: Progress, Title: "Progress", About: "A job under way, until it is what it makes.", parts: []string{"job.js", "progress.js"}},
		{Name: "picker", URI: Picker, Title: "Picker", About: "Faces to look at and voices to listen to, one of which is chosen.", parts: []string{"picker.js"}},
		{Name: "avatar", URI: Avatar, Title: "New avatar", About: "Makes an avatar of a photo, of words or of footage.", parts: []string{"job.js", "upload.js", "avatar.js"}, uploads: true},
	}
}

// HTML is the whole page, with its style and scripts.
func (p Page) HTML() (string, error) {
	raw, err := built.ReadFile("html/" + p.Name + ".html")
	return string(raw), err
}

// FileHosts are HeyGen's hosts of files. Its documentation names files., files2. and resource2.heygen.ai as examples
// and promises none, so that all of that domain are taken.
func FileHosts() []string { return []string{"https://*.heygen.ai"} }

// uploadHosts are where HeyGen has files put: buckets of S3, whose names it does not tell beforehand.
func uploadHosts() []string { return []string{"https://*.amazonaws.com"} }

// Meta is what a client must know of a page before it shows it: where the page may load from, which is nowhere but
// from the hosts of HeyGen's files. origin stands for HeyGen where it is not HeyGen that is called, "" otherwise.
func (p Page) Meta(origin string) map[string]any {
	media, uploads := FileHosts(), uploadHosts()
	if origin != "" {
		media, uploads = []string{origin}, []string{origin}
	}
	csp := map[string]any{"resourceDomains": media, "connectDomains": []string{}}
	if p.uploads {
		csp["connectDomains"] = slices.Clone(uploads)
		csp["resourceDomains"] = append(slices.Clone(media), "blob:") // the file that the user has chosen
	}
	return map[string]any{"ui": map[string]any{"csp": csp, "prefersBorder": true}}
}
