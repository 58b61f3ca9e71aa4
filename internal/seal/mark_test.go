package seal_test

import (
	"testing"

	"heygen-mcp/internal/seal"
)

func TestMark(t *testing.T) {
	t.Parallel()
	key := seal.NewKey()
	code := key.Mark("a message", "one", "two")
	if !key.Marked("a message", code[:], "one", "two") {
		t.Error("a key does not know its own mark")
	}
	changed := code
	changed[31] ^= 1
	for name, known := range map[string]bool{
		"another key":       seal.NewKey().Marked("a message", code[:], "one", "two"),
		"another message":   key.Marked("a messagE", code[:], "one", "two"),
		"other belongings":  key.Marked("a message", code[:], "onet", "wo"),
		"fewer belongings":  key.Marked("a message", code[:], "one"),
		"a changed code":    key.Marked("a message", changed[:], "one", "two"),
		"a part of a code":  key.Marked("a message", code[:16], "one", "two"),
		"no code":           key.Marked("a message", nil, "one", "two"),
		"the empty key's":   seal.Key{}.Marked("a message", emptyMark(), "one", "two"),
		"a mark as message": key.Marked(string(code[:]), code[:]),
	} {
		if known {
			t.Errorf("%s is taken", name)
		}
	}
}

func emptyMark() []byte {
	code := seal.Key{}.Mark("a message", "one", "two")
	return code[:]
}
