package observe

import (
	"fmt"
	"os"
	"sync"
)

// AppendFile is a file opened for appending. It can be reopened by name while others write to it,
// as the rotation of logs needs.
type AppendFile struct {
	Path string

	mu   sync.Mutex
	file *os.File
}

// Reopen opens the file of the name that there is now, and keeps the one it has where that fails.
func (f *AppendFile) Reopen() error {
	file, err := os.OpenFile(f.Path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("--audit-log: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closeLocked()
	f.file = file
	return nil
}

// Write implements io.Writer.
func (f *AppendFile) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.file.Write(p)
}

// Close closes the file.
func (f *AppendFile) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closeLocked()
}

// closeLocked closes what is open. Each line was written when it was made, so there is nothing left to fail.
func (f *AppendFile) closeLocked() {
	if f.file != nil {
		_ = f.file.Close()
	}
}
