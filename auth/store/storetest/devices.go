package storetest

import (
	"context"
	"time"

	"heygen-mcp/auth/store"
)

func devices(w *world) {
	ctx := w.Context()
	d := store.Device{ID: hash("device"), UserCode: hash("BCDF"), Client: "client", Request: []byte(`{}`), Public: []byte("public"),
		Interval: 5 * time.Second, Expires: w.at(10 * minute)}
	w.ok(w.s.PutDevice(ctx, d))
	if err := w.s.PutDevice(ctx, store.Device{ID: hash("other"), UserCode: hash("BCDF"), Expires: w.at(minute)}); err == nil {
		w.Error("two devices have one code for their persons")
	}
	got, err := w.s.DeviceOfUser(ctx, hash("BCDF"), w.now)
	w.ok(err)
	if got.ID != d.ID || got.Client != "client" || string(got.Public) != "public" || got.Interval != d.Interval || got.Grant != "" || got.Denied {
		w.Errorf("read %+v", got)
	}
	_, err = w.s.DeviceOfUser(ctx, hash("XXXX"), w.now)
	w.want(err, store.ErrNotFound)
	_, err = w.s.DeviceOfUser(ctx, hash("BCDF"), w.at(10*minute))
	w.want(err, store.ErrNotFound)

	poll := func(after time.Duration) (store.Device, error) { return w.s.PollDevice(ctx, d.ID, w.at(after)) }
	_, err = poll(0)
	w.ok(err)
	_, err = poll(4 * time.Second)
	w.want(err, store.ErrTooSoon)
	_, err = poll(13 * time.Second) // five and five seconds have not passed
	w.want(err, store.ErrTooSoon)
	_, err = poll(28 * time.Second)
	w.ok(err)
	w.want(w.s.RedeemDevice(ctx, d.ID, nil, w.now), store.ErrUsed)

	w.ok(w.s.PutSession(ctx, store.Session{ID: hash("browser"), Expires: w.at(time.Hour)}))
	wrap := &store.Wrap{Session: hash("browser"), Grant: "g", Sealed: []byte("w")}
	w.want(w.s.ConnectDevice(ctx, w.flow("f0"), w.grant("g"), hash("no device"), nil, nil, w.now), store.ErrNotFound)
	w.ok(w.s.ConnectDevice(ctx, w.flow("f"), w.grant("g"), d.ID, []byte("locked"), wrap, w.now))
	w.want(w.s.ConnectDevice(ctx, w.flow("f2"), w.grant("h"), d.ID, []byte("locked"), nil, w.now), store.ErrNotFound)
	w.ok(w.s.DenyDevice(ctx, d.ID))
	got, err = poll(60 * time.Second)
	w.ok(err)
	if got.Grant != "g" || string(got.Wrap) != "locked" || got.Denied {
		w.Errorf("read %+v", got)
	}
	w.ok(w.s.Sweep(ctx, w.at(minute)))
	w.ok(w.s.RedeemDevice(ctx, d.ID, w.pair("g", "g"), w.at(minute)))
	if !w.has("rt g") {
		w.Error("the device's tokens are not there")
	}
	w.want(w.s.RedeemDevice(ctx, d.ID, w.pair("h", "g"), w.at(minute)), store.ErrUsed)

	w.ok(w.s.PutDevice(ctx, store.Device{ID: hash("d2"), UserCode: hash("GHJK"), Expires: w.at(minute)}))
	w.ok(w.s.DenyDevice(ctx, hash("d2")))
	got, err = w.s.PollDevice(ctx, hash("d2"), w.now)
	w.ok(err)
	if !got.Denied {
		w.Error("it is not denied")
	}
	w.want(w.s.ConnectDevice(ctx, w.flow("f3"), w.grant("h"), hash("d2"), nil, nil, w.now), store.ErrNotFound)
}

func sweep(w *world) {
	ctx := w.Context()
	w.ok(w.s.PutSession(ctx, store.Session{ID: hash("browser"), Expires: w.at(48 * time.Hour)}))
	w.ok(w.s.PutClient(ctx, store.Client{ID: "c", Expires: w.at(minute)}))
	w.connected("unfinished")
	w.signedIn("g")
	w.ok(w.s.Rotate(ctx, hash("rt g"), w.pair("g2", "g"), grace, w.now))

	w.ok(w.s.Sweep(ctx, w.at(minute/2)))
	for _, name := range []string{"code unfinished", "code g", "at g", "rt g", "rt g2"} {
		if !w.has(name) {
			w.Errorf("%s was swept too early", name)
		}
	}
	// The answer to a token that was used this moment may be lost, and is given once more with what the wrap opens.
	if used, _, err := w.s.Token(ctx, hash("rt g"), w.now); err != nil || len(used.Wrap) == 0 {
		w.Errorf("a token that was used half a minute ago is %+v, %v", used, err)
	}
	w.ok(w.s.Sweep(ctx, w.at(2*time.Hour)))
	_, err := w.s.Grant(ctx, "unfinished")
	w.want(err, store.ErrNotFound)
	if w.has("at g") || w.has("code g") || !w.has("rt g2") {
		w.Error("what has expired goes, what has not stays")
	}
	used, _, err := w.s.Token(ctx, hash("rt g"), w.now)
	w.ok(err)
	if len(used.Wrap) != 0 || used.Used.IsZero() {
		w.Errorf("a token that was used can still open its grant: %+v", used)
	}
	w.want(w.s.Rotate(ctx, hash("rt g"), nil, grace, w.at(2*time.Hour)), store.ErrUsed)
	w.ok(w.s.Sweep(ctx, w.at(25*time.Hour)))
	_, err = w.s.Grant(ctx, "g")
	w.want(err, store.ErrNotFound)
	_, err = w.s.Session(ctx, hash("browser"), w.now)
	w.ok(err)
}

// replicas is what one handle does and another sees.
func replicas(w *world) {
	if w.again == nil {
		return // there is no other
	}
	ctx := w.Context()
	other := w.again()
	told := make(chan string, 64)
	defer other.Watch(func(grant string) { told <- grant })()
	hears := func(want string) {
		w.Helper()
		for {
			select {
			case got := <-told:
				if got == want {
					return
				}
			case <-ctx.Done():
				w.Fatalf("the other never heard of %q", want)
			}
		}
	}
	for !other.Hears() { // it does so a moment after it was opened
		w.ok(other.Ping(ctx))
	}
	w.signedIn("g")
	if _, _, err := other.Token(ctx, hash("at g"), w.now); err != nil || !other.Hears() {
		w.Fatalf("%v, hears: %t", err, other.Hears())
	}
	w.ok(w.s.Renew(ctx, "g", func(context.Context, store.Grant) (*store.Renewal, error) {
		return &store.Renewal{Sealed: []byte("credential 2")}, nil
	}))
	hears("g")
	w.signedIn("h")
	w.ok(w.s.DropToken(ctx, hash("at h")))
	hears("h")
	w.ok(w.s.EndGrant(ctx, "g"))
	hears("g")
}
