package storetest

import "heygen-mcp/auth/store"

func clients(w *world) {
	ctx := w.Context()
	c := store.Client{ID: "one", Document: []byte(`{"a":1}`), Secret: hash("secret"), Expires: w.at(minute)}
	_, err := w.s.Client(ctx, "one", w.now)
	w.want(err, store.ErrNotFound)
	w.ok(w.s.PutClient(ctx, c))
	got, err := w.s.Client(ctx, "one", w.now)
	w.ok(err)
	if string(got.Document) != `{"a":1}` || got.Secret != c.Secret || !got.Expires.Equal(c.Expires) || got.ID != "one" {
		w.Errorf("read %+v", got)
	}
	c.Document, c.Expires = []byte(`{"a":2}`), w.at(2*minute)
	w.ok(w.s.PutClient(ctx, c))
	got, err = w.s.Client(ctx, "one", w.at(minute))
	w.ok(err)
	if string(got.Document) != `{"a":2}` {
		w.Errorf("read %+v", got)
	}
	_, err = w.s.Client(ctx, "one", w.at(2*minute))
	w.want(err, store.ErrNotFound)
	// A client that was used stays so, and what keeps it as one that was not does not shorten its life.
	c.Used, c.Expires = true, w.at(3*minute)
	w.ok(w.s.PutClient(ctx, c))
	c.Used, c.Expires = false, w.at(minute)
	w.ok(w.s.PutClient(ctx, c))
	got, err = w.s.Client(ctx, "one", w.now)
	w.ok(err)
	if !got.Used || !got.Expires.Equal(w.at(3*minute)) {
		w.Errorf("read %+v", got)
	}
	_, err = w.s.Client(ctx, "' OR 1=1 --", w.now)
	w.want(err, store.ErrNotFound)
}

func settings(w *world) {
	ctx := w.Context()
	_, err := w.s.Setting(ctx, "name")
	w.want(err, store.ErrNotFound)
	for _, value := range []string{"first", "second"} {
		got, err := w.s.Settle(ctx, "name", value)
		w.ok(err)
		if got != "first" {
			w.Errorf("settled on %q", got)
		}
	}
	w.ok(w.s.DropSetting(ctx, "name"))
	_, err = w.s.Setting(ctx, "name")
	w.want(err, store.ErrNotFound)
}

func flows(w *world) {
	ctx := w.Context()
	id := w.flow("a")
	got, err := w.s.Flow(ctx, id, w.now)
	w.ok(err)
	if string(got.Sealed) != "sealed" || !got.Expires.Equal(w.at(minute)) {
		w.Errorf("read %+v", got)
	}
	w.ok(w.s.PutFlow(ctx, store.Flow{ID: id, Sealed: []byte("more"), Expires: w.at(2 * minute)}))
	got, err = w.s.Flow(ctx, id, w.at(minute))
	w.ok(err)
	if string(got.Sealed) != "more" {
		w.Errorf("read %+v", got)
	}
	_, err = w.s.Flow(ctx, id, w.at(2*minute))
	w.want(err, store.ErrNotFound)
	w.ok(w.s.DropFlow(ctx, id))
	_, err = w.s.Flow(ctx, id, w.now)
	w.want(err, store.ErrNotFound)
	w.ok(w.s.DropFlow(ctx, id))
}
