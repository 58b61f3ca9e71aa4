package database_test

import (
	"testing"
	"time"

	"heygen-mcp/internal/database"
)

// TestTimesComeBack holds that a time is read as it was written, to the millisecond and in UTC, and that no time is
// none.
func TestTimesComeBack(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Time{
		{}, time.UnixMilli(1), time.UnixMilli(-1), time.Date(2026, 12, 1, 12, 0, 0, 123456789, time.FixedZone("", 3600)),
	} {
		got := database.TimeOf(database.Millis(at))
		if want := at.UTC().Truncate(time.Millisecond); !got.Equal(want) || got.IsZero() != at.IsZero() || got.Location() != time.UTC {
			t.Errorf("%v came back as %v", at, got)
		}
	}
	if got := database.Millis(time.Time{}); got != 0 {
		t.Errorf("no time is written as %d, want 0", got)
	}
}
