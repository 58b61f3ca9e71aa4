//go:build !linux

package keepalive

// lot is nothing where there is no epoll: all connections stay net/http's.
type lot struct{}

type place struct{}

func newLot() *lot { return nil }

func (*lot) add(*conn) bool { return false }

func (*lot) drop(*conn) bool { return false }

func (*lot) watch(func(*conn)) {}

func (*lot) end() []*conn { return nil }
