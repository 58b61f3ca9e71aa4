package args

import (
	"net/url"
	"strings"

	"heygen-mcp/internal/fieldtags"
)

// isURL reports whether an argument is a URL, by its name.
func (f *Field) isURL() bool {
	last := f.Name[strings.LastIndexByte(f.Name, '_')+1:]
	return last == "url" || last == "uri" || last == "urls"
}

// isID reports whether a text is an id of HeyGen's, by its name or by where it travels. People copy one as the address of
// the page that shows what it names.
func (f *Field) isID() bool {
	last := f.Name[strings.LastIndexByte(f.Name, '_')+1:]
	return last == "id" || last == "ids" || f.Place == fieldtags.Path
}

// plainURL spells a URL of HTTP as everybody may: scheme and host in lower case, without the port that the
// scheme has anyway, and with a path. What stands behind the host is its server's own, and stays.
func plainURL(s string) string {
	scheme, rest, ok := strings.Cut(s, "://")
	scheme = strings.ToLower(scheme)
	if !ok || scheme != "http" && scheme != "https" {
		return s
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, path := rest[:end], rest[end:]
	if u, err := url.Parse(scheme + "://" + host); err != nil || u.User != nil || u.Host == "" {
		return s // which is for others to refuse
	}
	host = strings.ToLower(host)
	port := map[string]string{"http": ":80", "https": ":443"}[scheme]
	host = strings.TrimSuffix(strings.TrimSuffix(host, port), ":")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return scheme + "://" + host + path
}

// withScheme gives the address of a receiver of calls its scheme, which people leave out. What else a URL leads to may be
// a file on somebody's disk.
func (f *Field) withScheme(s string) string {
	host, _, _ := strings.Cut(s, "/")
	if !f.Callback || strings.Contains(s, "://") || !strings.Contains(host, ".") || strings.ContainsAny(host, " @\\") {
		return s
	}
	return "https://" + s
}
