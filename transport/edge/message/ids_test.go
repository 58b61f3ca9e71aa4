package message

import "testing"

// TestLossyIDs holds which ids a reader of floating-point numbers would answer otherwise than they were sent.
func TestLossyIDs(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{
		"9007199254740991": false, "9007199254740992": true, "-9007199254740991": false, "-9007199254740992": true, "1.5": false,
		`"9007199254740993"`: false, "": false, "1e400": true,
	} {
		if got := LossyID([]byte(id)); got != want {
			t.Errorf("%s: got %t, want %t", id, got, want)
		}
	}
}
