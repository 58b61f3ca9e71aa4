package tools

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
)

// HeyGen sends what an account makes to callback URLs and webhook endpoints: whoever talks an agent into giving a URL of
// theirs gets it. Arguments that HeyGen sends to carry the tag callback:"yes", and lead only where the operator or
// the person said.

// codeCallback is the code of a call whose callback may not lead where it does.
const codeCallback = "callback_not_allowed"

// receiver is an argument that HeyGen sends to, and where it leads.
type receiver struct {
	path string
	to   origin
}

// CheckCallbackHost reports whether an entry of Config.CallbackHosts is a host name or an address, with or without a port.
func CheckCallbackHost(given string) error {
	host, _ := splitHost(given)
	if strings.ContainsAny(given, "/@?#*\\ ") || hostKey(host) == "" {
		return errors.New("it must be a host name or an address, with or without a port, as in hooks.example.com")
	}
	return nil
}

// splitHost splits off a port, which is "" where there is none.
func splitHost(given string) (host, port string) {
	if h, p, err := net.SplitHostPort(given); err == nil {
		return h, p
	}
	return given, ""
}

// leadsTo reports whether an origin is at one of the hosts: at any port of it, or at the one that the host names.
func leadsTo(hosts []string, o origin) bool {
	port := o.port
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[o.scheme]
	}
	return slices.ContainsFunc(hosts, func(given string) bool {
		host, only := splitHost(given)
		return hostKey(host) == o.host && (only == "" || only == port)
	})
}

// sendsTo reports whether a plan has an argument that HeyGen sends to, at any depth.
func (p *plan) sendsTo() bool {
	for _, f := range p.fields {
		if f.callback || f.nested != nil && f.nested.sendsTo() {
			return true
		}
	}
	for _, v := range p.variants {
		if v.sendsTo() {
			return true
		}
	}
	return false
}

// callbacks finds what HeyGen is to send to among checked arguments; path is where they stand, "" at the root.
func (p *plan) callbacks(args map[string]any, path string) (found []receiver, _ *Refusal) {
	if p.by != "" {
		kind, _ := args[p.by].(string)
		if v := p.variants[kind]; v != nil {
			return v.callbacks(args, path)
		}
		return nil, nil
	}
	for i := range p.fields {
		f := &p.fields[i]
		more, refusal := f.callbacks(args[f.name], join(path, f.name))
		if refusal != nil {
			return nil, refusal
		}
		found = append(found, more...)
	}
	return found, nil
}

// callbacks finds them in one argument.
func (f *field) callbacks(v any, path string) (found []receiver, _ *Refusal) {
	switch t := v.(type) {
	case string:
		if !f.callback || t == "" { // "" leads nowhere
			return nil, nil
		}
		u, err := url.Parse(t)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || hostKey(u.Hostname()) == "" || u.User != nil {
			return nil, invalid(path, path+" must be a URL that begins with https://, with a host and without a user's name.", "Send the receiver's public HTTPS URL.")
		}
		return []receiver{{path, origin{scheme: u.Scheme, host: hostKey(u.Hostname()), port: u.Port(), shown: onLine(u.Hostname(), longestHost)}}}, nil
	case map[string]any:
		if f.nested != nil {
			return f.nested.callbacks(t, path)
		}
	case []any:
		for i, m := range t {
			more, refusal := f.callbacks(m, fmt.Sprintf("%s[%d]", path, i))
			if refusal != nil {
				return nil, refusal
			}
			found = append(found, more...)
		}
	}
	return found, nil
}

// strangers are the callbacks of a call that only the person can allow. Where the operator has named hosts nobody can allow
// others, and a client that cannot ask its person is refused.
func (c *call) strangers(found []receiver, asks bool) ([]receiver, *Refusal) {
	hosts := c.cfg.CallbackHosts
	if len(hosts) == 0 {
		hosts = c.cfg.OwnHosts
	}
	var strange []receiver
	for _, cb := range found {
		if !leadsTo(hosts, cb.to) {
			strange = append(strange, cb)
		}
	}
	if len(strange) == 0 || asks && len(c.cfg.CallbackHosts) == 0 {
		return strange, nil
	}
	const setting = "--callback-hosts (HEYGEN_MCP_CALLBACK_HOSTS)"
	first := strange[0]
	r := &Refusal{IsError: true, Code: codeCallback, Param: first.path,
		Message:  first.path + " leads to " + first.to.String() + ", which is not among the hosts that this server's operator allows.",
		NextStep: "Leave " + first.path + " out and use wait_for_jobs. The operator allows hosts with " + setting + ": tell the user, and do not look for another way."}
	if len(c.cfg.CallbackHosts) == 0 {
		r.Message = first.path + " leads to " + first.to.String() + ". The user would have to agree to that host, and this client cannot ask them."
	}
	return nil, r
}
