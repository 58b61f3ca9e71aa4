package spelling

import (
	"net/url"
	"strings"
)

// URL spells a URL of HTTP as everybody may: scheme and host in lower case, without the port that the
// scheme has anyway, and with a path. What stands behind the host is its server's own, and stays.
func URL(s string) string {
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
