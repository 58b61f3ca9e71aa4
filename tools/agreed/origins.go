package agreed

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"heygen-mcp/internal/lazyregexp"
	"heygen-mcp/internal/text"
	"heygen-mcp/tools/args/faults"
)

// MaxHostChars bounds what a question shows of what stands in a link where a host should: names have 253
// bytes at most.
const MaxHostChars = 300

// Origin is where a link leads.
type Origin struct {
	Scheme string
	Host   string // as hostKey gives it, "" where that can read none
	Port   string // as it is written, "" where the scheme says it
	Shown  string // the host as it is written in the link
}

// String shows the scheme and the host whole, and a name of other letters in its ASCII form (punycode) as
// well: letters of different scripts look alike.
func (o Origin) String() string {
	name, more := o.Host, ""
	switch {
	case o.Host == "":
		name, more = o.Shown, " (no host that can be read)"
	case strings.Contains(o.Host, ":"):
		name = "[" + o.Host + "]"
	case o.Host != strings.ToLower(o.Shown):
		name, more = o.Shown, " ("+o.Host+")"
	}
	if o.Port != "" {
		name += ":" + o.Port
	}
	return o.Scheme + "://" + name + more
}

// HostKey is the one spelling of a host: lower case, in ASCII, without a dot at its end. It is "" for what
// is no host.
func HostKey(host string) string {
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().String()
	}
	ascii, err := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false)).ToASCII(host)
	ascii = strings.TrimSuffix(strings.ToLower(ascii), ".")
	stranger := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune(".-_", r)
	}
	if err != nil || len(ascii) > MaxHostChars || strings.ContainsFunc(ascii, stranger) {
		return ""
	}
	return ascii
}

// linkStart is how links begin.
var linkStart = lazyregexp.New(`(?i)[a-z][a-z0-9+.-]*:[/\\]{2,}|https?:[/\\]*`)

// originsIn finds the links in a text, wherever they stand in it. Programs do not agree on where the host
// of a link ends that has a backslash in it: then every host that one of them would ask is given.
func originsIn(text string) []Origin {
	var found []Origin
	for _, at := range linkStart().FindAllStringIndex(text, -1) {
		scheme, _, _ := strings.Cut(strings.ToLower(text[at[0]:at[1]]), ":")
		whole := before(text[at[1]:], "/?#")
		rest := before(whole, " \t\r\n\"'`<>")
		authorities := []string{rest, before(rest, `\`)}
		// Where the text is a link and nothing else, programs read on: most take what stands before the
		// last @ for a user's name, whatever it holds, and browsers drop tabs and line ends.
		only := at[0] == 0
		if only && !strings.Contains(strings.TrimSpace(whole), " ") || strings.Contains(before(whole, " \t\r\n"), "@") {
			joined := strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(whole)
			authorities = append(authorities, before(joined, " "))
		}
		if i := strings.LastIndex(whole, "@"); only && i >= 0 {
			authorities = append(authorities, before(whole[i:], " \t\r\n"))
		}
		for _, authority := range authorities {
			if o, ok := originOf(scheme, authority); ok && !slices.Contains(found, o) {
				found = append(found, o)
			}
		}
	}
	return found
}

// before is what stands before the first of some characters, or all of a text that has none of them.
func before(text, ends string) string {
	if end := strings.IndexAny(text, ends); end >= 0 {
		return text[:end]
	}
	return text
}

// originOf reads the authority of a link: what stands before the last @ is a user's name, whatever it
// looks like.
func originOf(scheme, authority string) (Origin, bool) {
	host := authority[strings.LastIndex(authority, "@")+1:]
	host = strings.TrimRight(host, ".,;:!)}|*")
	if plain, err := url.PathUnescape(host); err == nil {
		host = plain
	}
	port := ""
	if i := strings.LastIndex(host, ":"); i > strings.LastIndex(host, "]") && strings.Trim(host[i+1:], "0123456789") == "" {
		host, port = host[:i], host[i+1:]
	}
	if host == "" {
		return Origin{}, false
	}
	if bare := strings.TrimLeft(host, "["); bare == host {
		host = strings.TrimRight(host, "]") // of Markdown around the link
	}
	return Origin{Scheme: scheme, Host: HostKey(host), Port: port, Shown: text.OnOneLine(host, MaxHostChars)}, true
}

// OriginsAmong finds the links in arguments at every depth, in the order of their names, each origin
// once.
func OriginsAmong(v any) (found []Origin) {
	switch t := v.(type) {
	case string:
		return originsIn(t)
	case map[string]any:
		for _, name := range faults.SortedKeys(t) {
			found = appendNew(found, originsIn(name)) // of a free map, the caller chooses names too
			found = appendNew(found, OriginsAmong(t[name]))
		}
	case []any:
		for _, m := range t {
			found = appendNew(found, OriginsAmong(m))
		}
	}
	return found
}

// appendNew appends the origins that are not there yet.
func appendNew(to, more []Origin) []Origin {
	for _, o := range more {
		if !slices.Contains(to, o) {
			to = append(to, o)
		}
	}
	return to
}
