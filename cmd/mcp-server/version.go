package main

import "runtime/debug"

// serverName is what the server calls itself to clients and in logs.
const serverName = "heygen-mcp"

// buildVersion is what the Go toolchain wrote into the binary: the tag or commit that it was built
// from, or "devel" where neither is known.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}
