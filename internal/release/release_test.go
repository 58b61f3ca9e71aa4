package release

import (
	"runtime/debug"
	"testing"
)

// TestVersionOfABinary holds which of what the toolchain writes down is the version.
func TestVersionOfABinary(t *testing.T) {
	t.Parallel()
	revision := func(v string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: v}}
	}
	for name, c := range map[string]struct {
		info debug.BuildInfo
		want string
	}{
		"nothing":             {debug.BuildInfo{}, "devel"},
		"a tag":               {debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: revision("0123456789abcdef")}, "v1.2.3"},
		"a commit":            {debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: revision("0123456789abcdef")}, "devel-0123456789ab"},
		"a commit of 12":      {debug.BuildInfo{Settings: revision("0123456789ab")}, "devel-0123456789ab"},
		"what is no revision": {debug.BuildInfo{Settings: revision("0123456789a")}, "devel"},
	} {
		if got := builtAs(&c.info); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// TestVersionThatWasLinked holds that whoever builds the program has the last word.
//
//nolint:paralleltest // it sets what the linker does
func TestVersionThatWasLinked(t *testing.T) {
	if got := Version(); got == "" {
		t.Error("a test has no version")
	}
	linked = "v9.9.9"
	defer func() { linked = "" }()
	if got := Version(); got != "v9.9.9" {
		t.Errorf("got %s, want the version that was linked", got)
	}
}
