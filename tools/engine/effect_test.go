package engine

import (
	"testing"
)

// TestEffects holds the hints of each effect.
func TestEffects(t *testing.T) {
	t.Parallel()
	for effect, want := range map[Effect]string{Reads: "TFTT", Creates: "FFFT", Changes: "FFTT", Deletes: "FTTT"} {
		a := effect.hints("x")
		got := ""
		for _, h := range []*bool{a.ReadOnlyHint, a.DestructiveHint, a.IdempotentHint, a.OpenWorldHint} {
			got += map[bool]string{true: "T", false: "F"}[*h]
		}
		if got != want {
			t.Errorf("%s: %s, want %s", effect, got, want)
		}
	}
}
