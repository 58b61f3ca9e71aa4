package repeats

import (
	"slices"
	"testing"
	"time"
)

// TestKeys holds what makes two creates the same: everything that their key is made of, part by part.
func TestKeys(t *testing.T) {
	t.Parallel()
	secret := []byte("0123456789abcdef")
	keyOf := func(secret []byte, caller, tool, slot string, meaning ...string) string {
		return Keys(secret, caller, tool, []string{slot}, meaning...)[0]
	}
	key := keyOf(secret, "caller", "tool", "slot", "a", "b")
	if again := keyOf(secret, "caller", "tool", "slot", "a", "b"); again != key || len(key) != len("mcp-")+64 {
		t.Errorf("got %q and %q, want one key", key, again)
	}
	// Replicas of another version share these.
	if want := "mcp-48813ea1afc050705b417909830281d1e4c51b863cf9b74ac9ff2cb0f71df97c"; key != want {
		t.Errorf("got %q, want %q", key, want)
	}
	if both := Keys(secret, "caller", "tool", []string{"other", "slot"}, "a", "b"); both[1] != key || both[0] == key {
		t.Errorf("got %q of two slots, want %q for the second", both, key)
	}
	for name, other := range map[string]string{
		"another secret":    keyOf([]byte("0123456789abcdeg"), "caller", "tool", "slot", "a", "b"),
		"another caller":    keyOf(secret, "callers", "tool", "slot", "a", "b"),
		"another tool":      keyOf(secret, "caller", "tools", "slot", "a", "b"),
		"another slot":      keyOf(secret, "caller", "tool", "slots", "a", "b"),
		"another meaning":   keyOf(secret, "caller", "tool", "slot", "a", "c"),
		"other parts of it": keyOf(secret, "caller", "tool", "slot", "ab"),
	} {
		if other == key {
			t.Errorf("%s has the same key", name)
		}
	}
}

func TestSlot(t *testing.T) {
	t.Parallel()
	begins := time.Unix(1_790_000_400, 0)
	if Slot(begins) != Slot(begins.Add(SlotLength-time.Nanosecond)) || Slot(begins) == Slot(begins.Add(SlotLength)) || Slot(begins) == Slot(begins.Add(-time.Nanosecond)) {
		t.Errorf("the slot of %s does not last for %s", begins, SlotLength)
	}
	near := []string{Slot(begins), Slot(begins.Add(-SlotLength)), Slot(begins.Add(SlotLength))}
	if got := Slots(begins); !slices.Equal(got, near) {
		t.Errorf("got %v near %s, want %v", got, begins, near)
	}
	if at, ok := Begins(Slot(begins.Add(time.Minute))); !ok || !at.Equal(begins) {
		t.Errorf("got %s and %t, want the slot to begin at %s", at, ok, begins)
	}
	for _, none := range []string{"", "x", "-3", "0", "yes 3", "+3", "03", "99999999999999999999"} {
		if at, ok := Begins(none); ok {
			t.Errorf("%q is taken for a slot that begins at %s", none, at)
		}
	}
}
