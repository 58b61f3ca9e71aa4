// Package release says which program this is, and which version of it.
package release

import "runtime/debug"

// Name is what the server calls itself to clients, to HeyGen and in logs.
const Name = "heygen-mcp"

// linked is the version that whoever built the program gave it: -ldflags "-X
// heygen-mcp/internal/release.linked=v1.2.3". An image is built from files without their history.
var linked string //nolint:gochecknoglobals // the linker sets no other kind

// Version is that version, and without one what the Go toolchain wrote into the binary: the
// tag or commit that it was built from, or "devel" where neither is known.
func Version() string {
	if linked != "" {
		return linked
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	return builtAs(info)
}

// builtAs is the version that is written into a binary.
func builtAs(info *debug.BuildInfo) string {
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
