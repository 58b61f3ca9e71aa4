package panics_test

import (
	"errors"
	"strings"
	"testing"

	"heygen-mcp/internal/panics"
)

func TestCatch(t *testing.T) {
	t.Parallel()
	ran := false
	if p := panics.Catch(func() { ran = true }); p != nil || !ran {
		t.Errorf("work that ends by itself gave %v, ran %t", p, ran)
	}
	var empty []int
	for want, work := range map[string]func(){
		"string":              func() { panic("a secret") },
		"*errors.errorString": func() { panic(errors.New("a secret")) },
		"runtime error: index out of range [3] with length 0": func() { _ = empty[len("abc")] },
	} {
		p := panics.Catch(work)
		if p == nil || p.Text() != want || !strings.Contains(string(p.Stack), "TestCatch") {
			t.Errorf("got %+v, want the text %q and the stack of this test", p, want)
		}
	}
}
