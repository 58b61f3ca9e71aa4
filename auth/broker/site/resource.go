package site

import (
	"net/url"
	"slices"
	"strings"
)

// CheckResources says why a request that names resources (RFC 8707) is not for this server; ""
// means that it is.
func (s *Site) CheckResources(form url.Values) (why string) {
	for _, resource := range form["resource"] {
		if resource != "" && !plainPath(resource) {
			return "resource has dots alone, a slash or a backslash escaped, or an escape of an escape in its path; write it " +
				"in its usual form"
		}
		if resource != "" && !s.isOurs(resource) {
			return "resource is not this server's; it is " + s.Resource
		}
	}
	return ""
}

// isOurs says whether a resource is of this deployment. Every MCP path of it, by every name, is one
// audience; a slash at the end is one more or less, for clients that make one up, and scheme and
// host are the same in capitals.
func (s *Site) isOurs(resource string) bool {
	own := s.Path + strings.TrimPrefix(s.Resource, s.Issuer)
	return !strings.ContainsAny(resource, "?#") && slices.ContainsFunc(s.origins, func(origin string) bool {
		if len(resource) < len(origin) || !strings.EqualFold(resource[:len(origin)], origin) {
			return false
		}
		path := strings.TrimRight(resource[len(origin):], "/")
		return path == s.Path || path == own || strings.HasPrefix(path, own+"/")
	})
}

// plainPath says whether a resource has one reading: its path has no element of dots alone, and no
// escape that stands for a slash, a backslash, a control character or another escape. Somebody who
// resolves those before comparing would find another resource than the one that is compared here.
func plainPath(resource string) bool {
	plain, err := url.PathUnescape(resource)
	if err != nil || strings.ContainsAny(plain, "\\%") ||
		strings.Count(plain, "/") != strings.Count(resource, "/") ||
		strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return false
	}
	for element := range strings.SplitSeq(plain, "/") {
		element, _, _ = strings.Cut(element, ";") // which some take for the element's parameters
		if element == "." || element == ".." {
			return false
		}
	}
	return true
}
