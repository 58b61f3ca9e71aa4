package hosts

import (
	"net"
	"net/url"
	"strings"
)

// loopbackNames are the names that every machine has for itself.
func loopbackNames() []string { return []string{"localhost", "127.0.0.1", "::1"} }

// Names are the origins by which a server with a public URL can be called: that of the URL, as it
// is written there, and, where it is on this machine, the same port by each other loopback name. No
// other name is followed, since a Host header is whatever a client writes.
func Names(public *url.URL) []*url.URL {
	names := []*url.URL{{Scheme: public.Scheme, Host: public.Host}}
	if !IsLoopback(public.Hostname()) {
		return names
	}
	for _, name := range loopbackNames() {
		if strings.EqualFold(name, public.Hostname()) {
			continue
		}
		host := strings.TrimSuffix(net.JoinHostPort(name, public.Port()), ":")
		names = append(names, &url.URL{Scheme: public.Scheme, Host: host})
	}
	return names
}

// Named has a value for each of the Names of a server. Make it with NewNamed.
type Named[T any] struct {
	first  T
	others map[string]T // by Host header, in small letters
}

// NewNamed makes the value of each name of a server, beginning with that of its public URL.
func NewNamed[T any](public *url.URL, value func(origin *url.URL) (T, error)) (Named[T], error) {
	named := Named[T]{}
	for i, origin := range Names(public) {
		v, err := value(origin)
		if err != nil {
			return Named[T]{}, err
		}
		if i == 0 {
			named.first, named.others = v, map[string]T{}
			continue
		}
		for _, host := range hostHeaders(origin) {
			named.others[host] = v
		}
	}
	return named, nil
}

// Of is the value of the name that a Host header has; that of the public URL where it has none of
// the names, or another port.
func (n Named[T]) Of(host string) T {
	if len(n.others) == 0 {
		return n.first
	}
	if v, ok := n.others[strings.ToLower(host)]; ok {
		return v
	}
	return n.first
}

// hostHeaders are the Host headers of requests for an origin: a port that goes without saying may
// be left out.
func hostHeaders(origin *url.URL) []string {
	host := strings.TrimPrefix(Origin(origin), origin.Scheme+"://")
	usual := "80"
	if origin.Scheme == "https" {
		usual = "443"
	}
	if port := origin.Port(); port != "" && port != usual {
		return []string{host}
	}
	return []string{host, host + ":" + usual}
}
