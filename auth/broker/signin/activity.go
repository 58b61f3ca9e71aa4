package signin

import (
	"context"
	"time"

	"heygen-mcp/internal/words"
)

// Activity tells what was made through some connections of an account. caller is the account as auth.Caller names it.
type Activity func(ctx context.Context, caller string, connections []string) (Usage, error)

// Usage is what was made and spent through some connections. Amounts are in millionths of a USD.
type Usage struct {
	// Today and Spent are what was reserved and spent since midnight UTC and in the last Days days.
	Today, Spent int64
	Days         int
	// Lasting says that the record outlives the server's process.
	Lasting bool
	// Last are the last few calls, the newest first.
	Last []PaidCall
}

// PaidCall is one call that made something. Link is where a person sees it, "" for nowhere.
type PaidCall struct {
	At   time.Time
	Text words.Text
	Link string
}
