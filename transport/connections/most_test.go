package connections

import "testing"

// TestMost holds that connections leave a quarter of the files to others.
func TestMost(t *testing.T) {
	t.Parallel()
	for files, want := range map[int]int{0: 1, 1: 1, 4: 3, 1024: 768, 20_000: 15_000} {
		if got := share(files); got != want {
			t.Errorf("of %d files connections may take %d, want %d", files, got, want)
		}
	}
	want := 16_384
	if files, ok := mostFiles(); ok {
		want = min(want, share(files))
	}
	if got := Most(); got != want {
		t.Errorf("the default is %d connections, want %d", got, want)
	}
}
