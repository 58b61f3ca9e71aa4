package memo_test

import (
	"fmt"
	"testing"

	"heygen-mcp/internal/memo"
)

func TestMemo(t *testing.T) {
	t.Parallel()
	var m memo.Memo[int]
	if got, ok := m.Get("a"); ok {
		t.Errorf("an empty one has %d", got)
	}
	m.Put("a", 1)
	m.Put("a", 2)
	if got, ok := m.Get("a"); !ok || got != 2 {
		t.Errorf("it has %d, %v, want what was put last, 2", got, ok)
	}
	m.Put("b", 3)
	m.Forget("b")
	m.Forget("c")
	if got, ok := m.Get("b"); ok {
		t.Errorf("it still has %d, which was to be forgotten", got)
	}
	for i := range 1 << 13 {
		m.Put(fmt.Sprint(i), i)
	}
	if got, ok := m.Get("a"); ok {
		t.Errorf("with too much it still has %d", got)
	}
	if got, ok := m.Get("8191"); !ok || got != 8191 {
		t.Errorf("it has %d, %v, want the last, 8191", got, ok)
	}
}
