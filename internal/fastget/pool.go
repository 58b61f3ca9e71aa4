package fastget

import (
	"net/http"
	"sync"
	"time"
)

// target is where a connection leads.
type target struct{ scheme, address string }

// pool keeps connections that nobody uses. The one that was used last is taken first, so that those that are not needed
// grow old.
type pool struct {
	most    int           // that are kept to one target
	keepFor time.Duration // 0 is for good

	mu       *sync.Mutex
	idle     map[target][]*conn
	sweeping bool
}

func newPool(base *http.Transport) pool {
	most := base.MaxIdleConnsPerHost
	if most == 0 {
		most = http.DefaultMaxIdleConnsPerHost
	}
	return pool{most: most, keepFor: base.IdleConnTimeout, mu: new(sync.Mutex), idle: map[target][]*conn{}}
}

// take is a connection that was kept and that nothing has come over since, nil if there is none: what a server says
// without being asked would be taken for an answer.
func (p *pool) take(key target) *conn {
	for {
		p.mu.Lock()
		kept := p.idle[key]
		if len(kept) == 0 {
			p.mu.Unlock()
			return nil
		}
		c := kept[len(kept)-1]
		kept[len(kept)-1] = nil
		p.idle[key] = kept[:len(kept)-1]
		p.mu.Unlock()
		if c.quiet() {
			c.reused = true
			return c
		}
		_ = c.Close()
	}
}

// put keeps a connection, if there is room.
func (p *pool) put(c *conn) {
	p.mu.Lock()
	full := len(p.idle[c.key]) >= p.most
	if !full {
		c.kept = time.Now()
		p.idle[c.key] = append(p.idle[c.key], c)
		if p.keepFor > 0 && !p.sweeping {
			p.sweeping = true
			time.AfterFunc(p.keepFor, p.sweep)
		}
	}
	p.mu.Unlock()
	if full {
		_ = c.Close()
	}
}

// sweep closes what nobody has used for long, and comes again while something is kept.
func (p *pool) sweep() {
	if p.sweepNow() {
		time.AfterFunc(p.keepFor, p.sweep)
	}
}

// sweepNow closes what nobody has used for long, and reports whether anything is left.
func (p *pool) sweepNow() bool {
	var old []*conn // without the lock: TLS says good-bye, for which it waits if it must
	defer func() { closeEach(old) }()
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, kept := range p.idle {
		n := 0
		for n < len(kept) && time.Since(kept[n].kept) >= p.keepFor {
			n++
		}
		old = append(old, kept[:n]...)
		if p.idle[key] = append(kept[:0:0], kept[n:]...); n == len(kept) {
			delete(p.idle, key)
		}
	}
	p.sweeping = len(p.idle) > 0
	return p.sweeping
}

// closeAll closes what is kept.
func (p *pool) closeAll() {
	var all []*conn
	p.mu.Lock()
	for _, kept := range p.idle {
		all = append(all, kept...)
	}
	clear(p.idle)
	p.mu.Unlock()
	closeEach(all)
}

func closeEach(conns []*conn) {
	for _, c := range conns {
		_ = c.Close()
	}
}
