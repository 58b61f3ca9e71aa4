// Package hosts compares hosts and origins as they are written in URLs and headers; it resolves no
// name. It is a leaf: it knows nothing of ours, and everything may use it.
package hosts

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// IsLoopback says whether a host without a port is this machine: localhost, in any spelling, or a
// literal address of the loopback networks, with or without the brackets of IPv6. No other name
// counts, since what it resolves to can change.
func IsLoopback(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	if inner, ok := strings.CutPrefix(host, "["); ok {
		host = strings.TrimSuffix(inner, "]")
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// Origin is the web origin of a URL as browsers spell it (RFC 6454): small letters, and no port that
// goes without saying.
func Origin(u *url.URL) string {
	scheme, host, port := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port()
	if scheme == "http" && port == "80" || scheme == "https" && port == "443" {
		port = ""
	}
	switch {
	case port != "":
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	return scheme + "://" + host
}
