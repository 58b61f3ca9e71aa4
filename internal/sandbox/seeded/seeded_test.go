package seeded

import (
	"regexp"
	"testing"
)

func TestTheSameSeedGivesTheSameIDs(t *testing.T) {
	t.Parallel()
	id := HexID(1, "video", "ana", 1)
	if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(id) {
		t.Errorf("got id %q, want 32 hexadecimal digits", id)
	}
	if again := HexID(1, "video", "ana", 1); again != id {
		t.Errorf("got %s and then %s for the same parts", id, again)
	}
	for _, other := range []string{HexID(2, "video", "ana", 1), HexID(1, "video", "ana", 2), HexID(1, "videoana", 1)} {
		if other == id {
			t.Errorf("got %s for other parts as well", id)
		}
	}
}

func TestPickStaysInTheList(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for i := range 200 {
		n := Pick(5, 1, "choice", i)
		if n < 0 || n > 4 {
			t.Fatalf("got %d, want 0 to 4", n)
		}
		seen[n] = true
	}
	if len(seen) != 5 {
		t.Errorf("got only %v of 5 choices in 200 tries", seen)
	}
}
