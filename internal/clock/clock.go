// Package clock waits. It is a leaf: it knows nothing of ours, and everything may use it.
package clock

import (
	"context"
	"time"
)

// Sleep waits for d, or until ctx ends, whose cause it then gives.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
