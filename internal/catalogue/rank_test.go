package catalogue

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSortFirst holds that the first of many are those that sorting all of them gives.
func TestSortFirst(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // G404: the same hits each time
	for range 300 {
		hits := make([]hit, dice.IntN(400))
		for i := range hits {
			hits[i] = hit{place: int32(i), score: float32(dice.IntN(5))}
		}
		dice.Shuffle(len(hits), func(i, j int) { hits[i], hits[j] = hits[j], hits[i] })
		want := slices.SortedFunc(slices.Values(hits), ranksBefore)
		n := dice.IntN(len(hits) + 1)
		sortFirst(hits, n)
		if !slices.Equal(hits[:n], want[:n]) {
			t.Fatalf("the first %d of %d are %v, want %v", n, len(hits), hits[:n], want[:n])
		}
	}
}
