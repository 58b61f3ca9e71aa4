package database

import (
	"context"
	"encoding/hex"
	"fmt"
)

// Topic is what the processes that share a database tell each other about one matter.
type Topic struct {
	channel  string
	listener *pgListener // nil where there is no other process to hear of
}

// Topic begins to listen. heard is called with each word that another process or this one has told, and with "" when
// words may have been missed; it must not block. name tells topics apart; "" is one as well.
func (db *DB) Topic(name string, heard func(word string)) *Topic {
	if !db.Shared {
		return &Topic{}
	}
	// Channels are the whole database's: another deployment in another schema must not be heard here.
	channel := "heygen_mcp_" + hex.EncodeToString(db.schema[:8])
	if name != "" {
		channel += "_" + name
	}
	return &Topic{channel: channel, listener: listen(db.config, channel, heard)}
}

// Tell tells the other processes a word once tx commits. Where there is none it does nothing: what this process has
// done it knows.
func (t *Topic) Tell(ctx context.Context, tx *Tx, word string) error {
	if t.listener == nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_notify($1, $2)`, t.channel, word); err != nil {
		return fmt.Errorf("database: tell of a change: %w", err)
	}
	return nil
}

// Hears says whether what other processes tell arrives now.
func (t *Topic) Hears() bool { return t.listener == nil || t.listener.hears.Load() }

// Close ends the listening, and waits for it.
func (t *Topic) Close() {
	if t.listener != nil {
		t.listener.stop()
	}
}
