// Package lazyregexp compiles the regular expressions of package-level variables when they are first asked: most are
// not in the life of a process, and each costs a start some tenth of a millisecond. It knows nothing of what they find.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New is an expression that is compiled when it is first called for. One that is none panics then, so that a test must
// call for it.
func New(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
