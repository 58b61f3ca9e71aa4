package catalogue

import (
	"context"

	"heygen-mcp/internal/database"
)

// Keep has an index that is empty kept in a database, and reads what is in it of everybody's. from names whose lists
// they are: what is there of another's goes. After an error the index is in memory. The database stays the caller's to
// close, after Close.
func (c *Catalogue) Keep(ctx context.Context, db *database.DB, from string) error {
	s, err := openStore(ctx, db, from)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, kind := range []Kind{Groups, Looks, Voices, Styles} {
		if err := c.load(ctx, s, shelfKey{Public, kind}); err != nil {
			clear(c.shelves)
			return err
		}
	}
	c.store = s
	return nil
}

// Close ends what is kept, once all that was put in before is in the file: what is put in afterwards is in memory
// alone.
func (c *Catalogue) Close() {
	c.mu.Lock()
	c.store = nil
	c.mu.Unlock()
	c.writes.Wait()
}

// writer writes rows to the file, if there is one, once, whatever becomes of whoever read them. The lock is held when
// it is asked for.
func (c *Catalogue) writer() func(context.Context, shelfKey, State, []Row, bool) error {
	to := c.store
	if to == nil {
		return func(context.Context, shelfKey, State, []Row, bool) error { return nil }
	}
	c.writes.Add(1)
	return func(ctx context.Context, key shelfKey, state State, rows []Row, whole bool) error {
		defer c.writes.Done()
		return to.write(context.WithoutCancel(ctx), key, state, rows, whole)
	}
}

// load reads a list from the file. The lock is held.
func (c *Catalogue) load(ctx context.Context, from *store, key shelfKey) error {
	state, rows, err := from.read(ctx, key)
	if err != nil || state.Read.IsZero() {
		return err
	}
	one := newShelf()
	one.put(rows, c.names(key.owner))
	one.state = state
	c.shelves[key] = one
	return nil
}
