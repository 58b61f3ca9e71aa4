package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/rs/zerolog"
)

// appendFile is a file opened for appending. It can be reopened by name while others write to it,
// as the rotation of logs needs.
type appendFile struct {
	path string

	mu   sync.Mutex
	file *os.File
}

// reopen opens the file of the name that there is now, and keeps the one it has where that fails.
func (f *appendFile) reopen() error {
	file, err := os.OpenFile(f.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600) //nolint:gosec // G703: the operator names the file
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
func (f *appendFile) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.file.Write(p)
}

func (f *appendFile) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closeLocked()
}

// closeLocked closes what is open. Each line was written when it was made, so there is nothing left to fail.
func (f *appendFile) closeLocked() {
	if f.file != nil {
		_ = f.file.Close()
	}
}

// reopenOnHangup has SIGHUP open the audit log again until the returned function is called, as logrotate has it without
// copytruncate. Without a file for it the signal ends the program, as it does when a terminal closes.
func (a *app) reopenOnHangup(ctx context.Context, log zerolog.Logger) (stop func()) {
	if a.auditLog == nil || a.auditLog.file == nil {
		return func() {}
	}
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	ctx, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-hangup:
			case <-ctx.Done():
				return
			}
			if err := a.auditLog.reopen(); err != nil {
				log.Error().Err(err).Msg("the audit log could not be opened again; its lines go on into the file it had")
				continue
			}
			log.Info().Msg("the audit log was opened again")
		}
	}()
	return func() {
		signal.Stop(hangup)
		end()
		<-done
	}
}
