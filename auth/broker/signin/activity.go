package signin

import (
	"context"
	"time"

	"heygen-mcp/internal/words"
)

// Activity tells what was made through some connections of an account. caller is the account as auth.Caller names it.
type Activity func(ctx context.Context, caller string, connections []string) (Made, error)

// Made is what was made. Amounts are in millionths of a USD.
type Made struct {
	// Today and Spent are what was reserved and spent since midnight UTC and in the last Days days.
	Today, Spent int64
	Days         int
	// Lasting says that the record outlives the server's process.
	Lasting bool
	// Last are the last few deeds, the newest first.
	Last []Deed
}

// Deed is one thing that was made. Link is where a person sees it, "" for nowhere.
type Deed struct {
	At   time.Time
	Text words.Text
	Link string
}
