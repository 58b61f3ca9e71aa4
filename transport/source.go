package transport

import (
	"net/http"
	"net/netip"
)

// source is the network that a request comes from: an IPv4 address, or the /56 that one IPv6 customer has. All
// requests through a proxy come from the proxy.
func source(r *http.Request) netip.Prefix {
	const customer = 56
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Prefix{} // of a listener without addresses, whose clients share one
	}
	addr := from.Addr().Unmap().WithZone("")
	bits := addr.BitLen()
	if addr.Is6() {
		bits = customer
	}
	network, err := addr.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return network
}
