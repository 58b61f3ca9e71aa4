package connections_test

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"heygen-mcp/transport/connections"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// conn is a connection of which only its end is of interest.
type conn struct {
	net.Conn
	name   string
	closed *[]string
}

func (c *conn) Close() error {
	*c.closed = append(*c.closed, c.name)
	return nil
}

// TestTheOldestGivesWay holds which connection is closed where there is no room: of a refused request, then one without
// a request, then one that is kept, the oldest of each; and the new one where all others have a request.
func TestTheOldestGivesWay(t *testing.T) {
	t.Parallel()
	// Each step is a connection and its state: n is new, a has a request, i is kept, r has a request that was refused,
	// c is closed.
	for steps, want := range map[string]string{
		"1n 1a 2n 2a 3n 4n":                   "3",     // and not 4, which came after it
		"1n 1a 1i 2n 2a 2i 3n 3a 4n":          "1",     // kept, the oldest
		"1n 1a 1i 2n 2a 2i 1a 1i 3n 3a 4n":    "2",     // kept again
		"1n 1a 1i 2n 3n 3a 4n":                "2",     // before one that is kept
		"1n 1a 1r 2n 3n 3a 4n":                "1",     // before one without a request
		"1n 1a 2n 2a 3n 3a 4n":                "4",     // all have a request
		"1n 1c 2n 2c 3n 4n 5n":                "",      // those that are closed leave room
		"1n 2n 3n 4n 1i 1c 5n 6n":             "1 2 3", // what was closed here is not counted again
		"1n 1a 1i 2n 2a 2i 3n 3a 3i 2c 4n 5n": "4",     // one that never asked, before those that are kept
	} {
		var closed []string
		bound := connections.New(3)
		all := map[byte]*conn{}
		for step := range strings.FieldsSeq(steps) {
			c := all[step[0]]
			if c == nil {
				c = &conn{name: step[:1], closed: &closed}
				all[step[0]] = c
			}
			switch step[1] {
			case 'n':
				bound.State(c, http.StateNew)
			case 'a':
				bound.State(c, http.StateActive)
			case 'i':
				bound.State(c, http.StateIdle)
			case 'c':
				bound.State(c, http.StateClosed)
			case 'r':
				connections.Refused(bound.Context(t.Context(), c))
			}
		}
		if got := strings.Join(closed, " "); got != want {
			t.Errorf("%s: closed %q, want %q", steps, got, want)
		}
	}
	connections.Refused(context.Background()) // of no connection: nothing happens
}
