package catalogue_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// now is the time of all tests.
func now() time.Time { return time.Unix(1_790_000_000, 0).UTC() }
