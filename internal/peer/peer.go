// Package peer knows where a request comes from. It is a leaf: it knows nothing of ours, and everything
// may use it.
//
// A source is a network rather than an address: one IPv4 address, or the /56 of IPv6 that one customer
// is given. It is the peer of the connection, or, where that is a proxy that the operator trusts, the
// client that the proxy names.
package peer

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"heygen-mcp/internal/headers"
)

// Source is who sends requests, for limits. Requests of unknown peers have the zero Source.
type Source struct{ network netip.Prefix }

// String is the network, as in 192.0.2.1/32.
func (s Source) String() string { return s.network.String() }

// sourceOf groups an address with those that one customer has.
func sourceOf(ip netip.Addr) Source {
	bits := 32
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		bits = 56
	}
	network, _ := ip.Prefix(bits) // which fails for the zero Addr alone, and gives the zero Prefix then
	return Source{network}
}

// ParseProxy reads an address or a network in CIDR form.
func ParseProxy(s string) (netip.Prefix, error) {
	if network, err := netip.ParsePrefix(s); err == nil {
		if ip := network.Addr(); ip.Is4In6() && network.Bits() >= 96 {
			network = netip.PrefixFrom(ip.Unmap(), network.Bits()-96)
		}
		return network.Masked(), nil
	}
	ip, err := netip.ParseAddr(s)
	if err != nil || ip.Zone() != "" {
		return netip.Prefix{}, errors.New("it is an address or a network, as in 10.0.0.0/8 or 192.0.2.1")
	}
	ip = ip.Unmap()
	return netip.PrefixFrom(ip, ip.BitLen()), nil
}

// Resolver finds the source of requests.
type Resolver struct {
	trusted []netip.Prefix
	warn    func()
}

// New makes a Resolver that believes the proxies in trusted. warn, which may be nil, is called once when
// a peer that is not among them sends X-Forwarded-For or Forwarded.
func New(trusted []netip.Prefix, warn func()) *Resolver {
	if warn == nil {
		warn = func() {}
	}
	return &Resolver{trusted: trusted, warn: sync.OnceFunc(warn)}
}

func (p *Resolver) trusts(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	for _, network := range p.trusted {
		if network.Contains(ip) {
			return true
		}
	}
	return false
}

// address finds who sends a request. Behind trusted proxies it is the rightmost address that is not
// one of theirs: each proxy adds on the right whom it speaks for, and what stands further left may be
// made up. An entry that cannot be read ends the walk at the proxy that sent it.
func (p *Resolver) address(r *http.Request) netip.Addr {
	ip := remote(r)
	if !p.trusts(ip) {
		if headers.First(r.Header, "X-Forwarded-For") != "" || headers.First(r.Header, "Forwarded") != "" {
			p.warn()
		}
		return ip
	}
	for _, entry := range slices.Backward(hopsOf(r.Header)) {
		hop, ok := parseHop(entry)
		if !ok {
			break
		}
		if ip = hop; !p.trusts(ip) {
			break
		}
	}
	return ip
}

// sender is who sends a request.
type sender struct {
	address netip.Addr
	source  Source
}

// Middleware puts the address and the source of each request into its context.
func (p *Resolver) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(with(r.Context(), p.address(r))))
	})
}

type key struct{}

// Of is the source of the request that a context belongs to, zero where there was no Middleware.
func Of(ctx context.Context) Source {
	s, _ := ctx.Value(key{}).(sender)
	return s.source
}

// Address is the address of the one who sent the request that a context belongs to, "" where it is not known.
func Address(ctx context.Context) string {
	s, _ := ctx.Value(key{}).(sender)
	if !s.address.IsValid() {
		return ""
	}
	return s.address.Unmap().WithZone("").String()
}

func with(ctx context.Context, ip netip.Addr) context.Context {
	return context.WithValue(ctx, key{}, sender{ip, sourceOf(ip)})
}

// Known gives a request whose context has its source: where no Middleware put it there, the peer of
// the connection.
func Known(r *http.Request) *http.Request {
	if _, ok := r.Context().Value(key{}).(sender); ok {
		return r
	}
	return r.WithContext(with(r.Context(), remote(r)))
}

// remote is the peer of the connection, the zero Addr where it is none of the internet's.
func remote(r *http.Request) netip.Addr {
	to, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		ip, _ := netip.ParseAddr(r.RemoteAddr)
		return ip
	}
	return to.Addr()
}

// hopsOf are the addresses that proxies have added, the nearest last. Forwarded is read where there is
// no X-Forwarded-For: with both, a proxy that knows one lets a client write the other.
func hopsOf(h http.Header) (hops []string) {
	if lines := h.Values("X-Forwarded-For"); len(lines) > 0 {
		return strings.Split(strings.Join(lines, ","), ",")
	}
	for _, element := range split(strings.Join(h.Values("Forwarded"), ","), ',') {
		hop := "" // an element that names nobody cannot be read
		for _, pair := range split(element, ';') {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			if strings.EqualFold(name, "for") {
				hop = strings.Trim(value, `"`)
			}
		}
		hops = append(hops, hop)
	}
	return hops
}

// split cuts at a separator that stands outside quotes.
func split(s string, sep rune) []string {
	quoted := false
	return strings.FieldsFunc(s, func(c rune) bool {
		if c == '"' {
			quoted = !quoted
		}
		return c == sep && !quoted
	})
}

// parseHop reads an address with or without a port.
func parseHop(s string) (netip.Addr, bool) {
	s = strings.TrimSpace(s)
	if to, err := netip.ParseAddrPort(s); err == nil {
		return to.Addr(), true
	}
	ip, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
	return ip, err == nil
}
