package keepalive

// Kept is how many connections are kept.
func (l *Listener) Kept() int {
	if !l.keeps() {
		return 0
	}
	l.kept.mu.Lock()
	defer l.kept.mu.Unlock()
	return len(l.kept.kept)
}
