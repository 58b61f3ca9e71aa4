package clients

import (
	"net/url"
	"slices"
	"strings"
)

// Class is how much a redirect URI says of the client that waits there.
type Class int

// The classes, from the one that says least.
const (
	// Local is a client on the person's own computer: at a loopback address, at a scheme, or behind
	// a web page that forwards to one. Any program there can receive the code.
	Local Class = iota
	// OwnHost is a client at a web host of its own, which this server does not know.
	OwnHost
	// Known is a client of the list in this package, or one that the operator allowed.
	Known
)

// vendor makes clients that this server knows.
type vendor struct {
	// name is how a person is told of it.
	name string
	// hosts are where its client id metadata documents are.
	hosts []string
	// redirects are where its clients wait. A slash at the end stands for one more element.
	redirects []string
}

// vendors are the hosted clients that are known, and Cursor's program.
func vendors() []vendor {
	return []vendor{
		{"Claude", []string{"claude.ai", "claude.com"},
			[]string{"https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"}},
		{"ChatGPT", []string{"chatgpt.com"},
			[]string{"https://chatgpt.com/connector/oauth/",
				"https://chatgpt.com/connector_platform_oauth_redirect"}},
		{"VS Code", []string{"vscode.dev", "insiders.vscode.dev"},
			[]string{"https://vscode.dev/redirect", "https://insiders.vscode.dev/redirect"}},
		{"Cursor", []string{"cursor.com", "www.cursor.com"},
			// Cursor registers both at once. A scheme is whoever's claims it last, so this one URI
			// alone.
			[]string{"https://www.cursor.com/agents/mcp/oauth/callback",
				"cursor://anysphere.cursor-mcp/oauth/callback"}},
	}
}

// forwarders are hosts whose pages pass what they get on to a program on the person's computer.
func forwarders() []string { return []string{"vscode.dev"} }

// Class says how much is known of a client that waits at a redirect URI. A document's client is
// known at its own maker's addresses alone: anybody can list another's address in a document.
func (p Policy) Class(c Client, redirect string) Class {
	if !Hosted(redirect) {
		return Local
	}
	switch {
	case c.Source == Static:
		return Known
	case !p.trusts(redirect):
		return OwnHost
	case c.Source == Document && !p.sameVendor(c.ID, redirect):
		return OwnHost
	}
	return Known
}

// Hosted says whether a redirect URI leads to a web host that keeps what it gets, so that only who
// runs the host can be there. Consent is remembered for such addresses alone: any program on a
// machine can listen on a loopback port, claim a scheme, or be forwarded to.
func Hosted(redirect string) bool {
	u, err := url.Parse(redirect)
	return err == nil && u.Scheme == "https" && !forwards(u) && !isHere(u)
}

// isHere says whether a URI names the person's own machine, whatever its scheme.
func isHere(u *url.URL) bool {
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || isLoopbackAddress(host)
}

// Forwarded says whether a redirect URI leads to a web page that passes what it gets on to a
// program.
func Forwarded(redirect string) bool {
	u, err := url.Parse(redirect)
	return err == nil && u.Scheme == "https" && forwards(u)
}

func forwards(u *url.URL) bool {
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	return slices.ContainsFunc(forwarders(), func(f string) bool {
		return host == f || strings.HasSuffix(host, "."+f)
	})
}

// trusts says whether a web address is on the list, or allowed by the operator.
func (p Policy) trusts(redirect string) bool {
	u, err := url.Parse(redirect)
	return err == nil && (isKnown(redirect) || p.allows(redirect, u))
}

// sameVendor says whether a client id that is a URL and a redirect URI have one host or one vendor,
// or the operator allowed the id's host too.
func (p Policy) sameVendor(id, redirect string) bool {
	from, err := url.Parse(id)
	to, err2 := url.Parse(redirect)
	if err != nil || err2 != nil || from.Scheme != "https" {
		return false
	}
	if strings.EqualFold(from.Host, to.Host) || isAmong(p.Hosts, from.Host) {
		return true
	}
	m, ok := vendorOf(redirect)
	return ok && m.ownsDocument(id)
}

// ownsDocument says whether a client id is the address of a document of the vendor's.
func (m vendor) ownsDocument(id string) bool {
	u, err := url.Parse(id)
	return err == nil && u.Scheme == "https" && isAmong(m.hosts, u.Host)
}

// isAmong says whether a host is one of a list.
func isAmong(hosts []string, host string) bool {
	return slices.ContainsFunc(hosts, func(h string) bool { return strings.EqualFold(h, host) })
}

// ownsRedirect says whether a redirect URI is one of the vendor's.
func (m vendor) ownsRedirect(redirect string) bool {
	return slices.ContainsFunc(m.redirects, func(k string) bool {
		rest, ok := strings.CutPrefix(redirect, k)
		if !strings.HasSuffix(k, "/") {
			return ok && rest == ""
		}
		return ok && rest != "" && rest != "." && rest != ".." && !strings.ContainsAny(rest, "/?%")
	})
}

// vendorOf is whose a redirect URI is.
func vendorOf(redirect string) (vendor, bool) {
	all := vendors()
	i := slices.IndexFunc(all, func(m vendor) bool { return m.ownsRedirect(redirect) })
	if i < 0 {
		return vendor{}, false
	}
	return all[i], true
}

func isKnown(uri string) bool {
	_, ok := vendorOf(uri)
	return ok
}

// KnownName is what this server itself calls the client that waits at a redirect URI; "" where it
// has no name for it.
func (p Policy) KnownName(c Client, redirect string) string {
	if m, ok := vendorOf(redirect); ok && p.Class(c, redirect) == Known && c.Source != Static {
		return m.name
	}
	return ""
}

// Resembles names the known name that a client's own is, or could be mistaken for. It is empty
// where the client is of that name's vendor, as its redirect URI or its document shows, or is the
// operator's own.
func (p Policy) Resembles(c Client, redirect string) string {
	if c.Source == Static {
		return ""
	}
	like := resembles(c.Name)
	for _, m := range vendors() {
		theirs := p.Class(c, redirect) == Known && m.ownsRedirect(redirect) ||
			c.Source == Document && m.ownsDocument(c.ID)
		if theirs && slices.Contains(namesOf(m.name), like) {
			return ""
		}
	}
	return like
}

// namesOf are the names that a vendor's clients may go by.
func namesOf(name string) []string {
	switch name {
	case "Claude":
		return []string{"Claude", "Anthropic"}
	case "ChatGPT":
		return []string{"ChatGPT", "OpenAI", "Codex"}
	case "VS Code":
		return []string{"VS Code", "Visual Studio Code", "Microsoft", "GitHub", "Copilot"}
	}
	return []string{name}
}
