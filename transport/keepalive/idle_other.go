//go:build !linux

package keepalive

// idleSet is nothing where there is no epoll: all connections stay net/http's.
type idleSet struct{}

type entry struct{}

func newIdleSet() *idleSet { return nil }

func (*idleSet) add(*conn) bool { return false }

func (*idleSet) drop(*conn) bool { return false }

func (*idleSet) watch(func(*conn)) {}

func (*idleSet) end() []*conn { return nil }
