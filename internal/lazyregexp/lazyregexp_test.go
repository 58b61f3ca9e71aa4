package lazyregexp_test

import (
	"testing"

	"heygen-mcp/internal/lazyregexp"
)

// TestNew holds that an expression is compiled once, and not before it is called for.
func TestNew(t *testing.T) {
	t.Parallel()
	none := lazyregexp.New("(")
	number := lazyregexp.New(`^\d+$`)
	once := number()
	if number() != once || !number().MatchString("12") || number().MatchString("x") {
		t.Error("the expression is not the one that was given, once")
	}
	defer func() {
		if recover() == nil {
			t.Error("what is no expression was compiled")
		}
	}()
	none()
}
