package clients

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// Why nothing is fetched from an address. Strangers are told errRedirects alone: the others would tell them to what a
// name leads here.
var (
	errAddress   = errors.New("its address is not a public one")
	errPort      = errors.New("only port 443 is connected to")
	errRedirects = errors.New("it redirects, and redirects are not followed")
)

// fetchLimit bounds a fetch from its first packet to its last byte: a person waits for it, and for a failure a quarter
// longer (see failureAfter).
const fetchLimit = 4 * time.Second

// PublicWeb is an HTTP client for addresses that strangers name. It connects to public addresses on port 443 only,
// which is checked on the address itself at each dial, after the name was resolved: a name that resolves to something
// else a moment later (DNS rebinding) gains nothing. It follows no redirect, uses no proxy, and keeps no connection.
func PublicWeb() *http.Client {
	dialer := &net.Dialer{Timeout: fetchLimit, Control: func(network, address string, _ syscall.RawConn) error {
		return checkAddress(network, address)
	}}
	return &http.Client{
		Timeout: fetchLimit,
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			DisableKeepAlives:      true,
			TLSHandshakeTimeout:    fetchLimit,
			MaxResponseHeaderBytes: 16 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errRedirects
		},
	}
}

func checkAddress(network, address string) error {
	if network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("not over %s", network)
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return errors.New("not an address")
	}
	if to.Port() != 443 {
		return errPort
	}
	if !isPublic(to.Addr()) {
		return errAddress
	}
	return nil
}

// isPublic says whether an address belongs to the open internet. Of IPv6 that is 2000::/3 alone, the one part that IANA
// has given out for it; all else there is special, or may become so. Within, and in IPv4, the ranges of IANA's registries
// of special purposes are left out: those that carry an IPv4 address inside them could lead back into a private network.
func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "" {
		return false
	}
	if ip.Is6() && !netip.MustParsePrefix("2000::/3").Contains(ip) {
		return false
	}
	for _, reserved := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
		"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
	} {
		if netip.MustParsePrefix(reserved).Contains(ip) {
			return false
		}
	}
	return true
}
