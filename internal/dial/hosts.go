package dial

import (
	"net/netip"
	"strings"
)

// IsPrivate says whether a host without a port is of this machine or of a network that the internet does not
// reach, as far as its name tells: an address that is not public, a name of one part, or one under a suffix for
// such networks.
func IsPrivate(host string) bool {
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return !IsPublic(ip)
	}
	if !strings.Contains(name, ".") {
		return name != ""
	}
	for _, suffix := range []string{".local", ".localhost", ".internal", ".lan", ".home", ".corp", ".home.arpa"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}
