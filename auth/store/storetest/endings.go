package storetest

import (
	"errors"
	"fmt"
	"sync"

	"heygen-mcp/auth/store"
)

// tooLate holds that a grant that ends between the look at it and the tokens for it is missed,
// rather than being a failure of the store's. A device's record is the one that outlives its grant.
func tooLate(w *world) {
	ctx := w.Context()
	device := store.Device{ID: hash("device"), UserCode: hash("BCDF"), Expires: w.at(minute)}
	w.ok(w.s.PutDevice(ctx, device))
	w.ok(w.s.ConnectDevice(ctx, w.flow("f"), w.grant("g"), device.ID, []byte("locked"), nil, w.now))
	w.ok(w.s.EndGrant(ctx, "g"))
	w.want(w.s.RedeemDevice(ctx, device.ID, w.pair("g", "g"), w.now), store.ErrNotFound)

	w.want(w.s.Reconnect(ctx, w.flow("again"), w.token(store.Code, "code", "g", minute), w.now), store.ErrNotFound)
	w.signedIn("h")
	w.connected("i")
	w.ok(w.s.EndGrant(ctx, "h"))
	w.ok(w.s.EndGrant(ctx, "i"))
	w.want(w.s.Rotate(ctx, hash("rt h"), w.pair("h2", "h"), grace, w.now), store.ErrNotFound)
	w.want(w.s.Redeem(ctx, hash("code i"), w.pair("i", "i"), w.now), store.ErrNotFound)
}

// endingRace ends grants while tokens are given for them: the two lock the same rows, and must not wait for each other.
func endingRace(w *world) {
	for i := range 20 {
		id := fmt.Sprint("g", i)
		w.signedIn(id)
		w.connected("code" + id)
		var wg sync.WaitGroup
		changes := []func() error{
			func() error { return w.s.Rotate(w.Context(), hash("rt "+id), w.pair(id+"b", id), grace, w.now) },
			func() error { return w.s.Rotate(w.Context(), hash("rt "+id), w.pair(id+"c", id), grace, w.now) },
			func() error { return w.s.EndGrant(w.Context(), id) },
			func() error {
				return w.s.Redeem(w.Context(), hash("code code"+id), w.pair("code"+id, "code"+id), w.now)
			},
			func() error { return w.s.EndGrant(w.Context(), "code"+id) },
			func() error { return w.s.DropToken(w.Context(), hash("at "+id)) },
			func() error { return w.s.Sweep(w.Context(), w.now) },
		}
		for _, change := range changes {
			wg.Go(func() {
				if err := change(); err != nil && !errors.Is(err, store.ErrNotFound) {
					w.Error(err)
				}
			})
		}
		wg.Wait()
	}
}
