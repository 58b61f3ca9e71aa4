package engine

import "testing"

// TestEffects holds the hints of each effect.
func TestEffects(t *testing.T) {
	t.Parallel()
	letters := func(effect Effect, completes bool) (text string) {
		a := effect.hints("x", completes)
		for _, h := range []*bool{a.ReadOnlyHint, a.DestructiveHint, a.IdempotentHint, a.OpenWorldHint} {
			text += map[bool]string{true: "T", false: "F"}[*h]
		}
		return text
	}
	for effect, want := range map[Effect]string{Reads: "TFTT", Creates: "FFFT", Changes: "FTTT", Deletes: "FTTT"} {
		if got := letters(effect, false); got != want {
			t.Errorf("%s: %s, want %s", effect, got, want)
		}
	}
	if got := letters(Changes, true); got != "FFTT" {
		t.Errorf("changes that complete: %s", got)
	}
}
