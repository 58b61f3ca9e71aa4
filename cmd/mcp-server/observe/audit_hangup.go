package observe

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/rs/zerolog"
)

// ReopenOnHangup has SIGHUP open the audit log again until the returned function is called, as logrotate has it without
// copytruncate. Without a file for it the signal ends the program, as it does when a terminal closes.
func (t *AuditLog) ReopenOnHangup(ctx context.Context, log zerolog.Logger) (stop func()) {
	if t == nil || t.file == nil {
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
			if err := t.reopen(); err != nil {
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
