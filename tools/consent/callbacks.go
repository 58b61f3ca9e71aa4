package consent

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/text"
	"heygen-mcp/tools/agreed"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/refusals"
)

// HeyGen sends what an account makes to callback URLs and webhook endpoints: whoever talks an agent into
// giving a URL of theirs gets it. Arguments that HeyGen sends to carry the tag callback:"true", and lead
// only where the operator or the user said.

// callback is an argument that HeyGen sends to, and where it leads.
type callback struct {
	path string
	to   agreed.Origin
}

// CheckCallbackHost reports whether an entry of Config.CallbackHosts is a host name or an address, with or
// without a port.
func CheckCallbackHost(given string) error {
	host, _ := splitHost(given)
	if strings.ContainsAny(given, "/@?#*\\ ") || agreed.HostKey(host) == "" {
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

// leadsTo reports whether an origin is at one of the hosts: at any port of it, or at the one that the host
// names.
func leadsTo(hosts []string, o agreed.Origin) bool {
	port := o.Port
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[o.Scheme]
	}
	return slices.ContainsFunc(hosts, func(given string) bool {
		host, only := splitHost(given)
		return agreed.HostKey(host) == o.Host && (only == "" || only == port)
	})
}

// callbackOf reads where an argument leads.
func callbackOf(a inputs.Callback) (callback, error) {
	u, err := url.Parse(a.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || agreed.HostKey(u.Hostname()) == "" || u.User != nil {
		return callback{}, faults.Invalid(a.Path, a.Path+" must be a URL that begins with https://, with a host and "+
			"without a user's name.",
			"Send the receiver's public HTTPS URL.")
	}
	to := agreed.Origin{Scheme: u.Scheme, Host: agreed.HostKey(u.Hostname()), Port: u.Port(), Shown: text.OnOneLine(u.Hostname(), agreed.MaxHostChars)}
	return callback{a.Path, to}, nil
}

// CheckCallbacks finds where HeyGen is to send to, and which of it only the user can allow. Where the
// operator has named hosts nobody can allow others, and a client that cannot ask its user is refused.
func (c *Call) CheckCallbacks(ctx context.Context, given []inputs.Callback) error {
	hosts := c.checker.cfg.CallbackHosts
	if len(hosts) == 0 {
		hosts = c.checker.cfg.OwnHosts
	}
	for _, a := range given {
		cb, err := callbackOf(a)
		if err != nil {
			return err
		}
		c.callbacks = append(c.callbacks, cb)
		if !leadsTo(hosts, cb.to) {
			c.toAllow = append(c.toAllow, cb)
		}
	}
	if len(c.toAllow) == 0 || len(c.checker.cfg.CallbackHosts) == 0 && canFill(exchange.From(ctx)) {
		return nil
	}
	const setting = "--callback-hosts (HEYGEN_MCP_CALLBACK_HOSTS)"
	first := c.toAllow[0]
	r := &refusals.Refusal{IsError: true, Code: refusals.CodeCallbackNotAllowed, Param: first.path,
		Message: first.path + " leads to " + first.to.String() + ", which is not among the hosts that this server's " +
			"operator allows.",
		NextStep: "Leave " + first.path + " out and use wait_for_jobs. The operator allows hosts with " + setting +
			": tell the user, and do not look for another way."}
	if len(c.checker.cfg.CallbackHosts) == 0 {
		r.Message = first.path + " leads to " + first.to.String() + ". The user would have to agree to that host, and this " +
			"client cannot ask them."
	}
	return r
}
