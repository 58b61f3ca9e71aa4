package broker_test

import (
	"testing"

	"heygen-mcp/auth/broker/oauthrules"
)

// TestRules tries the chapters of docs/oauth.md that this package answers for.
func TestRules(t *testing.T) {
	t.Parallel()
	oauthrules.Try(t, "broker")
}
