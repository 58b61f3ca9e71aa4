package upstream

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"heygen-mcp/internal/hosts"
)

// endpoints are what the metadata name.
type endpoints struct {
	Issuer    string   `json:"issuer"`
	Authorize string   `json:"authorization_endpoint"`
	Token     string   `json:"token_endpoint"`
	Register  string   `json:"registration_endpoint"`
	Revoke    string   `json:"revocation_endpoint"`
	Methods   []string `json:"code_challenge_methods_supported"`
	// NamesIssuer says that the server names itself in each answer.
	NamesIssuer bool `json:"authorization_response_iss_parameter_supported"`
}

// check refuses metadata that name an endpoint which cannot be used. Those of registration and
// revocation may be left out. A code, a token or a registration must not cross the network in the
// clear, nor go to a service of this machine or of the network around it, because a document says
// so.
func (e endpoints) check(issuer *url.URL) error {
	for _, endpoint := range []struct {
		name, address string
		optional      bool
	}{
		{"authorization_endpoint", e.Authorize, false}, {"token_endpoint", e.Token, false},
		{"registration_endpoint", e.Register, true}, {"revocation_endpoint", e.Revoke, true},
	} {
		if endpoint.optional && endpoint.address == "" {
			continue
		}
		if !usable(endpoint.address, issuer) {
			return fmt.Errorf(
				"upstream: the metadata name a %s that cannot be used: it must be an https URL of a public host",
				endpoint.name)
		}
	}
	return nil
}

// usable says whether an address may be an endpoint of the issuer's. One on loopback may name
// others there, under its own scheme too.
func usable(address string, issuer *url.URL) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || strings.Contains(address, "#") {
		return false
	}
	if hosts.IsLoopback(issuer.Hostname()) && hosts.IsLoopback(u.Hostname()) {
		return u.Scheme == "https" || u.Scheme == issuer.Scheme
	}
	return u.Scheme == "https" && !isLocal(u.Hostname())
}

// isLocal says whether a host is this machine or an address of a private network. A name is taken
// at its word: TLS demands that whoever answers to it holds its certificate.
func isLocal(host string) bool {
	ip, err := netip.ParseAddr(host)
	ip = ip.Unmap()
	return hosts.IsLoopback(host) || err == nil && (!ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "")
}
