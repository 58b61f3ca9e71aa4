package storetest

import (
	"fmt"
	"time"

	"heygen-mcp/auth/store"
)

// trim holds that beyond the caps the oldest go of what nobody has used, and of clients those alone.
func trim(w *world) {
	ctx := w.Context()
	in := func(i int) time.Time { return w.at(minute + time.Duration(i)*time.Second) }
	for i := range 10 {
		name := fmt.Sprint(i)
		used := i < 3 // the oldest
		w.ok(w.s.PutClient(ctx, store.Client{ID: name, Used: used, Expires: in(i)}))
		w.ok(w.s.PutFlow(ctx, store.Flow{ID: hash("flow " + name), Used: used, Expires: in(i)}))
		w.ok(w.s.PutDevice(ctx, store.Device{ID: hash("device " + name), UserCode: hash("code " + name), Expires: in(i)}))
		if used {
			w.ok(w.s.ConnectDevice(ctx, w.flow("for "+name), w.grant(name), hash("device "+name), nil, nil, w.now))
		}
	}
	left := func() (clients, flows, devices string) {
		for i := range 10 {
			name := fmt.Sprint(i)
			if _, err := w.s.Client(ctx, name, w.now); err == nil {
				clients += name
			}
			if _, err := w.s.Flow(ctx, hash("flow "+name), w.now); err == nil {
				flows += name
			}
			if _, err := w.s.DeviceOfUser(ctx, hash("code "+name), w.now); err == nil {
				devices += name
			}
		}
		return clients, flows, devices
	}
	for _, step := range []struct {
		caps                    store.Caps
		clients, flows, devices string
	}{
		{store.Caps{Clients: 7, Flows: 10, Devices: 10}, "0123456789", "0123456789", "0123456789"},
		{store.Caps{Clients: 4, Flows: 5, Devices: 6}, "0126789", "01289", "012789"},
		{store.Caps{Clients: 1, Flows: 2, Devices: 3}, "0129", "12", "012"},
	} {
		w.ok(w.s.Trim(ctx, step.caps))
		if c, f, d := left(); c != step.clients || f != step.flows || d != step.devices {
			w.Errorf("after %+v there are clients %s, flows %s, devices %s", step.caps, c, f, d)
		}
	}
	if _, err := w.s.Grant(ctx, "0"); err != nil {
		w.Errorf("a grant was trimmed: %v", err)
	}
}
