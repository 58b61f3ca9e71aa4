package agreed

import (
	"fmt"
	"testing"
	"time"
)

// TestUsedStatesAreBounded holds that what is forgotten counts as used: for a state that nobody remembers the person is
// asked again.
func TestUsedStatesAreBounded(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_790_000_000, 0).UnixMilli()
	u := NewStates(now)
	if u.Claim("before the start", now-1, now) {
		t.Error("a state of an earlier process")
	}
	for i := range maxUsed + 100 {
		if !u.Claim(fmt.Sprint("s", i), now+int64(i), now+int64(i)) {
			t.Fatalf("the first use of %d", i)
		}
	}
	if len(u.at) > maxUsed || len(u.order) > maxUsed {
		t.Errorf("%d and %d are remembered", len(u.at), len(u.order))
	}
	for _, i := range []int{0, 99, 100, maxUsed + 99} {
		if u.Claim(fmt.Sprint("s", i), now+int64(i), now+maxUsed) {
			t.Errorf("%d was used twice", i)
		}
	}
	later := now + Patience.Milliseconds() + 2*maxUsed
	if !u.Claim("later", later, later) || len(u.at) != 1 {
		t.Errorf("%d are remembered after their time", len(u.at))
	}
	k := &Hosts{}
	for i := range maxHosts + 10 {
		k.Learn("caller", fmt.Sprint(i))
	}
	if len(k.seen) != maxHosts || k.Knows("caller", "0") || !k.Knows("caller", fmt.Sprint(maxHosts)) {
		t.Errorf("%d hosts are remembered", len(k.seen))
	}
}
