package links

import (
	"net/url"
	"slices"
	"strings"
)

// fileHost is a host that shares files by links to pages. direct gives the link to the file behind one, "" where the
// page does not tell.
type fileHost struct {
	hosts  []string // each also with what stands before a dot in front of it
	direct func(u *url.URL) string
}

// sharers are the hosts whose links people give most. Their forms are documented by the hosts, or known from how their
// own pages link.
func sharers() []fileHost {
	return []fileHost{
		{[]string{"drive.google.com", "docs.google.com"}, googleDrive},
		{[]string{"dropbox.com"}, dropbox},
		{[]string{"github.com"}, gitHub},
		{[]string{"gitlab.com"}, gitLab},
		{[]string{"1drv.ms", "onedrive.live.com", "sharepoint.com"}, oneDrive},
		{[]string{"box.com"}, nowhere},
	}
}

// readURL tells what a URL of HTTP leads to.
func readURL(s string) Given {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return Given{Kind: URL, Value: s} // what it lacks is for others to say
	}
	host := strings.ToLower(u.Hostname())
	if id := heyGenVideo(host, u); id != "" {
		return Given{Kind: Video, Value: id, Host: host}
	}
	if id := ownPage(u); id != "" {
		return Given{Kind: Video, Value: id, Host: host}
	}
	for _, one := range sharers() {
		if name := hostAmong(host, one.hosts); name != "" {
			if direct := one.direct(u); direct != "" {
				return Given{Kind: URL, Value: direct}
			}
			return Given{Kind: Page, Value: s, Host: name}
		}
	}
	if name := hostAmong(host, players()); name != "" && !isFileName(u.Path) {
		return playerPage(name, s, u)
	}
	return Given{Kind: URL, Value: s}
}

// hostAmong finds the name that a host is, or is below.
func hostAmong(host string, names []string) string {
	for _, name := range names {
		if host == name || strings.HasSuffix(host, "."+name) {
			return name
		}
	}
	return ""
}

// heyGenVideo is the id of the video that a page of HeyGen's shows.
func heyGenVideo(host string, u *url.URL) string {
	if host != "app.heygen.com" && host != "share.heygen.com" {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) == 2 && slices.Contains([]string{"videos", "share", "embeds", "embed"}, parts[0]) {
		return untitled(parts[1])
	}
	return ""
}

// ownPage is the id of the video that a page of this server shows, by the page's address, /v/ID behind whatever host
// and path it has.
func ownPage(u *url.URL) string {
	const digits = 32
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	last := len(parts) - 1
	if last < 1 || parts[last-1] != "v" || len(parts[last]) != digits || strings.Trim(parts[last], "0123456789abcdef") != "" {
		return ""
	}
	return parts[last]
}

// PageID is the id of what a page shows, by the page's address: HeyGen's pages, and those of this server's own that
// show a video. "" is of what is no such address.
func PageID(s string) string {
	if !strings.Contains(s, "/") {
		return ""
	}
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	last := len(parts) - 1
	for last > 1 && !isLongID(untitled(parts[last])) {
		last-- // a page of what the id names, such as its editor
	}
	if last < 1 {
		return ""
	}
	id := untitled(parts[last])
	isHeyGen := hostAmong(strings.ToLower(u.Hostname()), []string{"heygen.com"}) != ""
	if !isHeyGen && (parts[last-1] != "v" || !isLongID(id)) || strings.ContainsFunc(id, noIDChar) {
		return ""
	}
	return id
}

// untitled is an id without the title before it, by which a page's address may be named.
func untitled(s string) string {
	if tail := s[strings.LastIndex(s, "-")+1:]; len(tail) != len(s) && isLongID(tail) {
		const uuid = 36 // characters, four of them dashes
		if len(s) != uuid || strings.Count(s, "-") != 4 {
			return tail
		}
	}
	return s
}

// isLongID tells an id as HeyGen makes them from a word of a path.
func isLongID(s string) bool {
	const least = 8
	return len(s) >= least && strings.ContainsAny(s, "0123456789") && !strings.ContainsFunc(s, noIDChar)
}

// googleDrive reads https://drive.google.com/file/d/ID/view and /open?id=ID.
func googleDrive(u *url.URL) string {
	id := u.Query().Get("id")
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if i := slices.Index(parts, "d"); id == "" && i >= 0 && i+1 < len(parts) && slices.Contains(parts, "file") {
		id = parts[i+1]
	}
	if id == "" || slices.Contains(parts, "folders") || slices.Contains(parts, "folderview") {
		return ""
	}
	out := url.Values{"export": {"download"}, "id": {id}}
	if key := u.Query().Get("resourcekey"); key != "" {
		out.Set("resourcekey", key)
	}
	return "https://drive.google.com/uc?" + out.Encode()
}

// dropbox has a link download by dl=1. A link to a folder downloads an archive.
func dropbox(u *url.URL) string {
	if u.Hostname() == "dl.dropbox.com" || strings.Contains(u.Path, "/home/") {
		return ""
	}
	if strings.HasPrefix(u.Path, "/sh/") || strings.Contains(u.Path, "/fo/") {
		return ""
	}
	other := *u
	query := u.Query()
	query.Del("raw") // which shows the file in place of downloading it
	other.RawQuery = query.Encode()
	return withQuery(&other, "dl", "1")
}

// gitHub reads https://github.com/OWNER/REPOSITORY/blob/REF/PATH.
func gitHub(u *url.URL) string {
	parts := strings.SplitN(strings.Trim(u.Path, "/"), "/", 4)
	switch {
	case strings.ToLower(u.Hostname()) != "github.com" || len(parts) == 4 && (parts[2] == "raw" || parts[2] == "releases"):
		return u.String()
	case len(parts) == 4 && parts[2] == "blob":
		return "https://raw.githubusercontent.com/" + parts[0] + "/" + parts[1] + "/" + parts[3]
	}
	return ""
}

// gitLab reads https://gitlab.com/OWNER/REPOSITORY/-/blob/REF/PATH.
func gitLab(u *url.URL) string {
	before, after, ok := strings.Cut(u.Path, "/-/blob/")
	switch {
	case ok:
		return "https://gitlab.com" + before + "/-/raw/" + after
	case strings.Contains(u.Path, "/-/") || strings.HasPrefix(u.Path, "/uploads/"):
		return u.String()
	}
	return ""
}

// oneDrive has a link of SharePoint's download by download=1; short links do not tell.
func oneDrive(u *url.URL) string {
	if strings.HasSuffix(strings.ToLower(u.Hostname()), "sharepoint.com") && strings.HasPrefix(u.Path, "/:") {
		return withQuery(u, "download", "1")
	}
	if u.Query().Get("download") == "1" || strings.HasSuffix(u.Path, "/download") {
		return u.String()
	}
	return ""
}

// nowhere is of pages that do not tell where their file is.
func nowhere(u *url.URL) string {
	if strings.Contains(u.Path, "/shared/static/") {
		return u.String()
	}
	return ""
}

// withQuery is a URL with a parameter set.
func withQuery(u *url.URL, name, value string) string {
	other := *u
	query := u.Query()
	query.Set(name, value)
	other.RawQuery = query.Encode()
	return other.String()
}
