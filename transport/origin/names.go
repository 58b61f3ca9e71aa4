package origin

import (
	"errors"
	"net/url"
	"strings"
)

// CheckPublicURL says what keeps a URL from being a public one. Its path becomes the beginning of
// routes, of metadata and of what clients compare byte by byte, so it must mean itself everywhere:
// no braces, which the router reads, no escapes, and no dots that a proxy resolves.
func CheckPublicURL(u *url.URL) error {
	if u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return errors.New("it must be an http or https URL with a host")
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return errors.New("it must have no user, query or fragment")
	}
	path := strings.TrimRight(u.Path, "/")
	if u.RawPath != "" || strings.ContainsFunc(path, func(r rune) bool { return r != '/' && !unreserved(r) }) {
		return errors.New("its path must be made of letters, digits and - . _ ~ /")
	}
	for i, segment := range strings.Split(path, "/") {
		if segment == "." || segment == ".." || (segment == "" && i > 0) {
			return errors.New("its path must have no empty segment and none of dots alone")
		}
	}
	return nil
}

// unreserved are the characters that RFC 3986 lets stand for themselves.
func unreserved(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~", r)
}

// CheckOrigin says what keeps a text from being a web origin.
func CheckOrigin(given string) error {
	u, err := url.Parse(given)
	if err != nil || u.Scheme == "" || u.Hostname() == "" || strings.Contains(u.Host, "*") || u.User != nil ||
		(u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return errors.New("it must be written scheme://host or scheme://host:port")
	}
	return nil
}

// CheckHost says what keeps a text from being a host name.
func CheckHost(given string) error {
	name := hostName(given)
	if name == "" || strings.Contains(given, "/") || // of a URL, behind what looks like a port
		strings.ContainsFunc(name, func(r rune) bool { return r != ':' && !unreserved(r) }) {
		return errors.New("it must be a host name or an address, with or without a port")
	}
	return nil
}
