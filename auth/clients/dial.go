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

// Why nothing is fetched from an address. These are told to strangers.
var (
	errAddress   = errors.New("its address is not a public one")
	errPort      = errors.New("only port 443 is connected to")
	errRedirects = errors.New("it redirects, and redirects are not followed")
)

// fetchLimit bounds a fetch from its first packet to its last byte: a person waits for it.
const fetchLimit = 5 * time.Second

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

// isPublic says whether an address belongs to the open internet. The ranges are those of IANA's registries of special
// purposes; those that carry an IPv4 address inside them could lead back into a private network.
func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "" {
		return false
	}
	for _, reserved := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
	} {
		if netip.MustParsePrefix(reserved).Contains(ip) {
			return false
		}
	}
	return true
}
