package metrics

import (
	"maps"
	"sync"
	"sync/atomic"
)

// cached are the time series of one metric by what their labels are made of. Prometheus finds one by hashing and
// comparing its labels each time, and every call adds to four or five.
//
// A key must be made of words that the server has, as labels are: nothing is ever forgotten.
type cached[K comparable, M any] struct {
	find func(K) M

	known atomic.Pointer[map[K]M]
	adds  sync.Mutex
}

// of is the series of a key.
func (s *cached[K, M]) of(key K) M {
	if known := s.known.Load(); known != nil {
		if one, ok := (*known)[key]; ok {
			return one
		}
	}
	s.adds.Lock()
	defer s.adds.Unlock()
	all := map[K]M{}
	if known := s.known.Load(); known != nil {
		if one, ok := (*known)[key]; ok {
			return one // somebody else was faster
		}
		maps.Copy(all, *known)
	}
	one := s.find(key)
	all[key] = one
	s.known.Store(&all)
	return one
}

// operationKey is what the labels of an operation are made of.
type operationKey struct{ method, tool, code, version string }

// requestKey is what the labels of an HTTP request to the server are made of.
type requestKey struct {
	method, route string
	status        int
}

// upstreamKey is what the labels of a request to HeyGen are made of.
type upstreamKey struct {
	method, template string
	status           int
	code             string
}
