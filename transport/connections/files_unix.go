//go:build unix

package connections

import "syscall"

// mostFiles is how many files the process may have open; ok is false where that is not known.
func mostFiles() (most int, ok bool) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, false
	}
	return int(min(limit.Cur, 1<<30)), true
}
