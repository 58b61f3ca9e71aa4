// Package memo remembers what was found, within bounds: where there is too much, all is forgotten
// and found again. It knows nothing of what it keeps, nor how long that is true.
package memo

import "sync"

// most bounds what a Memo keeps, in entries of some 200 bytes.
const most = 1 << 13

// Memo remembers values by their names. The zero value is empty. It is safe for use by many goroutines.
type Memo[T any] struct {
	mu    sync.Mutex
	known map[string]T
}

// Get is what is remembered under a name.
func (m *Memo[T]) Get(name string) (value T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok = m.known[name]
	return value, ok
}

// Put remembers a value, in place of one with the same name.
func (m *Memo[T]) Put(name string, value T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= most {
		m.known = map[string]T{}
	}
	m.known[name] = value
}

// Forget forgets what is remembered under a name.
func (m *Memo[T]) Forget(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.known, name)
}
