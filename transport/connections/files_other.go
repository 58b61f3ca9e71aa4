//go:build !unix

package connections

// mostFiles says that nothing is known of a bound on open files.
func mostFiles() (most int, ok bool) { return 0, false }
