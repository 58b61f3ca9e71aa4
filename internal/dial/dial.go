// Package dial connects to addresses of the open internet for URLs that others name, and refuses those
// that lead into the network this server stands in. It checks the address itself at each dial, after
// the name was resolved: a name that resolves to something else a moment later (DNS rebinding) gains
// nothing. It knows nothing of HTTP: what is asked for, and whether redirects are followed, is its
// caller's to decide.
package dial

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// Why an address is not connected to.
var (
	ErrAddress = errors.New("its address is not a public one")
	ErrPort    = errors.New("only port 443 is connected to")
)

// Guard says which addresses may be connected to: public ones on port 443, and what its fields add.
type Guard struct {
	// LoopbackPort is the one port of this machine's own loopback addresses that may be connected to
	// besides; 0 is none. It is for a HeyGen that runs on this machine, which is the sandbox.
	LoopbackPort uint16
}

// Dialer connects within a time, to addresses that the guard lets through.
func (g Guard) Dialer(limit time.Duration) *net.Dialer {
	return &net.Dialer{Timeout: limit, Control: func(network, address string, _ syscall.RawConn) error {
		return g.Check(network, address)
	}}
}

// Check says why an address, such as 192.0.2.1:443, is not connected to; nil lets it through.
func (g Guard) Check(network, address string) error {
	if network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("not over %s", network)
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return errors.New("not an address")
	}
	switch {
	case g.LoopbackPort != 0 && to.Port() == g.LoopbackPort && to.Addr().Unmap().IsLoopback():
		return nil
	case to.Port() != 443:
		return ErrPort
	case !IsPublic(to.Addr()):
		return ErrAddress
	}
	return nil
}

// IsPublic says whether an address belongs to the open internet. Of IPv6 that is 2000::/3 alone,
// the one part that IANA has given out for it; all else there is special, or may become so. Within,
// and in IPv4, the ranges of IANA's registries of special purposes are left out: those that carry
// an IPv4 address inside them could lead back into a private network.
func IsPublic(ip netip.Addr) bool {
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
