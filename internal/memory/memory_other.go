//go:build !linux

package memory

// forgetProgram does nothing: only Linux says which pages of the program a process holds.
func forgetProgram() {}
