package brokertest

import (
	"net/http"
	"sync"
	"sync/atomic"
)

// RenewalGrant is the grant type of a refresh.
const RenewalGrant = "refresh_token"

// AtOnce is how many callers come at once.
const AtOnce = 500

// Hold makes HeyGen answer a renewal only after all of the callers have come in, so that none of
// them finds it done.
func Hold(d *Deployment) {
	all := make(chan struct{})
	var left atomic.Int64
	left.Store(AtOnce)
	arrived := func() {
		if left.Add(-1) == 0 {
			close(all)
		}
	}
	d.Arrived.Store(&arrived)
	d.HeyGen.Answers(func(_ http.ResponseWriter, what string, _ func()) bool {
		if what == RenewalGrant {
			select {
			case <-all:
			case <-d.T.Context().Done():
			}
		}
		return false
	})
}

// Together makes all calls at once, and demands of each a success and of all one renewal.
func Together(d *Deployment, call func() Answer) {
	d.T.Helper()
	asked := d.HeyGen.Count(RenewalGrant)
	Hold(d)
	var wg sync.WaitGroup
	var bad atomic.Int64
	for range AtOnce {
		wg.Go(func() {
			if call().Status != http.StatusOK {
				bad.Add(1)
			}
		})
	}
	wg.Wait()
	if n := d.HeyGen.Count(RenewalGrant) - asked; n != 1 || bad.Load() != 0 {
		d.T.Errorf("HeyGen was asked %d times; %d of %d failed", n, bad.Load(), AtOnce)
	}
}
