package agreed

import (
	"crypto/sha256"
	"sync"
	"time"
)

// One agreement of a user is good for one call. Where HeyGen takes a key the agreement itself is the key, so
// that a repeat of it, on whatever replica, is the same create. Elsewhere each process remembers which
// answers it has acted upon.

// Patience is how long a person may take to answer. After that the question is put again.
const Patience = 15 * time.Minute

// maxUsed and maxHosts bound what a process remembers, in entries of some 100 bytes.
const maxUsed, maxHosts = 1 << 14, 1 << 14

// States remembers the states whose answer was acted upon, for as long as they can be brought back.
type States struct {
	mu    sync.Mutex
	at    map[string]int64 // by the state's id: when it was sealed, UTC milliseconds
	order []string         // as they were used
	// floor is the time before which a state may have been used and is not remembered: a restart, or too
	// many of them. The user is asked again then.
	floor int64
}

// NewStates remembers from now on, UTC milliseconds.
func NewStates(now int64) *States {
	return &States{at: map[string]int64{}, floor: now}
}

// Claim reports whether the state of an id, sealed at a time, is used for the first time. The times are
// UTC milliseconds.
func (u *States) Claim(id string, sealed, now int64) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	for len(u.order) > 0 {
		oldest := u.order[0]
		over := u.at[oldest] < now-Patience.Milliseconds()
		if !over && len(u.order) < maxUsed {
			break
		}
		if !over {
			u.floor = max(u.floor, u.at[oldest]+1)
		}
		delete(u.at, oldest)
		u.order = u.order[1:]
	}
	if _, used := u.at[id]; used || sealed < u.floor {
		return false
	}
	u.at[id] = sealed
	u.order = append(u.order, id)
	return true
}

// Hosts remembers which hosts the users of this process have agreed to send to or take from.
type Hosts struct {
	mu    sync.Mutex
	seen  map[[sha256.Size]byte]bool
	order [][sha256.Size]byte
}

// sumOf is what is remembered of a caller and a host.
func sumOf(caller, host string) [sha256.Size]byte {
	return sha256.Sum256([]byte(caller + "\x00" + host))
}

// Knows reports whether the caller has agreed to the host before.
func (k *Hosts) Knows(caller, host string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.seen[sumOf(caller, host)]
}

// Learn remembers a host that the caller has agreed to. The oldest is forgotten for it where there are
// too many.
func (k *Hosts) Learn(caller, host string) {
	sum := sumOf(caller, host)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seen[sum] {
		return
	}
	if len(k.order) == maxHosts {
		delete(k.seen, k.order[0])
		k.order = k.order[1:]
	}
	if k.seen == nil {
		k.seen = map[[sha256.Size]byte]bool{}
	}
	k.seen[sum] = true
	k.order = append(k.order, sum)
}
