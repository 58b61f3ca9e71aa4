package flows_test

import (
	"testing"
	"time"

	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/store"
)

// TestWhatIsGivenBack holds when tokens that nobody agreed to are given back, and for how long that
// is tried.
func TestWhatIsGivenBack(t *testing.T) {
	t.Parallel()
	keep := func(b *bench) {
		t.Helper()
		if err := b.Keep(t.Context(), browser("s"), flows.Flow{ID: "id", Expires: b.now.Add(time.Minute), Credential: tokens()}); err != nil {
			t.Fatal(err)
		}
	}
	b := newBench(t)
	keep(b)
	b.gives(t, "a flow", time.Minute-1, 0)
	b.gives(t, "a flow", time.Minute, 1)
	if len(b.taken) != 1 || string(b.taken[0]) != string(b.flow.Sealed) {
		t.Errorf("the flow is taken %d times, want once, as it was sealed", len(b.taken))
	}
	b.gives(t, "a flow once more", time.Hour, 0)

	b = newBench(t)
	keep(b)
	b.fails["TakeFlow"] = store.ErrNotFound
	b.gives(t, "a flow that became a grant", time.Minute, 0)
	delete(b.fails, "TakeFlow")
	b.gives(t, "a flow that became a grant", time.Hour, 0)

	b = newBench(t)
	keep(b)
	b.fails["TakeFlow"] = errAway
	b.gives(t, "a flow that cannot be taken", time.Minute, 0)
	b.fails["TakeFlow"], b.refuses = nil, true
	b.gives(t, "a flow that HeyGen does not take", time.Minute, 1)
	b.fails["TakeFlow"] = errAway // it was taken before
	b.gives(t, "a flow that HeyGen does not take", time.Minute+time.Hour, 1)
	b.gives(t, "a flow that HeyGen does not take", time.Minute+time.Hour+1, 1)
	b.gives(t, "a flow that HeyGen did not take for an hour", time.Minute+2*time.Hour, 0)

	b = newBench(t)
	b.abandoned.Discard(*tokens())
	b.abandoned.Discard(grants.SealedCredential{Key: "sk_x"})
	b.abandoned.Lend(grants.SealedCredential{Key: "sk_x"}, []byte("key"), b.now)
	b.abandoned.Lend(*tokens(), []byte("one"), b.now.Add(time.Minute))
	b.abandoned.Lend(*tokens(), []byte("two"), b.now.Add(time.Minute))
	b.abandoned.Returned([]byte("two"))
	b.gives(t, "what is discarded", 0, 1)
	b.gives(t, "what was lent", time.Minute, 1)

	b = newBench(t)
	keep(b)
	b.abandoned.Lend(*tokens(), []byte("one"), b.now.Add(flows.Lifetime))
	if b.abandoned.GiveBackAll(); b.returned != 2 {
		t.Errorf("at the end of the process %d tokens are given back, want 2", b.returned)
	}
}

// TestTheMostAbandoned holds how many sign-ins are remembered, and that those go on to be.
func TestTheMostAbandoned(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := []byte("first")
	b.abandoned.Lend(*tokens(), first, b.now.Add(time.Hour))
	for range 1000 {
		b.abandoned.Discard(*tokens())
	}
	b.gives(t, "the most and one", 0, 999)
	for range 1000 {
		b.abandoned.Discard(*tokens())
	}
	b.abandoned.Lend(*tokens(), first, b.now)
	b.gives(t, "one that was remembered, put off", 0, 1000)
}
