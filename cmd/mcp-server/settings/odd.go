package settings

import (
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/auth"
)

// warnOdd warns of what works and is hardly what was meant.
func (c *Config) warnOdd(env map[string]string) {
	c.Warnings = append(c.Warnings, quotedVariables(env)...)
	if u := c.PublicURL; u != nil && strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/mcp") {
		c.Warnings = append(c.Warnings, fmt.Sprintf("--public-url ends in /mcp, so clients find the server at %s/mcp; the path of the endpoint is no part of it", u))
	}
	if auth.Mode(c.Auth) == auth.Broker && c.RefreshLifetime < c.AccessLifetime {
		c.Warnings = append(c.Warnings, "--refresh-lifetime is shorter than --access-lifetime, so that a sign-in can "+
			"never be renewed")
	}
}

// quotedVariables warns of settings that are in quotation marks: a shell takes these off, and a file of variables for
// Docker or Kubernetes does not.
func quotedVariables(env map[string]string) []string {
	var names []string
	for _, s := range Table() {
		names = append(names, s.Variable())
	}
	for _, s := range Secrets() {
		names = append(names, s.Variable)
	}
	var out []string
	for _, name := range names {
		if v := env[name]; len(v) > 1 && v[0] == v[len(v)-1] && strings.ContainsRune(`"'`, rune(v[0])) {
			out = append(out, name+" is in quotation marks, which are taken as part of it")
		}
	}
	slices.Sort(out)
	return out
}
